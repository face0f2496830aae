package dev.crmsync.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.policy.Policy;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.FieldType;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ParentsTest {
    private static final Field SUBJECT = Field.of("subject", FieldType.TEXT);
    private static final Field CONTACT = Field.reference("contact", "contact");
    private static final RecordType TICKET = new RecordType("ticket", List.of(SUBJECT, CONTACT));
    private static final Mapping MAPPING = Mapping.of(
            "ticket",
            FieldMapping.direct(SUBJECT, "subject"),
            FieldMapping.of(CONTACT, new Lens.ReferenceTo("contact_id", "contact")));

    private static Desk desk(Mapping crm) {
        return seen(born(crm), 0, "ctc_1", Map.of(ref("ctc_1"), "PARENT"));
    }

    private static Desk born(Mapping crm) {
        Policy policy = Policy.named("tickets")
                .type(
                        TICKET,
                        ticket -> ticket.owned(SUBJECT, "kirim")
                                .owned(CONTACT, "kirim")
                                .records("crm", RecordRule.CREATE));
        Desk desk = new Desk(
                Desk.rules(
                        policy,
                        new CreateLookup.UniqueUpsert(),
                        Map.of("kirim", List.of(MAPPING), "crm", List.of(crm))),
                "ticket");
        desk.take(new Input.Identity(desk.now, desk.next(), new IdentityChange.Born("L", desk.ref("kirim"))));
        return desk;
    }

    private static RecordRef ref(String contact) {
        return new RecordRef("kirim", "contact", contact);
    }

    private static Desk seen(Desk desk, int second, @Nullable String contact, Map<RecordRef, String> references) {
        return desk.take(new Input.Observed(
                desk.now,
                desk.next(),
                "L",
                ChangeEvent.full(
                        desk.ref("kirim"),
                        Desk.values("subject", "Help", "contact_id", contact),
                        AsOf.at(Desk.START.plusSeconds(second)),
                        Evidence.EVENT),
                references));
    }

    @Test
    void a_reference_is_agreed_as_a_link_and_written_as_the_other_systems_id() {
        Desk desk = desk(MAPPING);
        assertThat(desk.agreed(CONTACT)).isEqualTo(new Value.Reference("PARENT"));
        desk.write("crm", Map.of("PARENT", "77"));
        assertThat(desk.sent("crm")).containsEntry("contact_id", NativeValue.text("77"));
        desk.done("crm", 5);
        assertThat(desk.plan.due()).isEmpty();
    }

    @Test
    void a_child_whose_parent_is_required_waits_for_it_whole() {
        Desk desk = desk(MAPPING.withExternalId("kirim_id").requiring(CONTACT));
        desk.write("crm");
        assertThat(desk.sent("crm")).isEmpty();
        assertThat(Stances.of(desk.link, "crm", CONTACT, desk.rules)).isEqualTo(Stance.WAITING);
        assertThat(desk.plan.due())
                .singleElement()
                .satisfies(due -> assertThat(due.waitingOn()).isEqualTo("PARENT"));
        desk.write("crm", Map.of("PARENT", "77"));
        assertThat(desk.sent("crm")).containsKeys("contact_id", "subject");
        assertThat(Stances.of(desk.link, "crm", CONTACT, desk.rules)).isEqualTo(Stance.FOLLOWS);
    }

    @Test
    void a_child_whose_parent_is_not_required_goes_ahead_and_follows_up() {
        Desk desk = desk(MAPPING.withExternalId("kirim_id"));
        desk.write("crm");
        assertThat(desk.sent("crm")).containsOnlyKeys("subject");
        desk.done("crm", 5);
        desk.read("crm", desk.link.seq(), 6, "subject", "Help", "contact_id", null);
        assertThat(desk.plan.due())
                .singleElement()
                .satisfies(due -> assertThat(due.waitingOn()).isEqualTo("PARENT"));
        desk.write("crm", Map.of("PARENT", "77"));
        assertThat(desk.sent("crm")).containsOnlyKeys("contact_id");
    }

    @Test
    void a_reference_whose_id_was_seen_before_anybody_knew_it_is_agreed_once_it_is_known() {
        Desk desk = seen(born(MAPPING), 0, "ctc_1", Map.of());
        assertThat(desk.link.agreed()).doesNotContainKey("contact");

        seen(desk, 0, "ctc_1", Map.of(ref("ctc_1"), "PARENT"));

        assertThat(desk.reasons(CONTACT)).containsExactly(Reason.BASELINE_AGREED);
        assertThat(desk.agreed(CONTACT)).isEqualTo(new Value.Reference("PARENT"));
    }

    /** The answer to a write shows a reference that nobody agrees on any more: it is our own, and not the first that is seen. */
    @Test
    void a_reference_that_its_owner_took_back_while_it_was_being_written_is_taken_back_everywhere() {
        RecordRef their = new RecordRef("crm", "contact", "77");
        Desk desk = seen(born(MAPPING.withExternalId("kirim_id")), 0, null, Map.of());
        desk.write("crm").done("crm", 1, "subject", "Help", "contact_id", null);
        seen(desk, 10, "ctc_1", Map.of(ref("ctc_1"), "PARENT"));
        desk.write("crm", Map.of("PARENT", "77"));
        assertThat(desk.sent("crm")).containsEntry("contact_id", NativeValue.text("77"));

        seen(desk, 20, null, Map.of());
        ChangeEvent shown = ChangeEvent.partial(
                desk.ref("crm"), Desk.values("contact_id", "77"), AsOf.at(Desk.START.plusSeconds(21)), Evidence.READ);
        long started = desk.link.side("crm").inFlight().seq();
        Outcome done = new Outcome.Done(desk.ref("crm"), shown);
        desk.take(new Input.WriteOutcome(desk.now, desk.next(), "L", "crm", started, done, Map.of(their, "PARENT")));

        assertThat(desk.agreed(CONTACT)).isEqualTo(Value.EMPTY);
        assertThat(Stances.of(desk.link, "crm", CONTACT, desk.rules)).isEqualTo(Stance.FOLLOWS);
        desk.write("crm");
        assertThat(desk.sent("crm")).containsEntry("contact_id", NativeValue.EMPTY);
    }

    @Test
    void learning_late_whose_an_id_is_does_not_make_it_older() {
        Desk desk = seen(born(MAPPING), 60, "ctc_1", Map.of());
        seen(desk, 10, "ctc_1", Map.of(ref("ctc_1"), "PARENT"));
        assertThat(desk.agreed(CONTACT)).isEqualTo(new Value.Reference("PARENT"));

        seen(desk, 30, "ctc_2", Map.of(ref("ctc_2"), "OTHER"));

        assertThat(desk.reasons(CONTACT)).containsExactly(Reason.STALE);
        assertThat(desk.agreed(CONTACT)).isEqualTo(new Value.Reference("PARENT"));
    }
}
