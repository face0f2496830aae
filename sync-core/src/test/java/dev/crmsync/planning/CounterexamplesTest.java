package dev.crmsync.planning;

import static dev.crmsync.spi.field.Contact.LABELS;
import static dev.crmsync.spi.field.Contact.NAME;
import static dev.crmsync.spi.field.Value.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.policy.FieldRule;
import dev.crmsync.policy.NonOwnerEdit;
import dev.crmsync.policy.Policy;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.policy.Skew;
import dev.crmsync.policy.TypePolicyBuilder;
import dev.crmsync.spi.adapter.AsOfGrade;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.field.Value;
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
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Histories of the laboratory that broke a law once, each told in a few lines. */
class CounterexamplesTest {
    private static final Mapping MAPPING = Mapping.of(
            Contact.TYPE, FieldMapping.direct(NAME, "name"), FieldMapping.of(LABELS, new Lens.ListOf("tags")));

    private static Desk desk(UnaryOperator<TypePolicyBuilder> contact) {
        return desk(contact, AsOfGrade.PROPERTY, MAPPING);
    }

    private static Desk desk(UnaryOperator<TypePolicyBuilder> contact, AsOfGrade grade, Mapping kirim) {
        Policy policy = Policy.named("toy").type(RecordType.CONTACT, contact);
        return new Desk(
                Desk.rules(
                        policy,
                        new CreateLookup.UniqueUpsert(),
                        grade,
                        Map.of("kirim", List.of(kirim), "crm", List.of(MAPPING))),
                Contact.TYPE);
    }

    private static Outcome silentlyDone(Desk desk, String system) {
        return new Outcome.Done(desk.ref(system), null);
    }

    private static ChangeEvent tagged(Desk desk, String system, int second, String... tags) {
        return ChangeEvent.partial(
                desk.ref(system),
                Map.of(
                        "tags",
                        new NativeValue.Items(
                                List.of(tags).stream().map(NativeValue::text).toList())),
                AsOf.at(Desk.START.plusSeconds(second)),
                Evidence.EVENT);
    }

    @Test
    void an_edit_in_the_minute_that_a_write_fell_into_is_not_older_than_the_write() {
        Desk desk = desk(contact -> contact.owned(NAME, "crm"), AsOfGrade.COARSE, MAPPING);
        desk.has("crm", "name", "M").has("kirim", "name", "M");
        AsOf minute = AsOf.coarse(Desk.START.plusSeconds(60), Duration.ofMinutes(1));
        desk.observe(ChangeEvent.partial(desk.ref("kirim"), Desk.values("name", "typed"), minute, Evidence.EVENT));
        desk.write("kirim").outcome("kirim", silentlyDone(desk, "kirim"));
        assertThat(desk.plan.due()).isEmpty();

        desk.observe(ChangeEvent.partial(desk.ref("kirim"), Desk.values("name", "again"), minute, Evidence.EVENT));

        assertThat(desk.reasons(NAME)).containsExactly(Reason.UNORDERED);
        assertThat(desk.due("kirim")).contains(Due.Need.READ);
    }

    /** Found between two real vendors: the owner's own edit was told late, and what it was supplied with lay over it for good. */
    @Test
    void an_owner_that_left_a_field_blank_is_read_before_it_is_supplied_with_a_value() {
        Desk desk = desk(contact -> contact.owned(NAME, "crm", "kirim"));
        desk.has("crm", "name", "").has("kirim").event("kirim", 10, "name", "supplied");
        assertThat(desk.agreed(NAME)).isEqualTo(text("supplied"));

        desk.write("crm");
        assertThat(desk.sent("crm")).isEmpty();
        assertThat(desk.due("crm")).contains(Due.Need.READ);

        desk.read("crm", desk.link.seq(), 11, "name", "typed");
        desk.write("crm");
        assertThat(desk.sent("crm")).isEmpty();
        assertThat(desk.agreed(NAME)).isEqualTo(text("typed"));
        assertThat(desk.write("kirim").sent("kirim")).containsEntry("name", NativeValue.text("typed"));
    }

    @Test
    void a_member_that_only_its_absent_owner_could_judge_stays_where_it_is() {
        Desk desk = desk(contact ->
                contact.rule(LABELS, new FieldRule.SetMerge(Map.of("new", "crm"), null, NonOwnerEdit.REVERT)));
        desk.has("kirim", "name", "M").observe(tagged(desk, "kirim", 5, "new", "old"));

        assertThat(desk.reasons(LABELS)).containsExactly(Reason.BASELINE_KEPT);
        assertThat(desk.agreed(LABELS)).isEqualTo(Value.members("old"));
        assertThat(desk.plan.due()).isEmpty();

        desk.observe(tagged(desk, "kirim", 10, "new", "old", "own"));
        assertThat(desk.agreed(LABELS)).isEqualTo(Value.members("old", "own"));
        assertThat(desk.plan.due()).isEmpty();
    }

    @Test
    void once_the_owner_has_a_record_it_judges_the_member() {
        Desk desk = desk(contact ->
                contact.rule(LABELS, new FieldRule.SetMerge(Map.of("new", "crm"), null, NonOwnerEdit.REVERT)));
        desk.has("kirim", "name", "M").observe(tagged(desk, "kirim", 5, "new", "old"));

        desk.has("crm", "name", "M").observe(tagged(desk, "crm", 5, "cold"));

        assertThat(desk.agreed(LABELS)).isEqualTo(Value.members("cold", "old"));
        assertThat(desk.due("kirim")).contains(Due.Need.UPDATE);
        assertThat(desk.due("crm")).contains(Due.Need.UPDATE);
    }

    @Test
    void a_late_restoration_of_a_record_that_was_deleted_since_only_asks() {
        Desk desk = desk(contact -> contact.owned(NAME, "kirim").records("crm", RecordRule.CREATE));
        desk.take(new Input.Identity(desk.now, desk.next(), new IdentityChange.Born("L", desk.ref("kirim"))));
        desk.kind("kirim", ChangeKind.DELETE, 30);

        desk.kind("kirim", ChangeKind.RESTORE, 20);

        assertThat(desk.due("kirim")).contains(Due.Need.READ);
        assertThat(desk.due("crm")).isEmpty();
    }

    @Test
    void a_cut_value_of_an_earlier_write_is_not_taken_for_a_rendering_of_the_one_that_got_lost() {
        Desk desk = desk(
                contact -> contact.owned(NAME, "crm"),
                AsOfGrade.PROPERTY,
                Mapping.of(Contact.TYPE, FieldMapping.direct(NAME, "name").shownAs(Rendering.cut(4))));
        desk.has("crm", "name", "M").has("kirim", "name", "M");
        desk.event("crm", 10, "name", "First").write("kirim").outcome("kirim", silentlyDone(desk, "kirim"));
        desk.event("crm", 20, "name", "Next").write("kirim").outcome("kirim", new Outcome.Unknown("lost"));

        desk.read("kirim", desk.link.seq(), 30, "name", "Firs");

        assertThat(desk.due("kirim")).contains(Due.Need.UPDATE);
        assertThat(desk.write("kirim").sent("kirim")).containsEntry("name", NativeValue.text("Next"));
    }

    @Test
    void what_the_second_in_the_order_entered_first_cannot_be_changed_by_it_once_the_first_has_entered_it_too() {
        Desk desk = desk(contact -> contact.preferred(NAME, "crm", "kirim"));
        desk.has("crm", "name", null).has("kirim", "name", "M");
        desk.event("kirim", 10, "name", "N").event("crm", 11, "name", "N");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.EQUIVALENT);

        desk.event("kirim", 20, "name", "O");

        assertThat(desk.reasons(NAME)).containsExactly(Reason.OVERRULED_BY_PREFERRED);
        assertThat(desk.agreed(NAME)).isEqualTo(text("N"));
    }

    @Test
    void a_value_typed_after_the_agreed_one_had_been_emptied_there_is_the_later_one() {
        Desk desk = desk(contact -> contact.lastWriter(NAME, Skew.undeclared(), "crm"));
        desk.has("crm", "name", "M").has("kirim", "name", "M");
        desk.event("kirim", 10, "name", null);
        assertThat(desk.reasons(NAME)).containsExactly(Reason.BLANK_REFUSED);
        desk.write("kirim").outcome("kirim", new Outcome.Unknown("lost"));

        desk.read("kirim", desk.link.seq(), 20, "name", "Typed");

        assertThat(desk.reasons(NAME)).containsExactly(Reason.LATER_WRITER);
        assertThat(desk.agreed(NAME)).isEqualTo(text("Typed"));
    }

    @Test
    void one_typed_after_something_else_had_been_emptied_there_is_compared() {
        Desk desk = desk(contact -> contact.lastWriter(NAME, Skew.undeclared(), "crm"));
        desk.has("crm", "name", "M").has("kirim", "name", "M");
        desk.event("crm", 10, "name", "Agreed").event("kirim", 11, "name", null);
        assertThat(desk.reasons(NAME)).containsExactly(Reason.BLANK_REFUSED);

        desk.event("kirim", 12, "name", "Typed");

        assertThat(desk.reasons(NAME)).containsExactly(Reason.TIE_OVERRULED);
        assertThat(desk.agreed(NAME)).isEqualTo(text("Agreed"));
    }

    @Test
    void a_vendor_that_takes_our_value_back_before_it_answers_is_left_to_a_person_as_well() {
        Desk desk = desk(contact -> contact.owned(NAME, "crm"));
        desk.has("crm", "name", "ours").has("kirim", "name", "theirs");
        for (int round = 1; round <= 3; round++) {
            desk.write("kirim").event("kirim", 10 * round, "name", "theirs");
            desk.outcome("kirim", silentlyDone(desk, "kirim"));
            desk.read("kirim", desk.link.seq(), 10 * round + 1, "name", "theirs");
            assertThat(desk.due("kirim")).contains(Due.Need.UPDATE);
        }

        desk.write("kirim").event("kirim", 50, "name", "theirs").outcome("kirim", silentlyDone(desk, "kirim"));

        assertThat(desk.reasons(NAME)).contains(Reason.OSCILLATION);
        desk.read("kirim", desk.link.seq(), 51, "name", "theirs");
        assertThat(desk.plan.due()).isEmpty();

        desk.take(new Input.ReviewAnswer(desk.now, desk.next(), "L", "kirim", NAME.name(), Input.Answer.USE_AGREED));
        assertThat(desk.due("kirim")).contains(Due.Need.UPDATE);
    }

    @Test
    void no_record_is_made_that_would_be_given_nothing() {
        Desk desk = desk(contact -> contact.owned(NAME, "crm").records("crm", RecordRule.CREATE));
        desk.has("kirim", "name", "only kept here");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.BASELINE_KEPT);
        assertThat(desk.due("crm")).isEmpty();
    }

    @Test
    void a_part_that_equals_what_is_being_sent_beside_one_that_does_not_was_entered_by_somebody() {
        Mapping parts = Mapping.of(Contact.TYPE, FieldMapping.of(NAME, new Lens.Joined(List.of("first", "last"), " ")));
        Desk desk = desk(contact -> contact.owned(NAME, "crm"), AsOfGrade.PROPERTY, parts);
        desk.has("crm", "name", "Ana Santoso").has("kirim", "first", "Mary", "last", "Lee");
        desk.write("kirim").event("kirim", 10, "first", "Mary", "last", "Santoso");

        assertThat(desk.reasons(NAME)).doesNotContain(Reason.ECHO);
        desk.read("kirim", desk.link.seq(), 11, "first", "Mary", "last", "Santoso");

        assertThat(desk.reasons(NAME)).containsExactly(Reason.OVERRULED_BY_OWNER);
    }

    @Test
    void
            an_archival_of_the_same_moment_as_a_restoration_that_was_told_before_it_is_looked_at_whatever_was_to_be_read() {
        Mapping parts = Mapping.of(Contact.TYPE, FieldMapping.of(NAME, new Lens.Joined(List.of("first", "last"), " ")));
        Desk desk = desk(contact -> contact.owned(NAME, "crm"), AsOfGrade.PROPERTY, parts);
        desk.has("crm", "name", "Ana Lee").has("kirim", "first", "Ana", "last", "Lee");
        desk.event("kirim", 10, "last", "Santoso");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.PARTIAL);

        desk.kind("kirim", ChangeKind.RESTORE, 20).kind("kirim", ChangeKind.ARCHIVE, 20);

        assertThat(desk.link.side("kirim").presence()).isEqualTo(Presence.PRESENT);
        assertThat(desk.due("kirim")).contains(Due.Need.READ);
    }
}
