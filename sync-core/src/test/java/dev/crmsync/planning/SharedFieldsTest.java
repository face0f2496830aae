package dev.crmsync.planning;

import static dev.crmsync.planning.Due.Need.UPDATE;
import static dev.crmsync.planning.SharedFields.desk;
import static dev.crmsync.spi.field.Contact.LABELS;
import static dev.crmsync.spi.field.Contact.NAME;
import static dev.crmsync.spi.field.Value.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.policy.TypePolicyBuilder;
import dev.crmsync.spi.adapter.AsOfGrade;
import org.junit.jupiter.api.Test;

/** Fields that several systems decide together: a preferred order, first come, and what nobody decides. */
class SharedFieldsTest {
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
