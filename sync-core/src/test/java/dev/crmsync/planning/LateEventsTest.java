package dev.crmsync.planning;

import static dev.crmsync.planning.Due.Need.READ;
import static dev.crmsync.planning.Due.Need.UPDATE;
import static dev.crmsync.spi.field.Contact.EMAIL;
import static dev.crmsync.spi.field.Contact.NAME;
import static dev.crmsync.spi.field.Value.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.policy.Policy;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.spi.adapter.AsOfGrade;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.mapping.Rendering;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.Origin;
import dev.crmsync.spi.model.RecordRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is told late, in part, of a record that was gone, or of a write that somebody else began. */
class LateEventsTest {
    private static final Mapping PLAIN =
            Mapping.of(Contact.TYPE, FieldMapping.direct(NAME, "name"), FieldMapping.direct(EMAIL, "email"));
    private static final Mapping PARTS = Mapping.of(
            Contact.TYPE,
            FieldMapping.of(NAME, new Lens.Joined(List.of("first", "last"), " ")),
            FieldMapping.direct(EMAIL, "email"));

    private static Desk desk(AsOfGrade grade, Mapping crm) {
        Policy policy = Policy.named("mine")
                .type(
                        RecordType.CONTACT,
                        contact -> contact.owned(NAME, "kirim")
                                .owned(EMAIL, "kirim")
                                .records("crm", RecordRule.CREATE));
        return new Desk(
                Desk.rules(
                        policy,
                        new CreateLookup.UniqueUpsert(),
                        grade,
                        Map.of("kirim", List.of(PLAIN), "crm", List.of(crm))),
                Contact.TYPE);
    }

    private static Desk inStep() {
        return desk(AsOfGrade.PROPERTY, PLAIN)
                .has("kirim", "name", "Budi", "email", "b@example.com")
                .has("crm", "name", "Budi", "email", "b@example.com");
    }

    private static Desk writing() {
        return inStep().event("kirim", 10, "name", "Ani").write("crm");
    }

    // Gone and back

    @Test
    void an_event_of_a_record_that_is_gone_is_not_believed_before_it_was_read() {
        Desk desk = inStep().kind("crm", ChangeKind.DELETE, 10).event("crm", 11, "name", "Late");
        assertThat(desk.reasons()).containsExactly(Reason.GONE);
        assertThat(desk.link.side("crm").presence()).isEqualTo(Presence.DELETED);
        assertThat(desk.due("crm")).contains(READ);

        desk.read("crm", desk.link.seq(), 12, "name", "Budi", "email", "b@example.com");
        assertThat(desk.reasons()).contains(Reason.BACK);
        assertThat(desk.link.side("crm").presence()).isEqualTo(Presence.PRESENT);
    }

    @Test
    void nor_is_one_of_a_record_out_of_sight_but_a_listing_shows_that_it_is_there() {
        Desk desk = inStep();
        desk.read("crm", desk.link.seq(), new Read.NotVisible());
        assertThat(desk.reasons()).containsExactly(Reason.NOT_VISIBLE);
        desk.event("crm", 11, "name", "Late");
        assertThat(desk.reasons()).containsExactly(Reason.GONE);
        assertThat(desk.link.side("crm").presence()).isEqualTo(Presence.NOT_VISIBLE);
        desk.event("crm", 12, Evidence.LISTING, "name", "Budi");
        assertThat(desk.reasons()).contains(Reason.BACK);
        assertThat(desk.link.side("crm").presence()).isEqualTo(Presence.PRESENT);
    }

    @Test
    void a_deletion_that_is_older_than_what_was_seen_is_checked_by_a_read() {
        Desk desk = inStep().event("crm", 20, "name", "Budi").kind("crm", ChangeKind.DELETE, 10);
        assertThat(desk.link.side("crm").presence()).isEqualTo(Presence.PRESENT);
        assertThat(desk.due("crm")).contains(READ);
        assertThat(desk.link.side("crm").wanted().reason()).isEqualTo(Reason.UNORDERED);
        desk.read("crm", desk.link.seq(), new Read.Gone(AsOf.at(Desk.START.plusSeconds(21)), false));
        assertThat(desk.reasons()).containsExactly(Reason.GONE);
    }

    @Test
    void one_of_the_very_instant_that_something_was_seen_is_checked_too() {
        Desk desk = inStep().event("crm", 20, "name", "Budi").kind("crm", ChangeKind.DELETE, 20);
        assertThat(desk.link.side("crm").presence()).isEqualTo(Presence.PRESENT);
        assertThat(desk.link.side("crm").wanted().reason()).isEqualTo(Reason.GONE);
    }

    @Test
    void a_deletion_that_is_told_twice_is_told_to_the_journal_once() {
        Desk desk = inStep().kind("crm", ChangeKind.DELETE, 10);
        assertThat(desk.reasons()).containsExactly(Reason.GONE);
        desk.kind("crm", ChangeKind.DELETE, 10);
        assertThat(desk.reasons()).isEmpty();
    }

    @Test
    void a_record_that_was_merged_into_another_is_read_and_one_that_became_another_thing_is_not() {
        Desk merged = inStep();
        merged.observe(ChangeEvent.merged(
                merged.ref("crm"),
                new RecordRef("crm", Contact.TYPE, "9"),
                AsOf.at(Desk.START.plusSeconds(10)),
                Evidence.EVENT));
        assertThat(merged.due("crm")).contains(READ);
        assertThat(merged.link.side("crm").wanted().reason()).isEqualTo(Reason.REKEYED);

        Desk converted = inStep();
        converted.observe(new ChangeEvent(
                converted.ref("crm"),
                ChangeKind.CONVERT,
                Map.of(),
                false,
                AsOf.at(Desk.START.plusSeconds(10)),
                Origin.UNKNOWN,
                Evidence.EVENT,
                new RecordRef("crm", "company", "9")));
        assertThat(converted.link.side("crm").wanted()).isNull();
    }

    @Test
    void a_secondary_record_and_one_left_alone_are_told_and_change_nothing() {
        Desk desk = inStep();
        LinkState before = desk.link;
        desk.observe(ChangeEvent.partial(
                new RecordRef("crm", Contact.TYPE, "9"),
                Desk.values("name", "Twin"),
                AsOf.at(Desk.START.plusSeconds(10)),
                Evidence.EVENT));
        assertThat(desk.reasons()).containsExactly(Reason.SECONDARY);
        assertThat(desk.link.agreed()).isEqualTo(before.agreed());
        desk.take(new Input.Identity(desk.now, desk.next(), new IdentityChange.Unlinked("L", desk.ref("crm"), "L")));
        desk.event("crm", 11, "name", "Ignored");
        assertThat(desk.reasons()).containsExactly(Reason.UNLINKED);
    }

    @Test
    void a_part_of_a_record_that_was_only_mentioned_is_read_first() {
        Desk desk = desk(AsOfGrade.PROPERTY, PLAIN).has("kirim", "name", "Budi");
        desk.take(new Input.Identity(
                desk.now,
                desk.next(),
                new IdentityChange.Attached("L", desk.ref("crm"), IdentityChange.Attached.JOIN_KEY)));
        desk.event("crm", 10, "name", "Part");
        assertThat(desk.reasons()).containsExactly(Reason.UNIDENTIFIED);
        assertThat(desk.due("crm")).contains(READ);
        assertThat(desk.link.side("crm").seen()).isEmpty();
    }

    // Echoes

    @Test
    void what_we_sent_is_ours_until_the_horizon_and_somebodys_edit_after_it() {
        Desk desk = writing();
        desk.outcome("crm", new Outcome.Unknown("lost"));
        desk.outcome("crm", new Outcome.Rejected(Outcome.Rejection.INVALID, "name", null, "no"));
        desk.event("kirim", 20, "name", "Citra");
        LinkState before = desk.link;

        desk.after(Duration.ofDays(34)).event("crm", 3_000_000, "name", "Ani");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.ECHO);

        Desk late = inStep();
        late.link = before;
        late.after(Duration.ofDays(36)).event("crm", 3_200_000, "name", "Ani");
        assertThat(late.reasons(NAME)).containsExactly(Reason.OVERRULED_BY_OWNER);
    }

    @Test
    void a_minute_that_shows_what_is_being_sent_does_not_prove_that_it_arrived() {
        Desk desk = desk(AsOfGrade.COARSE, PLAIN);
        desk.has("kirim", "name", "Budi").has("crm", "name", "Budi");
        AsOf minute = new AsOf(Desk.START.plusSeconds(60), Desk.START.plusSeconds(119));
        desk.observe(ChangeEvent.partial(desk.ref("crm"), Desk.values("name", "Budi"), minute, Evidence.EVENT));
        desk.event("kirim", 100, "name", "Ani").write("crm");

        desk.observe(ChangeEvent.partial(desk.ref("crm"), Desk.values("name", "Ani"), minute, Evidence.EVENT));

        assertThat(desk.reasons(NAME)).containsExactly(Reason.ECHO);
        assertThat(desk.link.side("crm").raw().get("name").toString()).contains("Budi");
    }

    @Test
    void a_read_is_overtaken_by_a_minute_that_shows_again_what_was_seen_in_it() {
        Desk desk = desk(AsOfGrade.COARSE, PLAIN);
        desk.has("kirim", "name", "Budi").has("crm", "name", "Budi");
        AsOf minute = new AsOf(Desk.START.plusSeconds(60), Desk.START.plusSeconds(119));
        ChangeEvent budi = ChangeEvent.partial(desk.ref("crm"), Desk.values("name", "Budi"), minute, Evidence.EVENT);
        desk.observe(budi).kind("crm", ChangeKind.GAP, 90);
        long issued = desk.link.seq();

        desk.observe(budi).read("crm", issued, 90, "name", "In between");

        assertThat(desk.reasons()).containsExactly(Reason.OVERTAKEN);
        assertThat(desk.due("crm")).contains(Due.Need.READ);
        desk.read("crm", desk.link.seq(), 119, "name", "Budi");
        assertThat(desk.agreed(Contact.NAME).toString()).contains("Budi");
        assertThat(desk.due("crm")).isEmpty();
    }

    @Test
    void where_times_are_exact_it_does() {
        Desk desk = inStep().event("crm", 60, "name", "Budi")
                .event("kirim", 50, "name", "Ani")
                .write("crm");
        desk.event("crm", 60, "name", "Ani");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.ECHO);
        assertThat(desk.link.side("crm").raw().get("name").toString()).contains("Ani");
    }

    @Test
    void a_part_of_what_was_sent_beside_a_part_that_was_not_is_somebodys_edit() {
        Desk desk = desk(AsOfGrade.PROPERTY, PARTS)
                .has("kirim", "name", "Ana Lee")
                .has("crm", "first", "Ana", "last", "Lee")
                .event("kirim", 10, "name", "Mary Young")
                .write("crm")
                .done("crm", 11, "first", "Mary", "last", "Young")
                .event("kirim", 20, "name", "Ana Lee")
                .write("crm");
        desk.outcome("crm", new Outcome.Unknown("lost"));
        desk.event("crm", 30, "first", "Ana", "last", "Young-Smith");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.OVERRULED_BY_OWNER);
        assertThat(desk.due("crm")).contains(READ);
    }

    @Test
    void a_value_that_is_shown_again_while_another_is_being_written_is_unclear_and_read() {
        Desk desk = writing().event("crm", 12, "name", "Budi");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.AMBIGUOUS);
        assertThat(desk.link.side("crm").wanted().reason()).isEqualTo(Reason.AMBIGUOUS);
    }

    @Test
    void an_edit_of_a_cut_value_keeps_the_rest_of_it_and_is_told_as_such() {
        Policy policy = Policy.named("shared")
                .type(
                        RecordType.CONTACT,
                        contact -> contact.owned(NAME, "crm", "kirim").records("crm", RecordRule.CREATE));
        Mapping cut = Mapping.of(Contact.TYPE, FieldMapping.direct(NAME, "name").shownAs(Rendering.cut(12)));
        Desk desk = new Desk(
                        Desk.rules(
                                policy,
                                new CreateLookup.UniqueUpsert(),
                                Map.of("kirim", List.of(PLAIN), "crm", List.of(cut))),
                        Contact.TYPE)
                .has("kirim", "name", "Budi Santoso the elder")
                .write("crm")
                .done("crm", 1, "name", "Budi Santoso");
        assertThat(desk.agreed(NAME)).isEqualTo(text("Budi Santoso the elder"));

        desk.event("crm", 10, "name", "Bodi Santoso");

        assertThat(desk.reasons(NAME)).containsExactly(Reason.SPLICED, Reason.OWNER_EDIT);
        assertThat(desk.agreed(NAME)).isEqualTo(text("Bodi Santoso the elder"));
        assertThat(desk.due("kirim")).contains(UPDATE);
    }

    // A write of a link that was taken over

    private static Desk handedOver(Desk desk, Outcome outcome) {
        return desk.take(new Input.WriteOutcome(
                desk.now, desk.next(), "L", "crm", Input.WriteOutcome.OF_A_LINK_TAKEN_OVER, outcome, Map.of()));
    }

    private static Desk alone() {
        return desk(AsOfGrade.PROPERTY, PLAIN).has("kirim", "name", "Budi");
    }

    @Test
    void what_a_link_that_was_taken_over_wrote_may_have_reached_our_record_which_is_read() {
        Desk desk = inStep();
        handedOver(desk, new Outcome.Done(desk.ref("crm"), null));
        assertThat(desk.reasons()).containsExactly(Reason.WRITTEN);
        assertThat(desk.due("crm")).contains(READ);
    }

    @Test
    void what_it_made_is_ours_or_a_second_one_beside_it() {
        Desk made = alone();
        handedOver(made, new Outcome.Done(made.ref("crm"), null));
        assertThat(made.link.side("crm").record()).isEqualTo("crm-1");
        assertThat(made.reasons()).containsExactly(Reason.CREATED);

        Desk beside = inStep();
        RecordRef other = new RecordRef("crm", Contact.TYPE, "9");
        handedOver(beside, new Outcome.Done(other, null));
        assertThat(beside.link.side("crm").secondaries()).containsExactly("9");
        assertThat(beside.plan.reviews()).hasSize(1);
        handedOver(beside, new Outcome.Done(other, null));
        assertThat(beside.reasons()).containsExactly(Reason.WRITTEN);
    }

    @Test
    void what_it_may_have_made_is_a_question_unless_there_is_a_record() {
        Desk none = handedOver(alone(), new Outcome.Unknown("lost"));
        assertThat(none.reasons()).containsExactly(Reason.CREATE_REVIEW);
        assertThat(none.plan.reviews()).hasSize(1);
        assertThat(none.link.side("crm").held()).isEqualTo(Reason.CREATE_REVIEW);
        assertThat(none.link.side("crm").wanted()).isNull();
        assertThat(none.due("crm")).isEmpty();

        Desk there = handedOver(inStep(), new Outcome.Unknown("lost"));
        assertThat(there.reasons()).containsExactly(Reason.OUTCOME_UNKNOWN);
        assertThat(there.plan.reviews()).isEmpty();
        assertThat(there.due("crm")).contains(READ);
    }

    @Test
    void what_it_was_refused_or_put_off_is_told() {
        assertThat(handedOver(inStep(), new Outcome.Deferred(null, null, "busy"))
                        .reasons())
                .containsExactly(Reason.DEFERRED);
        assertThat(handedOver(inStep(), new Outcome.Rejected(Outcome.Rejection.INVALID, null, null, "no"))
                        .reasons())
                .containsExactly(Reason.REFUSED);
    }

    // In step or not

    @Test
    void a_name_in_parts_is_out_of_step_when_any_part_of_it_differs() {
        for (String name : List.of("Ana Li", "Anna Lee", "Ana-Lee", "Ana Lee Jr", "AnaLee", "Ana", "Lee", "Ana Leo")) {
            Desk desk = desk(AsOfGrade.PROPERTY, PARTS)
                    .has("kirim", "name", "Ana Lee")
                    .has("crm", "first", "Ana", "last", "Lee");
            assertThat(desk.plan.due()).isEmpty();
            desk.event("kirim", 10, "name", name);
            assertThat(desk.due("crm")).as(name).contains(UPDATE);
        }
    }
}
