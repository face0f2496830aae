package dev.crmsync.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.json.IdentityCodec;
import dev.crmsync.planning.IdentityChange;
import dev.crmsync.planning.Reason;
import dev.crmsync.review.Answer;
import dev.crmsync.review.Review;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.toy.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A person takes a record out of a link: it stays out, whatever key it bears, and nothing is made in its place unasked. */
class SplitTest {
    private final World world = new World();
    private final RecordRef kirim = world.kirim("k1");
    private RecordRef crm;

    private void inStep() {
        world.setting = builder -> builder.gatherWindow(Duration.ZERO);
        world.start();
        world.peopleInStep(1, 2);
        crm = world.crmOf(kirim);
        world.clock.pass(Duration.ofMinutes(1));
    }

    private int writes() {
        return world.crm.writes.size() + world.kirim.writes.size();
    }

    private List<Review> open() {
        return world.engine.reviews(World.SYNC).open(null, 10);
    }

    private String linkOf(RecordRef ref) {
        return world.engine.linkOf(World.SYNC, ref);
    }

    private List<Reason> reasons(RecordRef ref) {
        return world.engine.history(World.SYNC, linkOf(ref)).decisions().stream()
                .map(decision -> decision.reason())
                .toList();
    }

    private List<IdentityChange> log(String link) {
        IdentityCodec codec = new IdentityCodec();
        return world.store.journal(World.SYNC, link, Long.MAX_VALUE, 100).stream()
                .filter(entry -> entry.kind().equals(IdentityCodec.IDENTITY))
                .flatMap(entry -> codec.decode(entry).changes().stream())
                .toList();
    }

    @Test
    void a_split_record_has_a_link_of_its_own_and_neither_follows_the_other_any_more() {
        inStep();
        String before = linkOf(kirim);

        String own = world.engine.split(World.SYNC, crm);
        world.settle();
        int writes = writes();
        world.tell(world.crm, world.crm.edit(crm, "name", "Somebody else"));
        world.tell(world.kirim, world.kirim.edit(kirim, "phone", "+6281234567890"));
        world.settle();

        assertThat(linkOf(crm)).isEqualTo(own).isNotEqualTo(before);
        assertThat(linkOf(kirim)).isEqualTo(before);
        assertThat(world.kirim.text(kirim, "name")).isEqualTo("Person 1");
        assertThat(world.crm.text(crm, "phone")).isEmpty();
        assertThat(writes())
                .as("the key that it still bears brings nothing back")
                .isEqualTo(writes);
        assertThat(world.crm.records).hasSize(1);
        assertThat(reasons(kirim)).contains(Reason.SPLIT);
        assertThat(reasons(crm)).contains(Reason.SPLIT);
        assertThat(log(before)).contains(new IdentityChange.Split(before, crm, own));
        assertThat(log(own)).contains(new IdentityChange.Split(before, crm, own));
    }

    @Test
    void another_record_is_made_in_its_place_only_when_a_person_wants_it() {
        inStep();
        world.engine.split(World.SYNC, crm);
        world.settle();
        assertThat(open()).singleElement().satisfies(review -> {
            assertThat(review.reason()).isEqualTo(Reason.SPLIT);
            assertThat(review.system()).isEqualTo("crm");
            assertThat(review.link()).isEqualTo(linkOf(kirim));
        });
        world.crm.edit(crm, Map.of("kirim_id", NativeValue.EMPTY));

        world.engine.reviews(World.SYNC).answer(open().get(0).id(), Answer.USE_AGREED);
        world.settle();

        assertThat(world.crm.records).hasSize(2);
        assertThat(world.crmOf(kirim)).isNotEqualTo(crm);
        assertThat(linkOf(world.crmOf(kirim))).isEqualTo(linkOf(kirim));
        assertThat(linkOf(crm)).isNotEqualTo(linkOf(kirim));
    }

    @Test
    void and_not_over_the_one_that_was_split_off_and_bears_our_key_still() {
        inStep();
        world.engine.split(World.SYNC, crm);
        world.settle();
        world.tell(world.crm, world.crm.edit(crm, "name", "Somebody else"));
        world.settle();

        world.engine.reviews(World.SYNC).answer(open().get(0).id(), Answer.USE_AGREED);
        world.settle();

        assertThat(world.crm.text(crm, "name")).isEqualTo("Somebody else");
        assertThat(linkOf(crm)).isNotEqualTo(linkOf(kirim));
        assertThat(world.crm.records).hasSize(1);
        assertThat(open()).extracting(Review::reason).containsExactly(Reason.MATCH_REVIEW);
        world.engine.reviews(World.SYNC).answer(open().get(0).id(), Answer.SAME);
        world.settle();
        assertThat(linkOf(crm)).as("a person may take it back").isEqualTo(linkOf(kirim));
    }

    @Test
    void splitting_again_or_what_is_alone_changes_nothing_and_an_unknown_record_is_refused() {
        inStep();
        String own = world.engine.split(World.SYNC, crm);
        int entries = log(own).size();

        assertThat(world.engine.split(World.SYNC, crm)).isEqualTo(own);

        assertThat(log(own)).hasSize(entries);
        assertThatThrownBy(() -> world.engine.split(World.SYNC, world.kirim("nobody")))
                .isInstanceOfSatisfying(
                        SyncException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND));
    }

    @Test
    void an_answer_that_comes_after_the_split_harms_neither() {
        inStep();
        world.crm.fates.add((write, takesEffect) -> {
            Outcome outcome = takesEffect.get();
            world.engine.split(World.SYNC, crm);
            return outcome;
        });

        world.tell(world.kirim, world.kirim.edit(kirim, "phone", "+6281234567890"));
        world.settle();

        assertThat(linkOf(crm)).isNotEqualTo(linkOf(kirim));
        assertThat(world.crm.records).hasSize(1);
        assertThat(world.engine.status(World.SYNC).drained()).isTrue();
    }

    /** Two contacts at Kirim of one person: the second is a secondary record. */
    private RecordRef second() {
        inStep();
        RecordRef second = world.kirim("k2");
        world.person("k2", "Person 1", "second@example.com");
        world.settle();
        world.clock.pass(Duration.ofMinutes(1));
        world.tell(world.crm, world.crm.merge(world.crmOf(second), crm));
        world.settle();
        open().forEach(review -> world.engine.reviews(World.SYNC).answer(review.id(), Answer.LEAVE));
        assertThat(linkOf(second)).isEqualTo(linkOf(kirim));
        return second;
    }

    @Test
    void a_secondary_record_that_is_split_is_read_and_followed_by_itself() {
        RecordRef second = second();

        world.engine.split(World.SYNC, second);
        world.settle();

        assertThat(linkOf(second)).isNotEqualTo(linkOf(kirim));
        assertThat(world.engine.why(World.SYNC, second, Contact.EMAIL).agreed())
                .isNotNull()
                .satisfies(agreed ->
                        assertThat(agreed.value()).isEqualTo(dev.crmsync.spi.field.Value.text("second@example.com")));
        assertThat(open()).extracting(Review::system).containsExactly("crm");
        assertThat(world.crm.records).hasSize(1);
    }

    @Test
    void when_the_primary_one_is_split_the_only_other_record_takes_its_place() {
        RecordRef second = second();
        String link = linkOf(kirim);

        world.engine.split(World.SYNC, kirim);
        world.settle();
        world.clock.pass(Duration.ofMinutes(1));
        world.tell(world.kirim, world.kirim.edit(second, "phone", "+6281234567890"));
        world.settle();

        assertThat(linkOf(second)).isEqualTo(link).isEqualTo(linkOf(crm));
        assertThat(linkOf(kirim)).isNotEqualTo(link);
        assertThat(world.crm.text(crm, "phone")).isEqualTo("+6281234567890");
    }

    @Test
    void an_unlinked_record_is_left_alone_whatever_is_told_of_it() {
        inStep();
        world.engine.unlink(World.SYNC, crm);
        world.settle();
        int writes = writes();
        int reads = world.crm.reads.size();

        world.tell(world.crm, world.crm.edit(crm, "name", "Passed over"));
        world.tell(world.kirim, world.kirim.edit(kirim, "phone", "+6281234567890"));
        world.settle();
        world.tell(world.crm, world.crm.delete(crm));
        world.settle();

        assertThat(writes()).isEqualTo(writes);
        assertThat(world.crm.reads).hasSize(reads);
        assertThat(world.kirim.text(kirim, "name")).isEqualTo("Person 1");
        assertThat(linkOf(crm)).isNotEqualTo(linkOf(kirim));
        assertThat(reasons(crm)).contains(Reason.UNLINKED);
        assertThat(open()).isEmpty();
        assertThat(world.engine.why(World.SYNC, kirim, Contact.NAME).text()).contains("UNLINKED");
    }

    @Test
    void unlinking_again_changes_nothing_and_its_values_are_not_kept() {
        inStep();
        world.engine.unlink(World.SYNC, crm);
        String own = linkOf(crm);
        int entries = log(own).size();

        world.engine.unlink(World.SYNC, crm);
        world.engine.split(World.SYNC, crm);

        assertThat(log(own)).hasSize(entries);
        assertThat(world.store.links(World.SYNC, List.of(own)).get(0).document().toUtf8())
                .doesNotContain("Person 1");
    }

    @Test
    void one_that_is_followed_again_stays_in_a_link_of_its_own_and_nothing_is_made_of_it_unasked() {
        inStep();
        world.engine.unlink(World.SYNC, crm);
        world.crm.edit(crm, "name", "Passed over");

        world.engine.follow(World.SYNC, crm);
        world.settle();

        assertThat(linkOf(crm)).isNotEqualTo(linkOf(kirim));
        assertThat(world.engine.why(World.SYNC, crm, Contact.NAME).agreed())
                .isNotNull()
                .satisfies(agreed ->
                        assertThat(agreed.value()).isEqualTo(dev.crmsync.spi.field.Value.text("Passed over")));
        assertThat(world.kirim.text(kirim, "name")).isEqualTo("Person 1");
        assertThat(world.kirim.records).hasSize(1);
        assertThat(world.crm.records).hasSize(1);
    }

    @Test
    void a_record_that_is_alone_can_be_unlinked_and_is_made_nowhere() {
        world.start();
        world.tell(world.kirim, world.kirim.edit(kirim, "name", "Budi"));
        world.engine.pause(World.SYNC, "crm", "until it is known");
        world.settle();
        world.engine.unlink(World.SYNC, kirim);

        world.engine.resume(World.SYNC, "crm");
        world.settle();
        world.tell(world.kirim, world.kirim.event(kirim, Evidence.EVENT));
        world.settle();

        assertThat(world.crm.records).isEmpty();
        world.engine.follow(World.SYNC, kirim);
        world.settle();
        assertThat(world.crm.text(world.crmOf(kirim), "name")).isEqualTo("Budi");
    }

    @Test
    void a_split_record_that_its_system_merges_back_is_a_question_for_the_person_who_split_it() {
        inStep();
        world.tell(world.crm, world.crm.edit(world.crm("c9"), "name", "Other"));
        world.settle();
        world.engine.split(World.SYNC, crm);
        world.settle();
        open().forEach(review -> world.engine.reviews(World.SYNC).answer(review.id(), Answer.LEAVE));
        RecordRef fresh = world.crm("c9");
        world.tell(world.crm, world.crm.edit(fresh, Map.of("kirim_id", NativeValue.text("k1"))));
        world.settle();
        assertThat(linkOf(fresh)).isEqualTo(linkOf(kirim));

        world.tell(world.crm, world.crm.merge(crm, fresh));
        world.settle();

        assertThat(open()).extracting(Review::reason).containsExactly(Reason.MATCH_REVIEW);
        assertThat(linkOf(crm)).isNotEqualTo(linkOf(kirim));
        world.engine.reviews(World.SYNC).answer(open().get(0).id(), Answer.SAME);
        world.settle();
        assertThat(linkOf(crm)).isEqualTo(linkOf(kirim));
        assertThat(world.crm.records).containsOnlyKeys(fresh);
        assertThat(world.engine.status(World.SYNC).drained()).isTrue();
    }
}
