package dev.crmsync.planning;

import static dev.crmsync.planning.Due.Need.CREATE;
import static dev.crmsync.planning.Due.Need.LOOKUP;
import static dev.crmsync.planning.Due.Need.OUTCOME;
import static dev.crmsync.planning.Due.Need.READ;
import static dev.crmsync.planning.Due.Need.REPEAT;
import static dev.crmsync.planning.Due.Need.UPDATE;
import static dev.crmsync.spi.field.Contact.EMAIL;
import static dev.crmsync.spi.field.Contact.METADATA;
import static dev.crmsync.spi.field.Contact.NAME;
import static dev.crmsync.spi.field.Value.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.policy.NonOwnerEdit;
import dev.crmsync.policy.Policies;
import dev.crmsync.policy.Policy;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.Access;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.mapping.Rendering;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static final Mapping KIRIM = Mapping.of(
            Contact.TYPE,
            FieldMapping.direct(NAME, "name"),
            FieldMapping.direct(EMAIL, "email"),
            FieldMapping.of(METADATA, new Lens.BagOf("metadata"))
                    .with(new Access(Access.Readable.BY_READ, Access.Writable.REPLACED)));
    private static final Mapping CRM = Mapping.of(
                    Contact.TYPE,
                    FieldMapping.of(NAME, new Lens.Joined(List.of("firstname", "lastname"), " ")),
                    FieldMapping.direct(EMAIL, "email").shownAs(Rendering.TRIMMED, Rendering.LOWER_CASED),
                    FieldMapping.direct(METADATA.entry("segment"), "segment").shownAs(Rendering.cut(10)))
            .withExternalId("kirim_id");

    private static Desk guide() {
        return guide(new CreateLookup.UniqueUpsert());
    }

    private static Desk guide(CreateLookup lookup) {
        Policy policy = Policies.guide().kirim("kirim").primaryCrm("crm");
        return new Desk(Desk.rules(policy, lookup, Map.of("kirim", List.of(KIRIM), "crm", List.of(CRM))), Contact.TYPE);
    }

    private static Desk inStep() {
        return guide().has("kirim", "name", "Mary Ann Lee").has("crm", "firstname", "Mary Ann", "lastname", "Lee");
    }

    /** The owner's edit, told with both parts of the name. */
    private static Desk renamed() {
        return inStep().event("crm", 60, "firstname", "Mary Ann", "lastname", "Young");
    }

    // Step 1: baseline

    @Test
    void a_value_seen_for_the_first_time_is_recorded_and_the_join_decides() {
        Desk desk = guide().has("kirim", "name", "Mary");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.BASELINE_AGREED);
        assertThat(desk.due("crm")).contains(CREATE);
        desk.has("crm", "firstname", "Mary Ann", "lastname", "Lee");
        assertThat(desk.agreed(NAME)).isEqualTo(text("Mary Ann Lee"));
        assertThat(desk.due("kirim")).contains(UPDATE);
    }

    @Test
    void a_blank_seen_for_the_first_time_removes_nothing() {
        Desk desk = guide().has("kirim", "email", "a@example.com").has("crm", "email", null);
        assertThat(desk.agreed(EMAIL)).isEqualTo(text("a@example.com"));
        assertThat(desk.due("crm")).contains(UPDATE);
        assertThat(desk.due("kirim")).isEmpty();
    }

    // Step 2: order

    @Test
    void an_event_older_than_what_was_seen_is_stale_and_changes_nothing() {
        Desk desk = renamed();
        LinkState before = desk.link;
        desk.event("crm", 30, "firstname", "Mary Ann", "lastname", "Old");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.STALE);
        assertThat(desk.plan.decisions()).extracting(Decision::saw).containsExactly(text("Mary Ann Old"));
        assertThat(desk.link).isEqualTo(before);
    }

    @Test
    void two_values_of_one_instant_are_not_ordered_and_want_a_read() {
        Desk desk = renamed();
        desk.event("crm", 60, "firstname", "Mary Ann", "lastname", "Younger");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.UNORDERED);
        assertThat(desk.due("crm")).contains(READ);
        assertThat(desk.agreed(NAME)).isEqualTo(text("Mary Ann Young"));
        desk.read("crm", desk.link.seq(), 60, "firstname", "Mary Ann", "lastname", "Younger");
        assertThat(desk.agreed(NAME)).isEqualTo(text("Mary Ann Younger"));
        assertThat(desk.due("crm")).isEmpty();
    }

    @Test
    void a_read_overtaken_by_an_event_is_repeated_three_times_and_then_accepted() {
        Desk desk = inStep().kind("crm", ChangeKind.GAP, 60);
        for (int round = 1; round <= 3; round++) {
            long issued = desk.link.seq();
            desk.event("crm", 60 + round, "firstname", "Mary Ann", "lastname", "Event " + round);
            desk.read("crm", issued, 60 + round, "firstname", "Mary Ann", "lastname", "Read " + round);
            if (round < 3) {
                assertThat(desk.reasons()).containsExactly(Reason.OVERTAKEN);
                assertThat(desk.due("crm")).contains(READ);
                assertThat(desk.agreed(NAME)).isEqualTo(text("Mary Ann Event " + round));
            }
        }
        assertThat(desk.reasons()).contains(Reason.RACED);
        assertThat(desk.agreed(NAME)).isEqualTo(text("Mary Ann Read 3"));
        assertThat(desk.due("crm")).isEmpty();
    }

    @Test
    void what_is_dated_later_than_a_read_that_it_overtook_for_the_third_time_stands() {
        Desk desk = inStep().kind("crm", ChangeKind.GAP, 60);
        for (int round = 1; round <= 3; round++) {
            long issued = desk.link.seq();
            desk.event("crm", 60 + round, "firstname", "Mary Ann", "lastname", "Event " + round);
            desk.read("crm", issued, 60, "firstname", "Mary Ann", "lastname", "Young");
        }
        assertThat(desk.reasons()).contains(Reason.RACED);
        assertThat(desk.agreed(NAME)).isEqualTo(text("Mary Ann Event 3"));
        assertThat(desk.due("crm")).isEmpty();
    }

    // Step 3: echo

    @Test
    void the_echo_of_a_write_causes_no_write() {
        Desk desk = renamed().write("kirim");
        assertThat(desk.sent("kirim")).containsEntry("name", NativeValue.text("Mary Ann Young"));
        assertThat(desk.due("kirim")).contains(OUTCOME);
        desk.event("kirim", 61, "name", "Mary Ann Young");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.ECHO);
        desk.done("kirim", 61, "name", "Mary Ann Young");
        assertThat(desk.plan.due()).isEmpty();
        desk.event("kirim", 61, "name", "Mary Ann Young");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.UNCHANGED);
        assertThat(desk.plan.due()).isEmpty();
    }

    @Test
    void a_rendering_in_the_writes_own_answer_is_learned_and_not_corrected() {
        Desk desk =
                guide().has("kirim", "name", "M", "email", " Mary@Example.COM ").write("crm");
        desk.done("crm", 10, "email", "mary@example.com", "firstname", "M");
        assertThat(desk.plan.due()).isEmpty();
        desk.event("crm", 11, "email", "mary@example.com");
        assertThat(desk.plan.due()).isEmpty();
    }

    @Test
    void an_owners_edit_seen_before_the_answer_to_our_older_write_stands() {
        Desk desk = guide().has("kirim", "name", "Mary Lee").write("crm");
        desk.observe(ChangeEvent.partial(desk.ref("crm"), Desk.values(), AsOf.at(Desk.START), Evidence.EVENT));
        desk.done("crm", 10, "firstname", "Mary", "lastname", "Lee");
        desk.event("kirim", 20, "name", "Kirim Edit");
        desk.write("kirim");
        desk.event("crm", 30, "firstname", "Mary", "lastname", "Newest");
        desk.done("kirim", 25, "name", "Mary Lee");
        assertThat(desk.agreed(NAME)).isEqualTo(text("Mary Newest"));
        assertThat(desk.due("kirim")).contains(UPDATE);
        assertThat(desk.due("crm")).isEmpty();
    }

    @Test
    void a_write_of_unknown_outcome_is_settled_by_a_read() {
        Desk desk = renamed().write("kirim");
        desk.outcome("kirim", new Outcome.Unknown("lost"));
        assertThat(desk.due("kirim")).contains(READ);
        Desk landed = renamed().write("kirim");
        landed.outcome("kirim", new Outcome.Unknown("lost"));
        landed.read("kirim", landed.link.seq(), 61, "name", "Mary Ann Young");
        assertThat(landed.reasons(NAME)).containsExactly(Reason.ECHO);
        assertThat(landed.plan.due()).isEmpty();
        desk.read("kirim", desk.link.seq(), 0, "name", "Mary Ann Lee");
        assertThat(desk.due("kirim")).contains(UPDATE);
        desk.write("kirim");
        assertThat(desk.sent("kirim")).containsEntry("name", NativeValue.text("Mary Ann Young"));
    }

    // Step 4: lossy edits, partial knowledge

    @Test
    void a_part_of_a_joined_field_wants_a_read() {
        Desk desk = guide().has("kirim", "name", "Mary");
        desk.has("crm");
        desk.event("crm", 10, "firstname", "Mary");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.PARTIAL);
        assertThat(desk.due("crm")).contains(READ);
        desk.read("crm", desk.link.seq(), 11, "firstname", "Mary", "lastname", "Lee");
        assertThat(desk.agreed(NAME)).isEqualTo(text("Mary Lee"));
    }

    // Wholes and bags

    @Test
    void a_whole_is_read_just_before_it_is_replaced() {
        Desk desk = guide().has("kirim", "name", "M").has("crm", "firstname", "M", "lastname", "", "segment", "gold");
        assertThat(desk.write("kirim").sent("kirim")).isEmpty();
        assertThat(desk.due("kirim")).contains(READ);
        desk.read("kirim", desk.link.seq(), 1, "name", "M");
        desk.write("kirim");
        assertThat(desk.sent("kirim")).containsExactly(Map.entry("metadata/segment", NativeValue.text("gold")));
    }

    @Test
    void a_key_that_vanished_from_a_bag_given_whole_was_removed_there() {
        Policy policy =
                Policies.guide().kirim("kirim").kirimOwnsMetadata("segment").primaryCrm("crm");
        Desk desk = new Desk(
                Desk.rules(
                        policy, new CreateLookup.UniqueUpsert(), Map.of("kirim", List.of(KIRIM), "crm", List.of(CRM))),
                Contact.TYPE);
        desk.observeBag("gold");
        desk.has("crm", "segment", "gold");
        desk.observe(ChangeEvent.partial(
                desk.ref("kirim"),
                Map.of("metadata", new NativeValue.Entries(Map.of())),
                AsOf.at(Desk.START.plusSeconds(60)),
                Evidence.EVENT));
        assertThat(desk.agreed(METADATA.entry("segment"))).isEqualTo(Value.EMPTY);
        assertThat(desk.due("crm")).contains(UPDATE);
    }

    @Test
    void an_index_never_proves_removal() {
        Policy policy =
                Policies.guide().kirim("kirim").kirimOwnsMetadata("segment").primaryCrm("crm");
        Desk desk = new Desk(
                Desk.rules(
                        policy, new CreateLookup.UniqueUpsert(), Map.of("kirim", List.of(KIRIM), "crm", List.of(CRM))),
                Contact.TYPE);
        desk.observeBag("gold");
        desk.observe(ChangeEvent.partial(
                desk.ref("kirim"),
                Map.of("metadata", new NativeValue.Entries(Map.of())),
                AsOf.at(Desk.START.plusSeconds(60)),
                Evidence.INDEX));
        assertThat(desk.agreed(METADATA.entry("segment"))).isEqualTo(text("gold"));
    }

    // Creates

    @Test
    void a_create_whose_answer_was_lost_is_repeated_where_it_is_an_upsert() {
        Desk desk = guide().has("kirim", "name", "Mary").write("crm").outcome("crm", new Outcome.Unknown("lost"));
        assertThat(desk.due("crm")).contains(CREATE);
    }

    @Test
    void a_create_whose_answer_was_lost_is_repeated_byte_for_byte_while_its_key_lives() {
        Desk desk = guide(new CreateLookup.IdempotencyKey(Duration.ofHours(24)))
                .has("kirim", "name", "Mary")
                .write("crm");
        Map<String, NativeValue> sent = desk.sent("crm");
        desk.outcome("crm", new Outcome.Unknown("lost")).event("kirim", 60, "name", "Maria");
        assertThat(desk.due("crm")).contains(REPEAT);
        assertThat(desk.sent("crm")).isEqualTo(sent);
        desk.done("crm", 61, "firstname", "Mary", "lastname", null);
        assertThat(desk.due("crm")).contains(UPDATE);
    }

    @Test
    void a_repetition_that_is_put_off_keeps_the_key_of_the_attempt_before_it() {
        Desk desk = guide(new CreateLookup.IdempotencyKey(Duration.ofHours(24)))
                .has("kirim", "name", "Mary")
                .write("crm");
        String key = desk.link.side("crm").inFlight().idempotencyKey();
        desk.outcome("crm", new Outcome.Unknown("lost")).outcome("crm", new Outcome.Deferred(null, null, "limited"));
        assertThat(desk.due("crm")).contains(REPEAT);
        assertThat(desk.link.side("crm").inFlight().idempotencyKey()).isEqualTo(key);
    }

    @Test
    void a_create_whose_key_has_expired_goes_to_a_person() {
        Desk desk = guide(new CreateLookup.IdempotencyKey(Duration.ofHours(24)))
                .has("kirim", "name", "Mary")
                .write("crm");
        desk.after(Duration.ofHours(25)).outcome("crm", new Outcome.Unknown("lost"));
        assertThat(desk.due("crm")).isEmpty();
        assertThat(desk.plan.reviews()).hasSize(1);
        assertThat(desk.reasons()).contains(Reason.CREATE_REVIEW);
    }

    @Test
    void a_create_that_can_be_looked_up_is_repeated_after_two_absences_beyond_the_lag() {
        Desk desk = guide(new CreateLookup.Lookup(Duration.ofMinutes(5)))
                .has("kirim", "name", "Mary")
                .write("crm");
        desk.outcome("crm", new Outcome.Unknown("lost"));
        Read absent = new Read.Gone(AsOf.at(Desk.START), false);
        assertThat(desk.due("crm")).contains(LOOKUP);
        desk.read("crm", desk.link.seq(), absent);
        assertThat(desk.due("crm")).contains(LOOKUP);
        desk.after(Duration.ofMinutes(6)).read("crm", desk.link.seq(), absent);
        assertThat(desk.due("crm")).contains(LOOKUP);
        desk.after(Duration.ofMinutes(6)).read("crm", desk.link.seq(), absent);
        assertThat(desk.due("crm")).contains(CREATE);
    }

    @Test
    void a_create_that_cannot_be_looked_up_goes_to_a_person() {
        Desk desk = guide(new CreateLookup.None()).has("kirim", "name", "Mary").write("crm");
        desk.outcome("crm", new Outcome.Unknown("lost"));
        assertThat(desk.due("crm")).isEmpty();
        assertThat(desk.plan.reviews()).hasSize(1);
        desk.take(new Input.ReviewAnswer(desk.now, desk.next(), "L", "crm", null, Input.Answer.USE_AGREED));
        assertThat(desk.due("crm")).contains(CREATE);
    }

    // Refusals, absence, review

    @Test
    void a_refused_value_is_not_sent_again_until_it_changes() {
        Desk desk = renamed().write("kirim");
        desk.outcome("kirim", new Outcome.Rejected(Outcome.Rejection.TOO_LONG, "name", null, "too long"));
        assertThat(desk.plan.due()).isEmpty();
        assertThat(Stances.of(desk.link, "kirim", NAME, desk.rules)).isEqualTo(Stance.REFUSED);
        desk.event("crm", 70, "firstname", "Mary Ann", "lastname", "Yo");
        assertThat(desk.due("kirim")).contains(UPDATE);
    }

    @Test
    void a_record_that_is_gone_or_out_of_sight_is_followed_no_longer_and_nothing_else_is_touched() {
        Desk desk = inStep().kind("crm", ChangeKind.ARCHIVE, 60);
        assertThat(desk.reasons()).containsExactly(Reason.GONE);
        assertThat(desk.plan.due()).isEmpty();
        Desk hidden = inStep().kind("crm", ChangeKind.GAP, 60);
        hidden.read("crm", hidden.link.seq(), new Read.NotVisible());
        hidden.event("kirim", 70, "name", "Edited");
        assertThat(hidden.plan.due()).contains(new Due("L", "crm", READ, hidden.now.plus(Rules.LOOK_AGAIN), null));
        assertThat(hidden.agreed(NAME)).isEqualTo(text("Mary Ann Lee"));
    }

    @Test
    void a_non_owners_edit_can_wait_for_a_person_while_other_fields_go_on() {
        Policy policy = Policy.named("asking")
                .type(
                        RecordType.CONTACT,
                        contact -> contact.owned(NAME, "crm", NonOwnerEdit.REVIEW, "kirim")
                                .owned(EMAIL, "crm", "kirim")
                                .records("crm", RecordRule.CREATE));
        Desk desk = new Desk(
                Desk.rules(
                        policy, new CreateLookup.UniqueUpsert(), Map.of("kirim", List.of(KIRIM), "crm", List.of(CRM))),
                Contact.TYPE);
        desk.has("kirim", "name", "A B", "email", "a@example.com")
                .has("crm", "firstname", "A", "lastname", "B", "email", "a@example.com");
        desk.event("kirim", 60, "name", "Somebody Else");
        assertThat(desk.plan.reviews()).hasSize(1);
        desk.event("crm", 61, "firstname", "A", "lastname", "C", "email", "b@example.com")
                .write("kirim");
        assertThat(desk.sent("kirim")).containsOnlyKeys("email");
        desk.done("kirim", 62, "email", "b@example.com");
        desk.take(new Input.ReviewAnswer(desk.now, desk.next(), "L", "kirim", "name", Input.Answer.USE_THEIRS));
        assertThat(desk.agreed(NAME)).isEqualTo(text("Somebody Else"));
        assertThat(desk.due("crm")).contains(UPDATE);
    }

    @Test
    void an_erased_link_keeps_no_value_and_follows_nothing() {
        Desk desk = inStep();
        desk.take(new Input.Erase(desk.now, desk.next(), "L"));
        assertThat(desk.link.agreed()).isEmpty();
        assertThat(desk.link.toString()).doesNotContain("Mary");
        desk.event("crm", 60, "lastname", "Young");
        assertThat(desk.reasons()).containsExactly(Reason.ERASED);
        assertThat(desk.plan.due()).isEmpty();
    }

    @Test
    void the_same_input_on_the_same_state_gives_the_same_plan() {
        Desk one = renamed().write("kirim");
        Desk other = renamed().write("kirim");
        assertThat(one.plan).isEqualTo(other.plan);
    }
}
