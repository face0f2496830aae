package dev.crmsync.planning;

import static dev.crmsync.planning.Due.Need.UPDATE;
import static dev.crmsync.spi.field.Contact.LABELS;
import static dev.crmsync.spi.field.Contact.NAME;
import static dev.crmsync.spi.field.Value.members;
import static dev.crmsync.spi.field.Value.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.policy.FieldRule;
import dev.crmsync.policy.NonOwnerEdit;
import dev.crmsync.policy.OnJoin;
import dev.crmsync.policy.Policy;
import dev.crmsync.policy.Skew;
import dev.crmsync.policy.TypePolicyBuilder;
import dev.crmsync.spi.adapter.AsOfGrade;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Fields that several systems decide together: sets of members, the last writer, a preferred order, and first come. */
class SharedFieldsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final List<Mapping> MAPPING = List.of(Mapping.of(
            Contact.TYPE,
            FieldMapping.direct(NAME, "name"),
            FieldMapping.of(LABELS, new Lens.Delimited("labels", ";"))));

    private static Desk desk(AsOfGrade grade, UnaryOperator<TypePolicyBuilder> contact) {
        Policy policy = Policy.named("shared").type(RecordType.CONTACT, contact);
        return new Desk(
                Desk.rules(
                        policy,
                        new CreateLookup.UniqueUpsert(),
                        grade,
                        Map.of("a", MAPPING, "b", MAPPING, "c", MAPPING)),
                Contact.TYPE);
    }

    private static Desk named(UnaryOperator<TypePolicyBuilder> contact) {
        return named(AsOfGrade.PROPERTY, contact);
    }

    /** A name that two systems agree on. */
    private static Desk named(AsOfGrade grade, UnaryOperator<TypePolicyBuilder> contact) {
        return desk(grade, contact).has("a", "name", "Budi").has("b", "name", "Budi");
    }

    private static Desk labelled(FieldRule.SetMerge rule, String a, String b) {
        return desk(AsOfGrade.PROPERTY, contact -> contact.rule(LABELS, rule))
                .has("a", "labels", a)
                .has("b", "labels", b);
    }

    private static FieldRule.SetMerge merged(NonOwnerEdit others, String... owners) {
        return new FieldRule.SetMerge(owners.length == 0 ? Map.of() : Map.of(owners[0], owners[1]), null, others);
    }

    private static FieldRule.SetMerge everybodys() {
        return merged(NonOwnerEdit.REVERT);
    }

    // Sets

    @Test
    void sets_that_join_are_united_and_lose_no_member() {
        Desk desk = labelled(everybodys(), "vip", "lead");
        assertThat(desk.reasons(LABELS)).containsExactly(Reason.BASELINE_UNITED);
        assertThat(desk.agreed(LABELS)).isEqualTo(members("lead", "vip"));
        assertThat(desk.due("a")).contains(UPDATE);
        assertThat(desk.due("b")).contains(UPDATE);
    }

    @Test
    void a_set_that_joins_with_less_is_given_what_it_lacks() {
        Desk desk = labelled(everybodys(), "lead;vip", "vip");
        assertThat(desk.reasons(LABELS)).containsExactly(Reason.BASELINE_OVERRULED);
        assertThat(desk.agreed(LABELS)).isEqualTo(members("lead", "vip"));
        assertThat(desk.due("a")).isEmpty();
    }

    @Test
    void an_empty_set_that_comes_first_agrees_on_nothing() {
        Desk desk = desk(AsOfGrade.PROPERTY, contact -> contact.rule(LABELS, everybodys()))
                .has("a", "labels", "");
        assertThat(desk.reasons(LABELS)).containsExactly(Reason.BASELINE_EQUAL);
        assertThat(desk.link.agreed()).isEmpty();
    }

    @Test
    void a_member_of_another_systems_is_no_beginning_and_stays_where_it_is() {
        Desk desk = desk(AsOfGrade.PROPERTY, contact -> contact.rule(LABELS, merged(NonOwnerEdit.REVERT, "vip", "b")))
                .has("a", "labels", "vip");
        assertThat(desk.reasons(LABELS)).containsExactly(Reason.BASELINE_KEPT);
        assertThat(desk.link.agreed()).isEmpty();
        assertThat(Stances.of(desk.link, "a", LABELS, desk.rules)).isEqualTo(Stance.KEPT);
    }

    @Test
    void edits_of_different_members_come_together() {
        Desk desk = labelled(everybodys(), "lead;vip", "lead;vip");
        desk.event("a", 10, "labels", "vip").event("b", 11, "labels", "lead;new;vip");
        assertThat(desk.reasons(LABELS)).containsExactly(Reason.MEMBERS_MERGED);
        assertThat(desk.agreed(LABELS)).isEqualTo(members("new", "vip"));
    }

    @Test
    void a_member_that_is_added_where_it_is_agreed_already_changes_nothing() {
        Desk desk = labelled(everybodys(), "vip", "vip");
        desk.event("a", 10, "labels", "new;vip");
        Agreed before = desk.link.agreed().get("labels");
        desk.event("b", 11, "labels", "new;vip");
        assertThat(desk.reasons(LABELS)).containsExactly(Reason.EQUIVALENT);
        assertThat(desk.link.agreed().get("labels")).isEqualTo(before);
    }

    @Test
    void the_last_member_may_be_removed() {
        Desk desk = labelled(everybodys(), "vip", "vip").event("a", 10, "labels", "");
        assertThat(desk.agreed(LABELS)).isEqualTo(members());
        assertThat(desk.write("b").sent("b")).containsOnlyKeys("labels");
    }

    @Test
    void an_index_adds_members_and_proves_no_removal() {
        Desk desk = labelled(everybodys(), "lead;vip", "lead;vip");
        desk.event("a", 10, Evidence.INDEX, "labels", "new;vip");
        assertThat(desk.agreed(LABELS)).isEqualTo(members("lead", "new", "vip"));
        assertThat(desk.due("a")).contains(Due.Need.READ);
    }

    @Test
    void an_index_that_only_adds_needs_no_read() {
        Desk desk = labelled(everybodys(), "vip", "vip").event("a", 10, Evidence.INDEX, "labels", "new;vip");
        assertThat(desk.agreed(LABELS)).isEqualTo(members("new", "vip"));
        assertThat(desk.link.side("a").wanted()).isNull();
    }

    @Test
    void a_member_that_another_system_owns_is_put_back_while_ones_own_are_taken() {
        Desk desk = labelled(merged(NonOwnerEdit.REVERT, "vip", "b"), "lead;vip", "lead;vip");
        desk.event("a", 10, "labels", "new");
        assertThat(desk.reasons(LABELS)).containsExactly(Reason.MEMBERS_RESTORED);
        assertThat(desk.agreed(LABELS)).isEqualTo(members("new", "vip"));
        assertThat(desk.due("a")).contains(UPDATE);
        assertThat(desk.due("b")).contains(UPDATE);
    }

    @Test
    void or_stays_away_there_alone_where_the_policy_keeps_edits() {
        Desk desk = labelled(merged(NonOwnerEdit.KEEP, "vip", "b"), "lead;vip", "lead;vip");
        desk.event("a", 10, "labels", "lead");
        assertThat(desk.reasons(LABELS)).containsExactly(Reason.KEPT_LOCALLY);
        assertThat(desk.agreed(LABELS)).isEqualTo(members("lead", "vip"));
        assertThat(desk.plan.due()).isEmpty();
        assertThat(Stances.of(desk.link, "a", LABELS, desk.rules)).isEqualTo(Stance.KEPT);
    }

    @Test
    void an_owner_adds_and_removes_its_own_member() {
        Desk desk = labelled(merged(NonOwnerEdit.REVERT, "vip", "b"), "lead;vip", "lead;vip");
        desk.event("b", 10, "labels", "lead");
        assertThat(desk.reasons(LABELS)).containsExactly(Reason.MEMBERS_MERGED);
        assertThat(desk.agreed(LABELS)).isEqualTo(members("lead"));
    }

    @Test
    void a_member_whose_owner_has_no_record_yet_is_left_where_it_is() {
        Desk desk = desk(AsOfGrade.PROPERTY, contact -> contact.rule(LABELS, merged(NonOwnerEdit.REVERT, "vip", "c")))
                .has("a", "labels", "lead")
                .event("a", 10, "labels", "lead;vip");
        assertThat(desk.reasons(LABELS)).containsExactly(Reason.NOT_SEEDED);
        assertThat(desk.agreed(LABELS)).isEqualTo(members("lead"));
        assertThat(desk.plan.due()).isEmpty();
    }

    // The last writer

    private static UnaryOperator<TypePolicyBuilder> lastWriter(String... ties) {
        return contact -> contact.lastWriter(NAME, Skew.within(MINUTE), ties);
    }

    /** Two systems edit the name apart: a at the 600th second, and b at another. */
    private static Desk apart(Desk desk, int second) {
        return desk.event("a", 600, "name", "Ani").event("b", second, "name", "Bea");
    }

    @Test
    void the_later_of_two_edits_that_were_made_apart_is_agreed() {
        Desk desk = apart(named(lastWriter()), 661);
        assertThat(desk.reasons(NAME)).containsExactly(Reason.LATER_WRITER);
        assertThat(desk.agreed(NAME)).isEqualTo(text("Bea"));
        assertThat(desk.write("a").sent("a")).containsKey("name");
    }

    @Test
    void the_earlier_one_is_overruled_however_late_it_is_told() {
        Desk desk = apart(named(lastWriter()), 539);
        assertThat(desk.reasons(NAME)).containsExactly(Reason.EARLIER_WRITER);
        assertThat(desk.agreed(NAME)).isEqualTo(text("Ani"));
        assertThat(desk.due("b")).contains(UPDATE);
    }

    @Test
    void as_far_apart_as_the_clocks_may_be_nobody_knows_and_a_person_is_asked() {
        for (int second : new int[] {540, 600, 660}) {
            Desk desk = apart(named(lastWriter()), second);
            assertThat(desk.reasons(NAME)).containsExactly(Reason.TIE_REVIEW);
            assertThat(desk.agreed(NAME)).isEqualTo(text("Ani"));
            assertThat(desk.plan.reviews()).hasSize(1);
            assertThat(desk.due("b")).isEmpty();
        }
    }

    @Test
    void without_a_declared_skew_no_clock_decides() {
        Desk desk = apart(named(contact -> contact.lastWriter(NAME, Skew.undeclared())), 100_000);
        assertThat(desk.reasons(NAME)).containsExactly(Reason.TIE_REVIEW);
    }

    @Test
    void on_a_tie_the_system_that_is_named_first_decides() {
        assertThat(apart(named(lastWriter("b", "a")), 600).reasons(NAME)).containsExactly(Reason.TIE_TAKEN);
        assertThat(apart(named(lastWriter("b")), 600).reasons(NAME)).containsExactly(Reason.TIE_TAKEN);
        assertThat(apart(named(lastWriter("b")), 600).agreed(NAME)).isEqualTo(text("Bea"));
        assertThat(apart(named(lastWriter("a", "b")), 600).reasons(NAME)).containsExactly(Reason.TIE_OVERRULED);
        assertThat(apart(named(lastWriter("a")), 600).reasons(NAME)).containsExactly(Reason.TIE_OVERRULED);
        assertThat(apart(named(lastWriter("a")), 600).agreed(NAME)).isEqualTo(text("Ani"));
        assertThat(apart(named(lastWriter("a")), 600).due("b")).contains(UPDATE);
        assertThat(apart(named(lastWriter("c")), 600).reasons(NAME)).containsExactly(Reason.TIE_REVIEW);
    }

    @Test
    void an_edit_of_the_agreed_value_is_the_later_one_whatever_the_clocks_say() {
        Desk desk = named(lastWriter("a")).event("a", 600, "name", "Ani").write("b");
        desk.done("b", 2, "name", "Ani").event("b", 3, "name", "Anita");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.LATER_WRITER);
        assertThat(desk.agreed(NAME)).isEqualTo(text("Anita"));
    }

    @Test
    void so_is_a_further_edit_by_the_system_that_the_value_came_from() {
        Desk desk = named(lastWriter()).event("a", 600, "name", "Ani").event("a", 601, "name", "Ania");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.LATER_WRITER);
        assertThat(desk.agreed(NAME)).isEqualTo(text("Ania"));
    }

    @Test
    void a_minute_that_is_told_as_a_whole_is_later_only_when_all_of_it_is() {
        for (int second : new int[] {60, 600}) {
            Desk desk = named(AsOfGrade.COARSE, lastWriter());
            desk.observe(coarse(desk, "a", 600, "Ani")).observe(coarse(desk, "b", 600 + second, "Bea"));
            assertThat(desk.reasons(NAME)).containsExactly(Reason.TIE_REVIEW);
        }
    }

    /** The value stood since the start: of when it was entered only the end is known. */
    private static ChangeEvent coarse(Desk desk, String system, int second, String name) {
        AsOf minute = new AsOf(Desk.START.plusSeconds(second), Desk.START.plusSeconds(second + 59));
        return ChangeEvent.partial(desk.ref(system), Desk.values("name", name), minute, Evidence.EVENT);
    }

    @Test
    void a_read_that_finds_an_edit_does_not_tell_when_it_was_made_but_not_after_what_was_read_before() {
        Desk desk = named(AsOfGrade.RECORD, lastWriter()).event("a", 600, "name", "Ani");
        desk.read("b", desk.link.seq(), 700, "name", "Bea", "labels", null);
        assertThat(desk.reasons(NAME)).containsExactly(Reason.TIE_REVIEW);

        Desk known = named(AsOfGrade.RECORD, lastWriter()).event("a", 600, "name", "Ani");
        known.event("b", 690, "name", "Budi");
        known.read("b", known.link.seq(), 700, "name", "Bea", "labels", null);
        assertThat(known.reasons(NAME)).containsExactly(Reason.LATER_WRITER);
    }

    @Test
    void clocks_that_tell_nothing_decide_nothing() {
        assertThat(apart(named(AsOfGrade.NONE, lastWriter()), 100_000).reasons(NAME))
                .containsExactly(Reason.TIE_REVIEW);
    }

    @Test
    void a_full_value_that_joins_is_kept_overruled_or_asked_about_as_the_policy_says() {
        Map<OnJoin, Reason> answers = Map.of(
                OnJoin.KEEP, Reason.BASELINE_KEPT,
                OnJoin.FILL_EMPTY, Reason.BASELINE_OVERRULED,
                OnJoin.REVIEW, Reason.BASELINE_REVIEW);
        answers.forEach((join, reason) -> {
            Desk desk = desk(AsOfGrade.PROPERTY, contact -> contact.lastWriter(NAME, Skew.undeclared(), join))
                    .has("a", "name", "Ani")
                    .has("b", "name", "Bea");
            assertThat(desk.reasons(NAME)).containsExactly(reason);
            assertThat(desk.agreed(NAME)).isEqualTo(text("Ani"));
        });
    }

    @Test
    void a_blank_is_filled_again_unless_blanks_travel() {
        Desk desk = named(lastWriter()).event("a", 600, "name", "");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.BLANK_REFUSED);
        assertThat(desk.due("a")).contains(UPDATE);
        Desk travels =
                named(contact -> lastWriter().apply(contact).blanksTravel(NAME)).event("a", 600, "name", "");
        assertThat(travels.reasons(NAME)).containsExactly(Reason.LATER_WRITER);
        assertThat(travels.agreed(NAME).isBlank()).isTrue();
    }

    @Test
    void what_is_entered_where_a_blank_was_refused_was_entered_by_who_knew_the_value() {
        Desk desk = named(lastWriter("a")).event("a", 600, "name", "Ani").write("b");
        desk.done("b", 601, "name", "Ani").event("b", 602, "name", "").event("b", 603, "name", "Bea");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.LATER_WRITER);
        assertThat(desk.agreed(NAME)).isEqualTo(text("Bea"));
    }

    // A preferred order

    private static TypePolicyBuilder preferred(TypePolicyBuilder contact) {
        return contact.preferred(NAME, "b", "a");
    }

    @Test
    void the_preferred_system_decides_once_it_has_supplied_a_value() {
        Desk desk = desk(AsOfGrade.PROPERTY, SharedFieldsTest::preferred).has("a", "name", "Ani");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.BASELINE_AGREED);
        desk.has("b", "name", "Bea");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.BASELINE_AGREED);
        assertThat(desk.agreed(NAME)).isEqualTo(text("Bea"));
        desk.event("a", 10, "name", "Other");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.OVERRULED_BY_PREFERRED);
        assertThat(desk.agreed(NAME)).isEqualTo(text("Bea"));
    }

    @Test
    void one_further_down_decides_while_none_before_it_has_a_value() {
        Desk desk = desk(AsOfGrade.PROPERTY, SharedFieldsTest::preferred)
                .has("a", "name", "Ani")
                .has("b", "name", "");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.BASELINE_OVERRULED);
        desk.event("a", 10, "name", "Anita");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.PREFERRED_EDIT);
        assertThat(desk.agreed(NAME)).isEqualTo(text("Anita"));
        desk.event("b", 11, "name", "Bea");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.PREFERRED_EDIT);
        desk.event("a", 12, "name", "Other");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.OVERRULED_BY_PREFERRED);
    }

    @Test
    void whoever_comes_earlier_and_enters_the_agreed_value_has_supplied_it() {
        Desk desk = desk(AsOfGrade.PROPERTY, SharedFieldsTest::preferred)
                .has("a", "name", "Ani")
                .has("b", "name", "");
        desk.event("b", 10, "name", "Ani").event("a", 11, "name", "Other");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.OVERRULED_BY_PREFERRED);
        assertThat(desk.agreed(NAME)).isEqualTo(text("Ani"));
    }

    @Test
    void a_system_that_is_not_in_the_order_decides_nothing() {
        Desk desk = desk(AsOfGrade.PROPERTY, SharedFieldsTest::preferred).has("c", "name", "Citra");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.BASELINE_KEPT);
        assertThat(desk.link.agreed()).isEmpty();
        desk.event("c", 10, "name", "Cit");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.KEPT_LOCALLY);
        desk.has("a", "name", "Ani");
        assertThat(desk.agreed(NAME)).isEqualTo(text("Ani"));
    }

    // First come

    @Test
    void fill_if_empty_gives_blanks_a_value_and_leaves_full_ones_alone() {
        Desk desk = desk(AsOfGrade.PROPERTY, contact -> contact.fillIfEmpty(NAME))
                .has("a", "name", "Ani")
                .has("b", "name", "Bea")
                .has("c", "name", "");
        assertThat(desk.agreed(NAME)).isEqualTo(text("Ani"));
        assertThat(desk.due("b")).isEmpty();
        assertThat(desk.due("c")).contains(UPDATE);
        desk.event("b", 10, "name", "Beatrice");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.FILLS_BLANKS_ONLY);
        assertThat(desk.agreed(NAME)).isEqualTo(text("Ani"));
    }

    @Test
    void who_supplied_the_value_may_change_it_for_those_that_are_still_blank() {
        Desk desk = desk(AsOfGrade.PROPERTY, contact -> contact.fillIfEmpty(NAME))
                .has("a", "name", "Ani")
                .has("b", "name", "Ani")
                .has("c", "name", "");
        desk.event("a", 10, "name", "Anita");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.SUPPLIED);
        assertThat(desk.due("b")).isEmpty();
        assertThat(Stances.of(desk.link, "b", NAME, desk.rules)).isEqualTo(Stance.KEPT);
        assertThat(desk.due("c")).contains(UPDATE);
    }

    @Test
    void and_not_for_one_that_is_just_being_given_the_earlier_one() {
        Desk desk = desk(AsOfGrade.PROPERTY, contact -> contact.fillIfEmpty(NAME))
                .has("a", "name", "Ani")
                .has("c", "name", "")
                .write("c");
        desk.event("a", 10, "name", "Anita");
        assertThat(Stances.of(desk.link, "c", NAME, desk.rules)).isEqualTo(Stance.KEPT);
        desk.done("c", 11, "name", "Ani");
        assertThat(desk.due("c")).isEmpty();
    }

    @Test
    void append_only_stands_once_it_is_agreed() {
        Desk desk =
                desk(AsOfGrade.PROPERTY, contact -> contact.appendOnly(NAME)).has("a", "name", "Ani");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.APPENDED);
        desk.has("b", "name", "Bea");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.BASELINE_KEPT);
        desk.event("a", 10, "name", "Anita");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.APPEND_ONLY);
        assertThat(desk.agreed(NAME)).isEqualTo(text("Ani"));
        assertThat(desk.plan.due()).isEmpty();
    }

    @Test
    void append_only_may_be_entered_after_the_record_was_made() {
        Desk desk =
                desk(AsOfGrade.PROPERTY, contact -> contact.appendOnly(NAME)).has("a", "name", "");
        desk.event("a", 10, "name", "Ani");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.APPENDED);
        assertThat(desk.agreed(NAME)).isEqualTo(text("Ani"));
    }

    @Test
    void create_only_is_changed_by_its_supplier_and_goes_its_own_way_elsewhere() {
        Desk desk = desk(AsOfGrade.PROPERTY, contact -> contact.createOnly(NAME))
                .has("a", "name", "Ani")
                .has("b", "name", "Bea");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.BASELINE_KEPT);
        assertThat(desk.plan.due()).isEmpty();
        desk.event("b", 10, "name", "Beatrice");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.CREATE_ONLY);
        desk.event("a", 11, "name", "");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.CREATE_ONLY);
        assertThat(desk.agreed(NAME)).isEqualTo(text("Ani"));
        desk.event("a", 12, "name", "Anita");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.SUPPLIED);
        assertThat(desk.agreed(NAME)).isEqualTo(text("Anita"));
        assertThat(desk.plan.due()).isEmpty();
    }

    @Test
    void read_only_is_read_at_its_source_and_written_nowhere() {
        Desk desk =
                desk(AsOfGrade.PROPERTY, contact -> contact.readOnly(NAME, "a")).has("b", "name", "Bea");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.BASELINE_KEPT);
        assertThat(desk.link.agreed()).isEmpty();
        desk.has("a", "name", "Ani");
        assertThat(desk.agreed(NAME)).isEqualTo(text("Ani"));
        desk.event("b", 10, "name", "Beatrice");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.READ_ONLY);
        desk.event("a", 11, "name", "Anita");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.SUPPLIED);
        assertThat(desk.agreed(NAME)).isEqualTo(text("Anita"));
        assertThat(desk.plan.due()).isEmpty();
    }

    @Test
    void manual_fills_blanks_and_asks_about_every_difference() {
        Desk desk = desk(AsOfGrade.PROPERTY, contact -> contact.manual(NAME)).has("a", "name", "");
        desk.event("a", 10, "name", "Ani");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.SUPPLIED);
        desk.has("b", "name", "");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.BASELINE_OVERRULED);
        assertThat(desk.due("b")).contains(UPDATE);
        desk.has("c", "name", "Citra");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.BASELINE_REVIEW);
        desk.event("a", 20, "name", "Anita");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.MANUAL_REVIEW);
        assertThat(desk.agreed(NAME)).isEqualTo(text("Ani"));
        assertThat(desk.plan.reviews()).hasSize(1);
    }

    @Test
    void a_field_without_a_rule_is_told_and_goes_nowhere() {
        Desk desk = desk(AsOfGrade.PROPERTY, contact -> contact.manual(LABELS)).has("a", "name", "Ani");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.NO_RULE);
        desk.event("a", 10, "name", "Anita");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.NO_RULE);
        assertThat(desk.link.agreed()).isEmpty();
    }

    // An owner

    @Test
    void an_owner_that_has_no_record_is_seeded_by_those_that_may_and_by_nobody_else() {
        Desk desk = desk(AsOfGrade.PROPERTY, contact -> contact.owned(NAME, "c", "a"))
                .has("a", "name", "Ani");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.BASELINE_AGREED);
        desk.event("a", 10, "name", "Anita");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.SEEDED);
        assertThat(desk.agreed(NAME)).isEqualTo(text("Anita"));
        desk.has("b", "name", "Bea");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.BASELINE_OVERRULED);
        desk.event("b", 11, "name", "Beatrice");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.NOT_SEEDED);
        assertThat(desk.agreed(NAME)).isEqualTo(text("Anita"));
    }

    @Test
    void a_value_of_nobody_who_may_decide_stays_where_it_is() {
        Desk desk =
                desk(AsOfGrade.PROPERTY, contact -> contact.owned(NAME, "c")).has("a", "name", "Ani");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.BASELINE_KEPT);
        assertThat(desk.link.agreed()).isEmpty();
    }
}
