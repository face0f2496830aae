package dev.crmsync.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.memory.MemoryStore;
import dev.crmsync.policy.Policies;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.FieldType;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.spi.store.DueRow;
import dev.crmsync.spi.store.Lane;
import dev.crmsync.toy.Toy;
import dev.crmsync.toy.TroubledStore;
import dev.crmsync.toy.World;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A record that refers to another waits until that has a record at the system, and is woken when it has. */
class WaitingChildrenTest {
    private static final Field SUBJECT = Field.of("subject", FieldType.TEXT);
    private static final Field CONTACT = Field.reference("contact", Contact.TYPE);
    private static final RecordType TICKET = new RecordType("ticket", List.of(SUBJECT, CONTACT));
    private static final Mapping TICKETS = Mapping.of(
            "ticket",
            FieldMapping.direct(SUBJECT, "subject"),
            FieldMapping.of(CONTACT, new Lens.ReferenceTo("contact_id", Contact.TYPE)));

    private final TroubledStore troubled = new TroubledStore(new MemoryStore());
    private final World world = new World(troubled.store);
    private final RecordRef ticket = new RecordRef("kirim", "ticket", "t1");

    /** A lost create is looked up after five minutes: so long its children wait. */
    private void start(boolean required) {
        Mapping crm = TICKETS.withExternalId("kirim_id");
        world.kirim = new Toy("kirim", world.clock, World.contacts(), TICKETS).anchor();
        world.crm = new Toy(
                "crm",
                world.clock,
                World.contacts().withExternalId("kirim_id"),
                required ? crm.requiring(CONTACT) : crm);
        world.crm.lookup(new CreateLookup.Lookup(Duration.ofMinutes(5)));
        world.policy = Policies.guide()
                .primaryCrm("crm")
                .type(
                        TICKET,
                        type -> type.owned(SUBJECT, "kirim")
                                .owned(CONTACT, "kirim")
                                .records("crm", RecordRule.CREATE));
        world.start();
    }

    private ChangeEvent ticketOf(String person) {
        return world.kirim.edit(
                ticket, Map.of("subject", NativeValue.text("Help"), "contact_id", NativeValue.text(person)));
    }

    private List<DueRow> waiting() {
        return troubled.store.walkDue(World.SYNC, EnumSet.allOf(Lane.class), null, 1_000).stream()
                .filter(row -> row.waitingOn() != null)
                .toList();
    }

    private String parentAtTheCrm() {
        RecordRef made = world.crm.records.keySet().stream()
                .filter(ref -> ref.type().equals("ticket"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no ticket was made"));
        return world.crm.text(made, "contact_id");
    }

    @Test
    void a_child_is_made_after_its_parent_though_it_came_in_the_same_webhook() {
        start(true);
        ChangeEvent child = ticketOf("k1");
        ChangeEvent parent = world.kirim.edit(world.kirim("k1"), "name", "Budi");

        world.tell(world.kirim, parent, child);
        world.settle();

        assertThat(parentAtTheCrm()).isEqualTo(world.crmOf(world.kirim("k1")).id());
        assertThat(waiting()).isEmpty();
        assertThat(world.engine.status(World.SYNC).drained()).isTrue();
    }

    @Test
    void a_child_whose_parent_cannot_be_made_yet_waits_and_is_not_asked_for_meanwhile() {
        start(true);
        world.crm.fates.add(Toy.requestLost());
        world.person("k1", "Budi", "budi@example.com");
        world.settle(Duration.ofSeconds(1));

        world.tell(world.kirim, ticketOf("k1"));
        world.settle(Duration.ofMinutes(1));

        assertThat(waiting())
                .singleElement()
                .satisfies(row -> assertThat(row.system()).isEqualTo("crm"));
        assertThat(world.crm.writes).hasSize(1);
    }

    @Test
    void a_waiting_child_is_woken_in_the_commit_that_confirms_its_parent() {
        start(true);
        world.crm.fates.add(Toy.answerLost());
        world.person("k1", "Budi", "budi@example.com");
        world.settle(Duration.ofSeconds(1));
        world.tell(world.kirim, ticketOf("k1"));
        world.settle(Duration.ofMinutes(1));
        assertThat(waiting()).hasSize(1);

        RecordRef parent = world.crm("crm-1");
        world.tell(world.crm, world.crm.event(parent, Evidence.EVENT));
        world.clock.pass(Duration.ofSeconds(1));
        world.engine.pause(World.SYNC, "crm", "so that nothing is delivered yet");
        troubled.calls.clear();
        world.engine.drain();

        assertThat(waiting()).as("woken before anything was delivered").isEmpty();
        assertThat(troubled.calls.stream().filter("commit"::equals))
                .as("in one commit")
                .hasSize(1);
        world.engine.resume(World.SYNC, "crm");
        world.settle(Duration.ofSeconds(2));
        assertThat(parentAtTheCrm()).isEqualTo("crm-1");
    }

    @Test
    void a_child_whose_parent_is_not_required_goes_ahead_and_its_reference_follows() {
        start(false);
        world.crm.fates.add(Toy.answerLost());
        world.person("k1", "Budi", "budi@example.com");
        world.settle(Duration.ofSeconds(1));

        world.tell(world.kirim, ticketOf("k1"));
        world.settle(Duration.ofMinutes(1));
        assertThat(parentAtTheCrm()).isEmpty();
        world.settle(Duration.ofMinutes(20));

        assertThat(parentAtTheCrm()).isEqualTo("crm-1");
        assertThat(world.engine.status(World.SYNC).drained()).isTrue();
    }

    @Test
    void a_child_that_was_told_of_before_its_parent_is_completed_once_the_parent_is_known() {
        start(true);

        world.tell(world.kirim, ticketOf("k1"));
        world.settle(Duration.ofSeconds(5));
        world.person("k1", "Budi", "budi@example.com");
        world.settle();

        assertThat(parentAtTheCrm()).isEqualTo(world.crmOf(world.kirim("k1")).id());
        assertThat(world.engine.status(World.SYNC).drained()).isTrue();
    }

    @Test
    void a_child_of_a_parent_that_is_gone_waits_until_it_is_restored() {
        start(true);
        world.person("k1", "Budi", "budi@example.com");
        world.settle();
        RecordRef parent = world.crmOf(world.kirim("k1"));
        world.tell(world.crm, lifecycle(parent, ChangeKind.ARCHIVE));
        world.settle();

        world.tell(world.kirim, ticketOf("k1"));
        world.settle(Duration.ofMinutes(1));

        assertThat(waiting()).hasSize(1);
        assertThat(world.crm.writes).hasSize(1);

        world.tell(world.crm, lifecycle(parent, ChangeKind.RESTORE));
        world.settle(Duration.ofMinutes(1));

        assertThat(parentAtTheCrm()).isEqualTo(parent.id());
        assertThat(world.engine.status(World.SYNC).drained()).isTrue();
    }

    @Test
    void a_child_that_is_refused_for_a_parent_that_was_archived_unheard_waits_until_it_is_restored() {
        start(true);
        world.person("k1", "Budi", "budi@example.com");
        world.settle();
        RecordRef parent = world.crmOf(world.kirim("k1"));
        world.crm.archive(parent);
        world.crm.fates.add((write, effect) -> missing());

        world.tell(world.kirim, ticketOf("k1"));
        world.settle(Duration.ofMinutes(10));

        assertThat(waiting()).hasSize(1);
        assertThat(world.engine.status(World.SYNC).reviews()).isZero();

        restore(parent);
        world.settle(Duration.ofMinutes(10));
        assertThat(parentAtTheCrm()).isEqualTo(parent.id());
        assertThat(world.engine.status(World.SYNC).drained()).isTrue();
    }

    @Test
    void a_child_whose_writes_come_to_nothing_waits_once_its_parent_is_found_to_be_gone() {
        start(true);
        world.person("k1", "Budi", "budi@example.com");
        world.person("k2", "Ana", "ana@example.com");
        world.settle();
        world.tell(world.kirim, ticketOf("k1"));
        world.settle();
        RecordRef parent = world.crmOf(world.kirim("k2"));
        world.crm.archive(parent);
        for (int i = 0; i < 20; i++) {
            world.crm.fates.add((write, effect) -> new Outcome.Unknown("its association was not made"));
        }
        int before = world.crm.writes.size();

        world.tell(world.kirim, ticketOf("k2"));
        world.settle(Duration.ofHours(2));

        assertThat(waiting()).hasSize(1);
        assertThat(world.crm.writes.size() - before).isLessThanOrEqualTo(3);
        assertThat(world.engine.status(World.SYNC).deadLetters()).isZero();

        world.crm.fates.clear();
        restore(parent);
        world.settle(Duration.ofHours(2));
        assertThat(parentAtTheCrm()).isEqualTo(parent.id());
    }

    @Test
    void a_child_that_is_refused_for_a_parent_that_is_there_is_refused_in_the_end() {
        start(false);
        world.person("k1", "Budi", "budi@example.com");
        world.settle();
        for (int i = 0; i < 2; i++) {
            world.crm.fates.add((write, effect) -> missing());
        }

        world.tell(world.kirim, ticketOf("k1"));
        world.settle(Duration.ofMinutes(10));

        assertThat(parentAtTheCrm()).isEmpty();
        assertThat(world.crm.fates).isEmpty();
        assertThat(world.engine.status(World.SYNC).drained()).isTrue();
    }

    private static Outcome missing() {
        return new Outcome.Rejected(Outcome.Rejection.MISSING_PARENT, "contact_id", null, "no such contact");
    }

    private void restore(RecordRef archived) {
        world.crm.records.put(archived, world.crm.archived.remove(archived));
        world.tell(world.crm, lifecycle(archived, ChangeKind.RESTORE));
    }

    private ChangeEvent lifecycle(RecordRef ref, ChangeKind kind) {
        world.clock.pass(Duration.ofMinutes(1));
        return ChangeEvent.of(ref, kind, AsOf.at(world.clock.instant()), Evidence.EVENT);
    }

    @Test
    void many_children_of_one_parent_are_all_woken() {
        start(true);
        world.crm.fates.add(Toy.answerLost());
        world.person("k1", "Budi", "budi@example.com");
        world.settle(Duration.ofSeconds(1));
        for (int i = 0; i < 150; i++) {
            world.tell(
                    world.kirim,
                    world.kirim.edit(
                            new RecordRef("kirim", "ticket", "t" + i),
                            Map.of("subject", NativeValue.text("Help"), "contact_id", NativeValue.text("k1"))));
        }
        world.settle(Duration.ofMinutes(1));
        assertThat(waiting()).hasSize(150);

        world.settle(Duration.ofMinutes(20));

        assertThat(waiting()).isEmpty();
        assertThat(world.crm.records).hasSize(151);
    }
}
