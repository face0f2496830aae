package dev.crmsync.testkit.check;

import static dev.crmsync.spi.field.Contact.EMAIL;
import static dev.crmsync.spi.field.Contact.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.policy.NonOwnerEdit;
import dev.crmsync.policy.Policies;
import dev.crmsync.spi.adapter.AsOfGrade;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every state of small worlds, under every rule that is shipped. Larger ones are in {@link LargeWorldsTest}. */
class SmallWorldsTest {
    private static void assertHolds(String world, ConvergenceCheck check) {
        CheckReport report = check.run();
        assertThat(report.verdict()).as("%s: %s", world, report).isEqualTo(Verdict.HOLDS);
    }

    @Test
    void every_order_of_two_edits_keeps_the_laws_under_every_rule() {
        ShippedRules.all().forEach((rule, check) -> assertHolds(rule, check.edits(2)));
    }

    @Test
    void an_edit_a_crash_a_duplicate_and_a_lost_answer_keep_the_laws_under_every_rule() {
        ShippedRules.all()
                .forEach((rule, check) -> assertHolds(
                        rule, check.edits(1).crashes(1).duplicates(1).lostAnswers(1)));
    }

    @Test
    void two_edits_keep_the_laws_where_values_are_shown_otherwise_than_they_were_given() {
        ShippedRules.rendered().forEach((rendering, check) -> assertHolds(rendering, check.edits(2)));
    }

    @Test
    void a_record_that_has_to_be_made_is_made_once_and_kept_in_step_whatever_is_lost() {
        Map<String, ConvergenceCheck> all = ShippedRules.all();
        all.forEach((rule, check) -> assertHolds(
                rule, check.missing("crm").unseen().edits(0).crashes(1).lostAnswers(1)));
        assertHolds(
                "create only",
                all.get("create only").missing("crm").unseen().edits(1).lostAnswers(1));
        assertHolds(
                "owned",
                all.get("owned, reverted").missing("crm").unseen().edits(1).lostAnswers(1));
    }

    @Test
    void two_edits_keep_the_laws_where_answers_show_nothing_and_where_all_is_of_one_minute() {
        ConvergenceCheck owned = ShippedRules.all().get("owned, reverted").edits(2);
        assertHolds("silent", owned.silent("kirim").silent("crm"));
        assertHolds("record", owned.dated("kirim", AsOfGrade.RECORD).dated("crm", AsOfGrade.RECORD));
        assertHolds("coarse", owned.dated("kirim", AsOfGrade.COARSE));
    }

    @Test
    void one_edit_and_one_lost_answer_keep_the_laws_among_three_systems() {
        ConvergenceCheck three = ShippedRules.of(NAME, contact -> contact.owned(NAME, "crm", "kirim"))
                .systems("kirim", "crm", "desk");
        assertHolds("three", three.edits(1).lostAnswers(1));
    }

    @Test
    void an_edit_of_one_field_leaves_another_alone() {
        ConvergenceCheck two = ConvergenceCheck.of(ShippedRules.policy(
                        contact -> contact.owned(NAME, "crm", "kirim").owned(EMAIL, "kirim", NonOwnerEdit.KEEP, "crm")))
                .fields(NAME, EMAIL)
                .values("name", "a", "b")
                .values("email", "a@x.test", "b@x.test");
        assertHolds("two fields", two.edits(2));
    }

    @Test
    void two_edits_keep_the_laws_under_the_guides_policy() {
        assertHolds(
                "guide",
                ConvergenceCheck.of(Policies.guide().kirim("kirim").primaryCrm("crm"))
                        .fields(NAME, EMAIL)
                        .values("name", "a", "b")
                        .values("email", "a@x.test", "")
                        .edits(2));
    }

    @Test
    void the_same_check_gives_the_same_report() {
        ConvergenceCheck check = ShippedRules.all().get("preferred").edits(2);
        assertThat(check.run()).isEqualTo(check.run());
    }

    @Test
    void a_limit_that_is_reached_proves_nothing_and_says_so() {
        CheckReport report =
                ShippedRules.all().get("last writer").edits(2).limit(1_000).run();
        assertThat(report.verdict()).isEqualTo(Verdict.NOT_EXHAUSTED);
        assertThat(report.holds()).isFalse();
        assertThat(report.counterexample()).isEmpty();
        assertThat(report.toString()).contains("not exhausted", "nothing is proved");
    }

    @Test
    void a_long_search_tells_how_far_it_is() {
        List<Integer> told = new ArrayList<>();
        ShippedRules.all()
                .get("last writer")
                .edits(2)
                .lostAnswers(1)
                .limit(12_000)
                .progress((states, transitions, waiting) -> told.add(states))
                .run();
        assertThat(told).containsExactly(10_000);
    }

    @Test
    void an_abstraction_that_forgot_what_is_to_come_would_be_told_by_its_size() {
        Map<String, ConvergenceCheck> all = ShippedRules.all();
        assertThat(all.get("manual").edits(2).run().states()).isEqualTo(128);
        assertThat(all.get("owned, reverted").edits(1).run().mostWrites()).isEqualTo(1);
        assertThat(all.get("read only").edits(2).run().mostWrites()).isZero();
    }
}
