package dev.crmsync.testkit.check;

import static dev.crmsync.spi.field.Contact.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.policy.OnJoin;
import dev.crmsync.policy.Skew;
import org.junit.jupiter.api.Test;

/** A check that cannot fail proves nothing: each law is broken here by a planner with a fault. */
class SpoiltWorldsTest {
    private static Counterexample found(ConvergenceCheck check, int law) {
        CheckReport report = check.run();
        assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.BROKEN);
        Counterexample found = report.counterexample().orElseThrow();
        assertThat(found.law()).as(report.toString()).isEqualTo(law);
        return found;
    }

    @Test
    void law_1_a_planner_that_knows_no_owners_clobbers() {
        assertThat(found(Spoilt.ownersForNothing(), 1).what()).contains("the owner has said otherwise");
    }

    @Test
    void law_2_a_planner_that_forgets_what_it_has_written_writes_more_than_once() {
        assertThat(found(Spoilt.writesForgotten(), 2).what()).contains("more than once");
    }

    @Test
    void law_2_a_planner_that_never_tires_answers_an_automation_for_ever() {
        assertThat(found(Spoilt.tireless(), 2).what()).contains("for ever");
    }

    /** Of two automations that answer each other through sync each looks like a person to it: that ends only because it counts. */
    @Test
    void law_2_two_automations_that_answer_each_other_through_a_planner_that_never_tires_go_on_for_ever() {
        ConvergenceCheck both = ShippedRules.of(
                        NAME, contact -> contact.lastWriter(NAME, Skew.undeclared(), OnJoin.FILL_EMPTY, "crm"))
                .values("name", "a", "b")
                .automation("kirim", "name", "y")
                .automation("crm", "name", "z")
                .edits(1);
        assertThat(found(both.mind(Spoilt.tireless().setting().mind), 2).what()).contains("for ever");
    }

    @Test
    void the_honest_planner_leaves_that_automation_to_a_person() {
        CheckReport report = ShippedRules.all()
                .get("owned, reverted")
                .values("name", "a", "b")
                .automation("kirim", "name", "z")
                .edits(1)
                .run();
        assertThat(report.holds()).as(report.toString()).isTrue();
        assertThat(report.mostWrites()).isBetween(4, 8);
    }

    @Test
    void law_3_a_planner_that_leaves_answers_of_reads_aside_never_comes_to_rest() {
        assertThat(found(Spoilt.answersLeftAside(), 3).what()).contains("for ever");
    }

    @Test
    void law_4_a_planner_that_writes_no_journal_loses_edits_silently() {
        assertThat(found(Spoilt.journalLeftOut(), 4).steps()).hasSize(2);
    }

    @Test
    void law_5_a_planner_that_forgets_the_order_is_changed_by_what_comes_twice() {
        found(Spoilt.orderForgotten(), 5);
    }

    @Test
    void a_counterexample_is_walked_again_and_fails_and_the_honest_planner_passes_it() {
        Counterexample found = found(Spoilt.ownersForNothing(), 1);
        Replay spoilt = Spoilt.ownersForNothing().replay();
        found.steps().forEach(spoilt::step);
        assertThatThrownBy(spoilt::lawful)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("law 1")
                .hasMessageContaining(found.steps().get(0));
        Replay honest = ShippedRules.all().get("owned, reverted").edits(2).replay();
        found.steps().forEach(honest::step);
        assertThatCode(honest::lawful).doesNotThrowAnyException();
    }

    @Test
    void what_is_no_step_is_refused_and_not_passed_over() {
        Replay replay = Spoilt.ownersForNothing().replay();
        assertThatThrownBy(() -> replay.step("kirim: something happens"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no step");
    }
}
