package dev.crmsync.planning;

import static dev.crmsync.planning.Due.Need.CREATE;
import static dev.crmsync.planning.Due.Need.READ;
import static dev.crmsync.planning.Due.Need.UPDATE;
import static dev.crmsync.spi.field.Contact.EMAIL;
import static dev.crmsync.spi.field.Contact.METADATA;
import static dev.crmsync.spi.field.Contact.NAME;
import static dev.crmsync.spi.field.Value.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.policy.OnTaken;
import dev.crmsync.policy.Policy;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.policy.TypePolicyBuilder;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Outcome.Rejection;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of a link by each answer that a write can get, and that the journal tells it. */
class WriteAnswersTest {
    private static final Field SEGMENT = METADATA.entry("segment");
    private static final Mapping KIRIM = Mapping.of(
            Contact.TYPE,
            FieldMapping.direct(NAME, "name"),
            FieldMapping.direct(EMAIL, "email"),
            FieldMapping.direct(SEGMENT, "segment"));
    private static final Mapping CRM = Mapping.of(
                    Contact.TYPE,
                    FieldMapping.direct(NAME, "name"),
                    FieldMapping.direct(EMAIL, "email"),
                    FieldMapping.of(METADATA, new Lens.BagOf("custom")))
            .withExternalId("kirim_id")
            .requiring(NAME);

    private static Desk desk(CreateLookup lookup, Mapping crm, UnaryOperator<TypePolicyBuilder> more) {
        Policy policy = Policy.named("mine")
                .type(
                        RecordType.CONTACT,
                        contact -> more.apply(contact.owned(NAME, "kirim")
                                .owned(EMAIL, "kirim")
                                .owned(SEGMENT, "kirim")
                                .records("crm", RecordRule.CREATE)));
        return new Desk(Desk.rules(policy, lookup, Map.of("kirim", List.of(KIRIM), "crm", List.of(crm))), Contact.TYPE);
    }

    /** A record of Kirim's that is being made in the CRM. */
    private static Desk making(CreateLookup lookup, Mapping crm, UnaryOperator<TypePolicyBuilder> more) {
        return desk(lookup, crm, more)
                .has("kirim", "name", "Budi", "email", "b@example.com", "segment", "gold")
                .write("crm");
    }

    private static Desk making() {
        return making(new CreateLookup.UniqueUpsert(), CRM, contact -> contact);
    }

    /** An edit of Kirim's that is being written to the CRM's record. */
    private static Desk updating(UnaryOperator<TypePolicyBuilder> more) {
        return desk(new CreateLookup.UniqueUpsert(), CRM, more)
                .has("kirim", "name", "Budi", "email", "b@example.com")
                .has("crm", "name", "Budi", "email", "b@example.com")
                .event("kirim", 10, "name", "Budi S.", "email", "budi@example.com")
                .write("crm");
    }

    private static Desk updating() {
        return updating(contact -> contact);
    }

    private static Outcome refused(Rejection kind, @Nullable String property) {
        return new Outcome.Rejected(kind, property, null, "no");
    }

    private static Stance stance(Desk desk, Field field) {
        return Stances.of(desk.link, "crm", field, desk.rules);
    }

    // What is told

    @Test
    void a_write_is_told_when_it_begins_and_a_new_record_when_it_stands() {
        Desk desk = making();
        assertThat(desk.reasons()).containsExactly(Reason.WRITE_STARTED);

        desk.done("crm", 1, "name", "Budi", "email", "b@example.com");

        assertThat(desk.reasons()).contains(Reason.CREATED);
        assertThat(desk.reasons(NAME)).contains(Reason.WRITTEN);
        assertThat(desk.reasons(EMAIL)).contains(Reason.WRITTEN);
        assertThat(desk.plan.decisions())
                .filteredOn(decision -> decision.reason() == Reason.WRITTEN)
                .filteredOn(decision -> "name".equals(decision.field()))
                .extracting(Decision::saw)
                .containsExactly(text("Budi"));
    }

    @Test
    void while_a_write_is_under_way_no_other_begins() {
        Desk desk = updating();
        InFlight flight = desk.link.side("crm").inFlight();
        desk.write("crm");
        assertThat(desk.link.side("crm").inFlight()).isEqualTo(flight);
        assertThat(desk.reasons()).isEmpty();
    }

    @Test
    void a_write_that_is_put_off_is_told_and_due_again() {
        Desk desk = updating().outcome("crm", new Outcome.Deferred(null, null, "busy"));
        assertThat(desk.reasons()).containsExactly(Reason.DEFERRED);
        assertThat(desk.link.side("crm").inFlight()).isNull();
        assertThat(desk.due("crm")).contains(UPDATE);
    }

    @Test
    void an_unknown_outcome_is_told_and_so_is_that_nothing_was_made() {
        Desk desk = making(new CreateLookup.Lookup(Duration.ofMinutes(5)), CRM, contact -> contact);
        desk.outcome("crm", new Outcome.Unknown("lost"));
        assertThat(desk.reasons()).containsExactly(Reason.OUTCOME_UNKNOWN);

        Read absent = new Read.Gone(AsOf.at(Desk.START), false);
        desk.after(Duration.ofMinutes(5)).read("crm", desk.link.seq(), absent);
        assertThat(desk.reasons()).doesNotContain(Reason.NOT_CREATED);
        desk.after(Duration.ofMinutes(1)).read("crm", desk.link.seq(), absent);
        assertThat(desk.reasons()).contains(Reason.NOT_CREATED);
        assertThat(desk.due("crm")).contains(CREATE);
    }

    @Test
    void an_answer_to_a_write_that_is_not_under_way_changes_nothing() {
        Desk desk = updating();
        long started = desk.link.side("crm").inFlight().seq();
        desk.done("crm", 11, "name", "Budi S.");
        LinkState before = desk.link;
        desk.take(new Input.WriteOutcome(
                desk.now, desk.next(), "L", "crm", started, new Outcome.Done(desk.ref("crm"), null), Map.of()));
        assertThat(desk.link.side("crm")).isEqualTo(before.side("crm"));
        assertThat(desk.plan.decisions()).isEmpty();
    }

    // The join key

    @Test
    void a_new_record_is_given_kirims_id_so_that_it_can_be_found_again() {
        assertThat(making().link.side("crm").inFlight().joinKey()).isEqualTo("kirim-1");
    }

    @Test
    void a_record_that_cannot_bear_the_key_is_not_made_a_second_time_unasked() {
        Mapping keyless =
                Mapping.of(Contact.TYPE, FieldMapping.direct(NAME, "name"), FieldMapping.direct(EMAIL, "email"));
        Desk desk = making(new CreateLookup.UniqueUpsert(), keyless, contact -> contact);
        assertThat(desk.link.side("crm").inFlight().joinKey()).isNull();

        desk.outcome("crm", new Outcome.Unknown("lost"));

        assertThat(desk.reasons()).containsExactly(Reason.OUTCOME_UNKNOWN, Reason.CREATE_REVIEW);
        assertThat(desk.due("crm")).isEmpty();
    }

    // Refused creates

    @Test
    void a_record_whose_value_another_one_holds_is_a_question_for_a_person() {
        for (String property : new String[] {"email", null}) {
            Desk desk = making().outcome("crm", refused(Rejection.UNIQUE, property));
            assertThat(desk.reasons()).containsExactly(Reason.DUPLICATE_REVIEW);
            assertThat(desk.plan.reviews()).singleElement().satisfies(review -> {
                ReviewChange.Opened opened = (ReviewChange.Opened) review;
                assertThat(opened.system()).isEqualTo("crm");
                assertThat(opened.field()).isNull();
                assertThat(opened.reason()).isEqualTo(Reason.DUPLICATE_REVIEW);
            });
            assertThat(desk.link.side("crm").held()).isEqualTo(Reason.DUPLICATE_REVIEW);
            assertThat(desk.due("crm")).isEmpty();
        }
    }

    @Test
    void while_a_person_is_asked_whether_it_is_another_links_that_question_stands_alone() {
        Desk desk = making();
        LinkState link = desk.link;
        LinkState other = LinkState.empty("M", Contact.TYPE);
        Plan suspected = Planner.plan(
                Links.of(link, other),
                new Input.Identity(
                        desk.now,
                        desk.next(),
                        new IdentityChange.Suspected("L", List.of("M"), "email", text("b@example.com"))),
                desk.rules);
        desk.link = suspected.after().get("L");
        assertThat(desk.link.side("crm").held()).isEqualTo(Reason.MATCH_REVIEW);

        desk.outcome("crm", refused(Rejection.UNIQUE, "email"));

        assertThat(desk.reasons()).containsExactly(Reason.DUPLICATE_REVIEW);
        assertThat(desk.link.side("crm").held()).isEqualTo(Reason.MATCH_REVIEW);
        assertThat(desk.plan.reviews()).isEmpty();
    }

    @Test
    void a_record_is_made_without_a_taken_value_where_the_policy_can_do_without_it() {
        Desk desk = making(new CreateLookup.UniqueUpsert(), CRM, contact -> contact.onTaken(EMAIL, OnTaken.WITHOUT))
                .outcome("crm", refused(Rejection.UNIQUE, "email"));
        assertThat(desk.reasons()).containsExactly(Reason.REFUSED_TAKEN);
        assertThat(desk.plan.reviews()).isEmpty();
        assertThat(stance(desk, EMAIL)).isEqualTo(Stance.REFUSED);
        assertThat(desk.due("crm")).contains(CREATE);
        assertThat(desk.write("crm").sent("crm")).containsKey("name").doesNotContainKey("email");
    }

    @Test
    void what_the_policy_can_do_without_is_the_taken_field_and_no_other() {
        Desk desk = making(new CreateLookup.UniqueUpsert(), CRM, contact -> contact.onTaken(EMAIL, OnTaken.WITHOUT))
                .outcome("crm", refused(Rejection.UNIQUE, "name"));
        assertThat(desk.reasons()).containsExactly(Reason.DUPLICATE_REVIEW);
        Desk untold = making(new CreateLookup.UniqueUpsert(), CRM, contact -> contact.onTaken(EMAIL, OnTaken.WITHOUT))
                .outcome("crm", refused(Rejection.UNIQUE, null));
        assertThat(untold.reasons()).containsExactly(Reason.DUPLICATE_REVIEW);
    }

    @Test
    void a_record_is_made_without_a_refused_value_that_it_does_not_need() {
        Desk desk = making().outcome("crm", refused(Rejection.INVALID, "email"));
        assertThat(desk.reasons()).containsExactly(Reason.REFUSED);
        assertThat(stance(desk, EMAIL)).isEqualTo(Stance.REFUSED);
        assertThat(stance(desk, NAME)).isEqualTo(Stance.FOLLOWS);
        assertThat(desk.write("crm").sent("crm")).containsKey("name").doesNotContainKey("email");
    }

    @Test
    void a_record_that_needs_the_refused_value_is_a_question_for_a_person() {
        Desk desk = making().outcome("crm", refused(Rejection.TOO_LONG, "name"));
        assertThat(desk.reasons()).containsExactly(Reason.REFUSED_LENGTH);
        assertThat(desk.link.side("crm").held()).isEqualTo(Reason.REFUSED_LENGTH);
        assertThat(desk.plan.reviews()).hasSize(1);
        assertThat(desk.due("crm")).isEmpty();
    }

    @Test
    void so_is_one_that_is_refused_without_a_word_about_which_value() {
        Desk desk = making().outcome("crm", refused(Rejection.REQUIRED, null));
        assertThat(desk.reasons()).containsExactly(Reason.REFUSED_REQUIRED);
        assertThat(desk.plan.reviews()).hasSize(1);
        assertThat(desk.due("crm")).isEmpty();
    }

    @Test
    void a_bag_that_is_refused_stands_for_the_keys_that_were_sent_in_it() {
        Desk desk = making().outcome("crm", refused(Rejection.NOT_AN_OPTION, "custom"));
        assertThat(desk.reasons(SEGMENT)).containsExactly(Reason.REFUSED_OPTION);
        assertThat(stance(desk, SEGMENT)).isEqualTo(Stance.REFUSED);
        assertThat(desk.write("crm").sent("crm")).containsOnlyKeys("name", "email");
    }

    // Refused updates

    @Test
    void an_update_of_a_record_that_is_not_found_has_it_looked_at() {
        Desk desk = updating().outcome("crm", refused(Rejection.NOT_FOUND, null));
        assertThat(desk.reasons()).containsExactly(Reason.REFUSED);
        assertThat(desk.due("crm")).contains(READ);
        assertThat(desk.link.side("crm").standings()).isEmpty();
    }

    @Test
    void an_update_with_a_taken_value_holds_that_field_alone() {
        Desk desk = updating().outcome("crm", refused(Rejection.UNIQUE, "email"));
        assertThat(desk.reasons()).containsExactly(Reason.DUPLICATE_REVIEW);
        assertThat(desk.plan.reviews()).singleElement().satisfies(review -> {
            ReviewChange.Opened opened = (ReviewChange.Opened) review;
            assertThat(opened.field()).isEqualTo("email");
            assertThat(opened.theirs()).isEqualTo(text("b@example.com"));
        });
        assertThat(stance(desk, EMAIL)).isEqualTo(Stance.HELD);
        assertThat(desk.due("crm")).contains(UPDATE);
        assertThat(desk.write("crm").sent("crm")).containsOnlyKeys("name");
    }

    @Test
    void an_update_without_a_taken_value_asks_nobody_where_the_policy_can_do_without() {
        Desk desk = updating(contact -> contact.onTaken(EMAIL, OnTaken.WITHOUT))
                .outcome("crm", refused(Rejection.UNIQUE, "email"));
        assertThat(desk.reasons()).containsExactly(Reason.REFUSED_TAKEN);
        assertThat(desk.plan.reviews()).isEmpty();
        assertThat(stance(desk, EMAIL)).isEqualTo(Stance.REFUSED);
    }

    @Test
    void an_update_that_is_refused_without_a_word_about_which_value_is_refused_whole() {
        Desk desk = updating().outcome("crm", refused(Rejection.READ_ONLY, null));
        assertThat(desk.reasons()).containsExactly(Reason.REFUSED_READ_ONLY, Reason.REFUSED_READ_ONLY);
        assertThat(stance(desk, NAME)).isEqualTo(Stance.REFUSED);
        assertThat(stance(desk, EMAIL)).isEqualTo(Stance.REFUSED);
        assertThat(desk.plan.due()).isEmpty();
        assertThat(desk.plan.reviews()).isEmpty();
    }

    @Test
    void what_was_refused_follows_again_once_it_is_written() {
        Desk desk = updating().outcome("crm", refused(Rejection.INVALID, "email"));
        desk.event("kirim", 20, "email", "other@example.com").write("crm");
        assertThat(desk.sent("crm")).containsEntry("email", NativeValue.text("other@example.com"));
        desk.done("crm", 21, "name", "Budi S.", "email", "other@example.com");
        assertThat(stance(desk, EMAIL)).isEqualTo(Stance.FOLLOWS);
        assertThat(desk.plan.due()).isEmpty();
    }

    // What was seen meanwhile

    @Test
    void an_answer_that_shows_nothing_leaves_it_to_a_read_what_came_of_an_edit_meanwhile() {
        Desk desk = updating().event("crm", 11, "name", "Edited");
        desk.outcome("crm", new Outcome.Done(desk.ref("crm"), null));
        assertThat(desk.due("crm")).contains(READ);
        assertThat(desk.link.side("crm").wanted().reason()).isEqualTo(Reason.UNORDERED);
    }

    @Test
    void what_was_seen_to_arrive_before_the_answer_needs_no_read() {
        Desk desk = updating().event("crm", 11, "name", "Budi S.", "email", "budi@example.com");
        desk.outcome("crm", new Outcome.Done(desk.ref("crm"), null));
        assertThat(desk.link.side("crm").wanted()).isNull();
        assertThat(desk.plan.due()).isEmpty();
    }

    @Test
    void another_record_that_was_made_beside_ours_is_a_question_for_a_person() {
        Desk desk = making();
        desk.take(new Input.Identity(
                desk.now,
                desk.next(),
                new IdentityChange.Attached("L", desk.ref("crm"), IdentityChange.Attached.JOIN_KEY)));
        desk.outcome("crm", new Outcome.Done(new RecordRef("crm", Contact.TYPE, "other"), null));
        assertThat(desk.link.side("crm").record()).isEqualTo("crm-1");
        assertThat(desk.link.side("crm").secondaries()).containsExactly("other");
        assertThat(desk.plan.reviews()).hasSize(1);
        assertThat(desk.link.side("crm").inFlight()).isNull();
    }
}
