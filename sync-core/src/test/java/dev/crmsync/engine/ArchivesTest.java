package dev.crmsync.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.planning.Reason;
import dev.crmsync.policy.Policy;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.policy.Skew;
import dev.crmsync.review.Answer;
import dev.crmsync.review.Review;
import dev.crmsync.safety.BackfillPlan;
import dev.crmsync.safety.Budget;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.AdapterConfig;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.toy.Toy;
import dev.crmsync.toy.World;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people delete at the CRM is archived at Kirim, through the whole engine: counted first, once, and never over an edit. */
class ArchivesTest {
    private final World world = new World();

    private static Policy policy(RecordRule kirim, RecordRule crm) {
        return Policy.named("mine")
                .type(
                        RecordType.CONTACT,
                        contact -> contact.owned(Contact.NAME, "kirim")
                                .owned(Contact.EMAIL, "crm", "kirim")
                                .records("kirim", kirim)
                                .records("crm", crm));
    }

    private void start() {
        world.policy = policy(
                RecordRule.FOLLOW.archiving(), RecordRule.CREATE.deletesFollowed(Skew.within(Duration.ofSeconds(5))));
        world.start();
    }

    private void pass() {
        for (int i = 0; i < 8; i++) {
            world.settle();
            world.clock.pass(Duration.ofSeconds(5));
        }
        world.settle();
    }

    private List<RecordRef> people(int count) {
        world.peopleInStep(1, count + 1);
        List<RecordRef> people = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            people.add(world.kirim("k" + i));
        }
        return people;
    }

    @Test
    void a_person_deleted_at_one_system_is_archived_at_the_other_and_the_echo_does_nothing() {
        start();
        RecordRef person = people(2).get(0);

        world.tell(world.crm, world.crm.delete(world.crmOf(person)));
        pass();

        assertThat(world.kirim.archives).containsExactly(person);
        assertThat(world.kirim.records).containsOnlyKeys(world.kirim("k2"));
        int reads = world.kirim.reads.size();
        world.tell(world.kirim, world.kirim.archived(person));
        pass();
        assertThat(world.kirim.archives).hasSize(1);
        assertThat(world.kirim.reads).hasSize(reads);
        assertThat(world.crm.records).hasSize(1);
        assertThat(world.engine.status(World.SYNC).drained()).isTrue();
        assertThat(world.engine.why(World.SYNC, person, Contact.NAME).text()).contains("Person 1");
    }

    @Test
    void by_default_nothing_is_archived_and_nothing_is_made_again() {
        world.start();
        RecordRef person = people(1).get(0);

        world.tell(world.crm, world.crm.delete(world.crmOf(person)));
        pass();
        world.tell(world.kirim, world.kirim.edit(person, "name", "Other"));
        pass();

        assertThat(world.kirim.archives).isEmpty();
        assertThat(world.kirim.records).containsKey(person);
        assertThat(world.crm.records).isEmpty();
    }

    @Test
    void more_than_a_day_s_budget_waits_for_a_plan_that_is_approved() {
        world.defining = sync -> sync.budget(new Budget(0, 3));
        start();
        List<RecordRef> people = people(7);
        people.subList(0, 2).forEach(person -> world.tell(world.crm, world.crm.delete(world.crmOf(person))));
        pass();
        assertThat(world.kirim.archives).hasSize(2);

        people.subList(2, 6).forEach(person -> world.tell(world.crm, world.crm.delete(world.crmOf(person))));
        pass();
        assertThat(world.kirim.archives).hasSize(2);

        BackfillPlan plan = world.engine.backfill(World.SYNC).dryRun();
        assertThat(plan.changes()).isEqualTo(4);
        assertThat(plan.withinBudget()).isFalse();
        assertThat(plan.lines()).anyMatch(line -> line.contains("archive 4"));
        world.engine.backfill(World.SYNC).apply(plan.hash());
        pass();
        assertThat(world.kirim.archives).hasSize(6);
    }

    @Test
    void a_few_records_of_an_approved_plan_are_archived_first() {
        world.defining = sync -> sync.budget(new Budget(0, 0));
        start();
        people(3).forEach(person -> world.tell(world.crm, world.crm.delete(world.crmOf(person))));
        pass();
        assertThat(world.kirim.archives).isEmpty();

        BackfillPlan plan = world.engine.backfill(World.SYNC).dryRun();
        world.engine.backfill(World.SYNC).apply(plan.hash(), 1);
        pass();
        assertThat(world.kirim.archives).hasSize(1);
    }

    @Test
    void what_a_day_s_budget_let_go_counts_until_the_day_has_passed() {
        world.defining = sync -> sync.budget(new Budget(0, 1));
        start();
        List<RecordRef> people = people(2);
        world.tell(world.crm, world.crm.delete(world.crmOf(people.get(0))));
        pass();
        world.tell(world.crm, world.crm.delete(world.crmOf(people.get(1))));
        pass();
        assertThat(world.kirim.archives).hasSize(1);

        world.clock.pass(Duration.ofDays(1));
        pass();
        assertThat(world.kirim.archives).hasSize(2);
    }

    @Test
    void a_record_that_a_walk_lacks_and_a_read_finds_gone_is_archived_elsewhere_within_the_budget_alone() {
        world.defining = sync -> sync.budget(new Budget(0, 1)).sweepEvery("crm", Duration.ofHours(1));
        start();
        List<RecordRef> people = people(3);
        world.clock.pass(Duration.ofHours(2));
        pass();
        people.subList(0, 2).forEach(person -> world.crm.delete(world.crmOf(person)));
        world.clock.pass(Duration.ofHours(2));
        pass();

        assertThat(world.kirim.archives).isEmpty();
        BackfillPlan plan = world.engine.backfill(World.SYNC).dryRun();
        assertThat(plan.changes()).isEqualTo(2);
    }

    @Test
    void an_edit_that_nobody_had_told_of_stops_it_and_the_answer_decides() {
        start();
        RecordRef person = people(1).get(0);
        world.kirim.edit(person, "name", "Not told");
        world.tell(world.crm, world.crm.delete(world.crmOf(person)));
        pass();

        assertThat(world.kirim.archives).isEmpty();
        Review review = world.engine.reviews(World.SYNC).open(null, 10).get(0);
        assertThat(review.reason()).isEqualTo(Reason.DELETE_REVIEW);
        assertThat(review.system()).isEqualTo("kirim");

        world.engine.reviews(World.SYNC).answer(review.id(), Answer.USE_AGREED);
        pass();
        assertThat(world.kirim.archives).containsExactly(person);
        assertThat(world.engine.reviews(World.SYNC).open(null, 10)).isEmpty();
    }

    @Test
    void a_person_who_is_let_be_is_followed_on() {
        start();
        RecordRef person = people(1).get(0);
        world.kirim.edit(person, "name", "Not told");
        world.tell(world.crm, world.crm.delete(world.crmOf(person)));
        pass();

        Review review = world.engine.reviews(World.SYNC).open(null, 10).get(0);
        world.engine.reviews(World.SYNC).answer(review.id(), Answer.LEAVE);
        pass();

        assertThat(world.kirim.archives).isEmpty();
        assertThat(world.crm.records).isEmpty();
        assertThat(world.engine.status(World.SYNC).drained()).isTrue();
    }

    @Test
    void an_archive_whose_answer_was_lost_is_looked_at_and_not_repeated() {
        start();
        RecordRef person = people(1).get(0);
        world.kirim.archiveFates.add(() -> {
            world.kirim.archived(person);
            return new Outcome.Unknown("lost");
        });
        world.tell(world.crm, world.crm.delete(world.crmOf(person)));
        pass();

        assertThat(world.kirim.archives).hasSize(1);
        assertThat(world.engine.status(World.SYNC).drained()).isTrue();
    }

    @Test
    void an_archive_that_was_put_off_or_did_not_happen_is_sent_again() {
        start();
        RecordRef person = people(1).get(0);
        world.kirim.archiveFates.add(() -> new Outcome.Deferred(null, null, "busy"));
        world.kirim.archiveFates.add(() -> new Outcome.Unknown("lost on the way"));
        world.tell(world.crm, world.crm.delete(world.crmOf(person)));
        pass();

        assertThat(world.kirim.archives).hasSize(3);
        assertThat(world.kirim.records).isEmpty();
    }

    @Test
    void an_archive_that_is_refused_is_for_a_person() {
        start();
        RecordRef person = people(1).get(0);
        world.kirim.archiveFates.add(
                () -> new Outcome.Rejected(Outcome.Rejection.FORBIDDEN, null, null, "not allowed"));
        world.tell(world.crm, world.crm.delete(world.crmOf(person)));
        pass();

        assertThat(world.kirim.archives).hasSize(1);
        assertThat(world.engine.reviews(World.SYNC).open(null, 10))
                .extracting(Review::reason)
                .containsExactly(Reason.DELETE_REVIEW);
    }

    @Test
    void who_is_restored_where_they_were_archived_is_not_archived_again() {
        start();
        RecordRef person = people(1).get(0);
        world.tell(world.crm, world.crm.delete(world.crmOf(person)));
        pass();
        world.tell(world.kirim, world.kirim.restore(person));
        pass();

        assertThat(world.kirim.archives).hasSize(1);
        assertThat(world.kirim.records).containsKey(person);
        assertThat(world.crm.records).isEmpty();
    }

    @Test
    void who_is_restored_at_the_first_system_is_given_what_they_missed() {
        world.start();
        RecordRef person = people(1).get(0);
        RecordRef crm = world.crmOf(person);
        world.tell(world.crm, world.crm.archived(crm));
        pass();
        world.tell(world.kirim, world.kirim.edit(person, "phone", "+6281234567890"));
        pass();
        world.clock.pass(Duration.ofMinutes(1));

        world.tell(world.crm, world.crm.restore(crm));
        pass();

        assertThat(world.crm.text(crm, "phone")).isEqualTo("+6281234567890");
        assertThat(world.crm.text(crm, "name")).isEqualTo("Person 1");
        assertThat(world.crm.records).hasSize(1);
    }

    @Test
    void a_record_that_comes_back_under_a_new_id_and_our_key_is_the_same_person() {
        world.start();
        RecordRef person = people(1).get(0);
        RecordRef old = world.crmOf(person);
        world.tell(world.crm, world.crm.delete(old));
        pass();

        RecordRef fresh = world.crm("new-1");
        world.tell(
                world.crm,
                world.crm.edit(
                        fresh,
                        java.util.Map.of(
                                "name", dev.crmsync.spi.model.NativeValue.text("Person 1"),
                                "kirim_id", dev.crmsync.spi.model.NativeValue.text(person.id()))));
        pass();

        assertThat(world.engine.linkOf(World.SYNC, fresh)).isEqualTo(world.engine.linkOf(World.SYNC, person));
        world.tell(world.kirim, world.kirim.edit(person, "phone", "+6281234567890"));
        pass();
        assertThat(world.crm.text(fresh, "phone")).isEqualTo("+6281234567890");
        assertThat(world.crm.records).containsOnlyKeys(fresh);
    }

    @Test
    void a_system_that_cannot_archive_is_refused_at_the_start() {
        world.kirim = new Toy("kirim", world.clock, World.contacts()) {
            @Override
            public Adapter create(AdapterConfig config) {
                return (Adapter) Proxy.newProxyInstance(
                        Adapter.class.getClassLoader(),
                        new Class<?>[] {Adapter.class, dev.crmsync.spi.adapter.ReadsOne.class},
                        (proxy, method, args) -> method.invoke(this, args));
            }
        }.anchor();

        assertThatThrownBy(this::start)
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("archive-impossible")
                .hasMessageContaining("nothing is ever deleted");
    }
}
