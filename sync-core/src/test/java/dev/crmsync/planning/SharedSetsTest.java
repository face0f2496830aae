package dev.crmsync.planning;

import static dev.crmsync.planning.Due.Need.UPDATE;
import static dev.crmsync.planning.SharedFields.desk;
import static dev.crmsync.spi.field.Contact.LABELS;
import static dev.crmsync.spi.field.Value.members;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.policy.FieldRule;
import dev.crmsync.policy.NonOwnerEdit;
import dev.crmsync.spi.adapter.AsOfGrade;
import dev.crmsync.spi.model.Evidence;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sets whose members several systems add and remove. */
class SharedSetsTest {
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

    @Test
    void a_member_that_somebody_removes_while_our_own_removal_has_not_arrived_is_removed_by_them() {
        Desk desk = labelled(everybodys(), "lead;vip", "lead;vip").event("a", 10, "labels", "lead");
        desk.write("b").event("b", 11, "labels", "lead;new;vip");
        assertThat(desk.agreed(LABELS)).isEqualTo(members("lead", "new"));

        desk.event("b", 12, "labels", "lead;vip");

        assertThat(desk.reasons(LABELS)).containsExactly(Reason.MEMBERS_MERGED);
        assertThat(desk.agreed(LABELS)).isEqualTo(members("lead"));
    }

    @Test
    void where_a_set_is_decided_whole_a_part_of_what_is_being_sent_is_an_edit_and_no_sign_of_its_arrival() {
        Desk desk = desk(AsOfGrade.PROPERTY, contact -> contact.preferred(LABELS, "b", "a"))
                .has("a", "labels", "")
                .has("b", "labels", "")
                .event("a", 10, "labels", "lead;vip")
                .write("b");

        desk.event("b", 12, "labels", "vip");

        assertThat(desk.reasons(LABELS)).containsExactly(Reason.PREFERRED_EDIT);
        assertThat(desk.agreed(LABELS)).isEqualTo(members("vip"));
    }
}
