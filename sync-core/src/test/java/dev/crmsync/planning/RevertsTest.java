package dev.crmsync.planning;

import static dev.crmsync.planning.Due.Need.TIMER;
import static dev.crmsync.planning.Due.Need.UPDATE;
import static dev.crmsync.spi.field.Contact.EMAIL;
import static dev.crmsync.spi.field.Contact.NAME;
import static dev.crmsync.spi.field.Value.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.policy.NonOwnerEdit;
import dev.crmsync.policy.Policy;
import dev.crmsync.policy.Skew;
import dev.crmsync.policy.TypePolicyBuilder;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Mapping;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Somebody keeps undoing what we write: we stop, a person is asked, and time lets go of it. */
class RevertsTest {
    private static final List<Mapping> MAPPING =
            List.of(Mapping.of(Contact.TYPE, FieldMapping.direct(NAME, "name"), FieldMapping.direct(EMAIL, "email")));

    private int second = 10;

    private static Desk desk(UnaryOperator<TypePolicyBuilder> contact) {
        Policy policy = Policy.named("reverts").type(RecordType.CONTACT, contact);
        return new Desk(
                        Desk.rules(policy, new CreateLookup.UniqueUpsert(), Map.of("a", MAPPING, "b", MAPPING)),
                        Contact.TYPE)
                .has("a", "name", "Ani", "email", "a@example.com")
                .has("b", "name", "Ani", "email", "a@example.com");
    }

    private static Desk owned() {
        return desk(contact -> contact.owned(NAME, "a").owned(EMAIL, "a"));
    }

    /** Another value each time at b, which is put back. */
    private Desk edited(Desk desk, String name) {
        return desk.event("b", second++, "name", name);
    }

    private Desk putBack(Desk desk) {
        desk.write("b");
        return desk.done("b", second++, "name", "Ani");
    }

    private Desk reverted(Desk desk, int times) {
        for (int i = 1; i <= times; i++) {
            edited(desk, "Other " + i);
            assertThat(desk.reasons(NAME)).containsExactly(Reason.OVERRULED_BY_OWNER);
            putBack(desk);
        }
        return desk;
    }

    private static Stance stance(Desk desk) {
        return Stances.of(desk.link, "b", NAME, desk.rules);
    }

    @Test
    void a_field_is_put_back_three_times_an_hour_and_then_left_alone() {
        Desk desk = reverted(owned(), 3);
        edited(desk, "Other 4");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.REVERT_CAP);
        assertThat(stance(desk)).isEqualTo(Stance.HELD);
        assertThat(desk.link.side("b").standings().get("name").reverts()).isEqualTo(4);
        assertThat(desk.plan.due())
                .containsExactly(new Due("L", "b", TIMER, Desk.START.plus(Duration.ofHours(1)), null));
        edited(desk, "Other 5");
        assertThat(desk.due("b")).contains(TIMER);
    }

    @Test
    void other_fields_go_on_meanwhile() {
        Desk desk = edited(reverted(owned(), 3), "Other 4").event("a", 60, "email", "new@example.com");
        assertThat(desk.write("b").sent("b")).containsOnlyKeys("email");
    }

    @Test
    void an_hour_after_the_first_it_is_let_go_by_itself() {
        Desk desk = edited(reverted(owned(), 3), "Other 4");
        desk.after(Duration.ofMinutes(59)).take(new Input.TimerDue(desk.now, desk.next(), "L"));
        assertThat(stance(desk)).isEqualTo(Stance.HELD);
        desk.after(Duration.ofMinutes(1)).take(new Input.TimerDue(desk.now, desk.next(), "L"));
        assertThat(stance(desk)).isEqualTo(Stance.FOLLOWS);
        assertThat(desk.due("b")).contains(UPDATE);
    }

    @Test
    void reverts_of_different_hours_are_not_added_up() {
        Desk desk = reverted(owned(), 3).after(Duration.ofHours(1));
        reverted(desk, 3);
        edited(desk, "Other 4");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.REVERT_CAP);
    }

    @Test
    void the_same_two_values_in_turn_are_an_oscillation_that_a_person_settles() {
        Desk desk = owned();
        for (int turn = 1; turn <= Rules.ROUNDS; turn++) {
            desk.after(Duration.ofHours(2));
            edited(desk, "Robot");
            assertThat(desk.reasons(NAME)).containsExactly(Reason.OVERRULED_BY_OWNER);
            putBack(desk);
        }
        desk.after(Duration.ofHours(2));
        edited(desk, "Robot");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.OSCILLATION);
        assertThat(stance(desk)).isEqualTo(Stance.HELD);
        assertThat(desk.plan.reviews()).hasSize(1);
        assertThat(desk.due("b")).isEmpty();
    }

    @Test
    void under_a_rule_without_owner_only_turns_within_an_hour_are_an_oscillation() {
        for (Duration pause : List.of(Duration.ofMinutes(5), Duration.ofMinutes(61))) {
            second = 10;
            Desk desk = desk(
                    contact -> contact.lastWriter(NAME, Skew.undeclared(), "a").owned(EMAIL, "a"));
            Reason last = Reason.UNCHANGED;
            for (int turn = 1; turn <= Rules.ROUNDS + 1; turn++) {
                desk.after(pause);
                desk.event("a", second++, "name", "Ani A").write("b");
                if (desk.link.side("b").inFlight() != null) {
                    desk.done("b", second++, "name", "Ani A");
                }
                desk.event("b", second++, "name", "Bea");
                last = desk.reasons(NAME).get(0);
                desk.write("a");
                if (desk.link.side("a").inFlight() != null) {
                    desk.done("a", second++, "name", "Bea");
                }
            }
            assertThat(last)
                    .as("turns every %s", pause)
                    .isEqualTo(pause.compareTo(Duration.ofHours(1)) < 0 ? Reason.OSCILLATION : Reason.LATER_WRITER);
        }
    }

    @Test
    void an_edit_that_waits_for_a_person_is_neither_put_back_nor_asked_about_twice() {
        Desk desk =
                desk(contact -> contact.owned(NAME, "a", NonOwnerEdit.REVIEW).owned(EMAIL, "a"));
        edited(desk, "Bea");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.NON_OWNER_REVIEW);
        assertThat(stance(desk)).isEqualTo(Stance.HELD);
        assertThat(desk.due("b")).isEmpty();
    }

    @Test
    void what_stood_against_the_agreed_value_stands_no_more_once_it_is_entered_there() {
        Desk desk =
                desk(contact -> contact.owned(NAME, "a", NonOwnerEdit.REVIEW).owned(EMAIL, "a"));
        edited(desk, "Bea");
        edited(desk, "Ani");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.EQUIVALENT);
        assertThat(stance(desk)).isEqualTo(Stance.FOLLOWS);
        assertThat(desk.plan.reviews()).singleElement().isInstanceOf(ReviewChange.Closed.class);
    }

    @Test
    void a_cap_is_not_lifted_by_entering_the_agreed_value() {
        Desk desk = edited(reverted(owned(), 3), "Other 4");
        edited(desk, "Ani");
        assertThat(desk.link.side("b").standings().get("name").reason()).isEqualTo(Reason.REVERT_CAP);
    }

    // What a person answers

    private Desk asked() {
        Desk desk =
                desk(contact -> contact.owned(NAME, "a", NonOwnerEdit.REVIEW).owned(EMAIL, "a"));
        return edited(desk, "Bea");
    }

    private static Desk answer(Desk desk, String field, Input.Answer answer) {
        return desk.take(new Input.ReviewAnswer(desk.now, desk.next(), "L", "b", field, answer));
    }

    @Test
    void answered_with_ours_it_is_written() {
        Desk desk = answer(asked(), "name", Input.Answer.USE_AGREED);
        assertThat(desk.reasons(NAME)).containsExactly(Reason.ANSWERED);
        assertThat(desk.plan.decisions()).extracting(Decision::saw).containsExactly(text("Bea"));
        assertThat(desk.plan.reviews()).singleElement().isInstanceOf(ReviewChange.Closed.class);
        assertThat(desk.due("b")).contains(UPDATE);
    }

    @Test
    void answered_with_theirs_it_is_agreed() {
        Desk desk = answer(asked(), "name", Input.Answer.USE_THEIRS);
        assertThat(desk.agreed(NAME)).isEqualTo(text("Bea"));
        assertThat(desk.due("a")).contains(UPDATE);
        assertThat(desk.due("b")).isEmpty();
    }

    @Test
    void left_as_it_is_it_stays_there_until_somebody_edits_it() {
        Desk desk = answer(asked(), "name", Input.Answer.LEAVE);
        assertThat(stance(desk)).isEqualTo(Stance.KEPT);
        assertThat(desk.link.side("b").standings().get("name").reason()).isEqualTo(Reason.ANSWERED);
        assertThat(desk.plan.due()).isEmpty();
        assertThat(desk.agreed(NAME)).isEqualTo(text("Ani"));
    }

    @Test
    void an_answer_about_a_field_that_is_not_synced_changes_nothing_of_the_link() {
        Desk desk = asked();
        Side before = desk.link.side("b");
        answer(desk, "unheard of", Input.Answer.USE_THEIRS);
        assertThat(desk.plan.decisions()).isEmpty();
        assertThat(desk.link.side("b").standings()).isEqualTo(before.standings());
    }

    @Test
    void to_be_erased_closes_every_question() {
        Desk desk = asked();
        desk.take(new Input.Erase(desk.now, desk.next(), "L"));
        assertThat(desk.plan.reviews()).singleElement().isInstanceOf(ReviewChange.Closed.class);
        assertThat(desk.reasons()).containsExactly(Reason.ERASED);
        assertThat(desk.link.sides()).isEmpty();
        assertThat(desk.link.apart()).isEmpty();
    }
}
