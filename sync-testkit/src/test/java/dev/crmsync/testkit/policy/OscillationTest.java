package dev.crmsync.testkit.policy;

import static dev.crmsync.planning.Reason.LATER_WRITER;
import static dev.crmsync.planning.Reason.OSCILLATION;
import static dev.crmsync.planning.Reason.OVERRULED_BY_OWNER;
import static dev.crmsync.spi.field.Contact.EMAIL;
import static dev.crmsync.spi.field.Contact.NAME;

import dev.crmsync.planning.Stance;
import dev.crmsync.policy.Policies;
import dev.crmsync.policy.Policy;
import dev.crmsync.policy.Skew;
import dev.crmsync.spi.field.RecordType;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Somebody or something that answers each of our writes is told from people who edit, and left to a person. */
class OscillationTest {
    private static Scenario guide() {
        return PolicyTest.of(Policies.guide().kirim("kirim").primaryCrm("crm"))
                .given("kirim", NAME, "Budi")
                .and("crm", NAME, "Budi");
    }

    private static Scenario shared() {
        return PolicyTest.of(Policy.named("shared")
                        .type(RecordType.CONTACT, contact -> contact.lastWriter(NAME, Skew.undeclared(), "crm")))
                .and("kirim", "crm")
                .given("kirim", NAME, "A")
                .and("crm", NAME, "A");
    }

    private static Scenario resets(Scenario story, int times, Duration between) {
        for (int round = 1; round <= times; round++) {
            story.after(between)
                    .when("kirim", NAME, "BUDI")
                    .because(OVERRULED_BY_OWNER)
                    .then("kirim", NAME, "Budi");
        }
        return story.after(between).when("kirim", NAME, "BUDI");
    }

    @Test
    void an_automation_that_resets_our_value_is_left_to_a_person_after_three_rounds() {
        resets(guide(), 3, Duration.ofMinutes(1))
                .because(OSCILLATION)
                .stance("kirim", NAME, Stance.HELD)
                .then("kirim", NAME, "BUDI");
    }

    @Test
    void so_is_one_that_comes_once_a_night() {
        resets(guide(), 3, Duration.ofDays(1)).because(OSCILLATION).stance("kirim", NAME, Stance.HELD);
    }

    @Test
    void it_stays_so_when_the_hour_has_passed_and_when_the_owner_says_something_new() {
        resets(guide(), 3, Duration.ofMinutes(1))
                .after(Duration.ofHours(2))
                .when("crm", NAME, "Budi Santoso")
                .stance("kirim", NAME, Stance.HELD)
                .then("kirim", NAME, "BUDI");
    }

    @Test
    void all_other_fields_go_on() {
        resets(guide(), 3, Duration.ofMinutes(1))
                .when("crm", EMAIL, "budi@example.com")
                .then("kirim", EMAIL, "budi@example.com")
                .stance("kirim", EMAIL, Stance.FOLLOWS);
    }

    @Test
    void a_person_who_edits_again_and_again_is_not_taken_for_one() {
        Scenario story = guide();
        for (int edit = 1; edit <= 5; edit++) {
            story.after(Duration.ofMinutes(30))
                    .when("kirim", NAME, "Nickname " + edit)
                    .because(OVERRULED_BY_OWNER)
                    .then("kirim", NAME, "Budi");
        }
    }

    @Test
    void two_automations_that_answer_each_other_through_sync_come_to_rest() {
        Scenario story = shared();
        for (int round = 1; round <= 3; round++) {
            story.when("kirim", NAME, "B").because(LATER_WRITER).then("crm", NAME, "B");
            story.when("crm", NAME, "A").because(LATER_WRITER).then("kirim", NAME, "A");
        }
        story.when("kirim", NAME, "B")
                .when("crm", NAME, "A")
                .because(OSCILLATION)
                .stance("crm", NAME, Stance.HELD)
                .then("kirim", NAME, "A")
                .when("kirim", NAME, "B")
                .then("crm", NAME, "A");
    }

    @Test
    void people_who_change_a_value_to_and_fro_from_day_to_day_are_not_taken_for_them() {
        Scenario story = shared();
        for (int day = 1; day <= 5; day++) {
            story.after(Duration.ofDays(1)).when("kirim", NAME, "B").then("crm", NAME, "B");
            story.after(Duration.ofDays(1)).when("crm", NAME, "A").then("kirim", NAME, "A");
        }
    }
}
