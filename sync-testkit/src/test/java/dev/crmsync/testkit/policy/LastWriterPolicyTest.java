package dev.crmsync.testkit.policy;

import static dev.crmsync.planning.Reason.BASELINE_REVIEW;
import static dev.crmsync.planning.Reason.BLANK_REFUSED;
import static dev.crmsync.planning.Reason.EARLIER_WRITER;
import static dev.crmsync.planning.Reason.LATER_WRITER;
import static dev.crmsync.planning.Reason.TIE_OVERRULED;
import static dev.crmsync.planning.Reason.TIE_REVIEW;
import static dev.crmsync.planning.Reason.TIE_TAKEN;
import static dev.crmsync.spi.field.Contact.NAME;

import dev.crmsync.planning.Stance;
import dev.crmsync.policy.OnJoin;
import dev.crmsync.policy.Policy;
import dev.crmsync.policy.Skew;
import dev.crmsync.policy.TypePolicyBuilder;
import dev.crmsync.spi.field.RecordType;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class LastWriterPolicyTest {
    private static final Skew MINUTE = Skew.within(Duration.ofMinutes(1));

    private static PolicyTest policy(UnaryOperator<TypePolicyBuilder> contact) {
        return PolicyTest.of(Policy.named("shared").type(RecordType.CONTACT, contact))
                .and("kirim", "crm");
    }

    private static Scenario inStep(UnaryOperator<TypePolicyBuilder> contact) {
        return policy(contact).given("kirim", NAME, "Budi").and("crm", NAME, "Budi");
    }

    @Test
    void an_edit_of_the_agreed_value_is_the_later_one_and_needs_no_clock() {
        inStep(contact -> contact.lastWriter(NAME, Skew.undeclared()))
                .when("kirim", NAME, "Budi S.")
                .because(LATER_WRITER)
                .then("crm", NAME, "Budi S.")
                .when("crm", NAME, "Budi Santoso")
                .because(LATER_WRITER)
                .then("kirim", NAME, "Budi Santoso");
    }

    @Test
    void of_two_edits_made_apart_the_later_one_is_agreed_when_the_skew_tells_them_apart() {
        inStep(contact -> contact.lastWriter(NAME, MINUTE))
                .when("kirim", NAME, "First")
                .meanwhile(Duration.ofMinutes(2), "crm", NAME, "Second")
                .because(LATER_WRITER)
                .then("kirim", NAME, "Second")
                .then("crm", NAME, "Second");
    }

    @Test
    void of_two_edits_made_apart_the_earlier_one_is_written_over_though_it_was_heard_of_last() {
        inStep(contact -> contact.lastWriter(NAME, MINUTE))
                .when("kirim", NAME, "Second")
                .after(Duration.ofHours(1))
                .when("crm", NAME, "Third")
                .meanwhile(Duration.ofMinutes(-5), "kirim", NAME, "Late")
                .because(EARLIER_WRITER)
                .then("kirim", NAME, "Third")
                .then("crm", NAME, "Third");
    }

    @Test
    void two_edits_within_the_skew_are_decided_by_the_declared_tie_break() {
        inStep(contact -> contact.lastWriter(NAME, MINUTE, "crm", "kirim"))
                .when("kirim", NAME, "A")
                .meanwhile(Duration.ofSeconds(-30), "crm", NAME, "B")
                .because(TIE_TAKEN)
                .then("kirim", NAME, "B");
        inStep(contact -> contact.lastWriter(NAME, MINUTE, "kirim"))
                .when("kirim", NAME, "A")
                .meanwhile(Duration.ofSeconds(30), "crm", NAME, "B")
                .because(TIE_OVERRULED)
                .then("crm", NAME, "A");
    }

    @Test
    void without_a_skew_or_a_tie_break_a_person_decides_between_edits_made_apart() {
        inStep(contact -> contact.lastWriter(NAME, Skew.undeclared()))
                .when("kirim", NAME, "A")
                .meanwhile(Duration.ofDays(1), "crm", NAME, "B")
                .because(TIE_REVIEW)
                .stance("crm", NAME, Stance.HELD)
                .then("kirim", NAME, "A")
                .then("crm", NAME, "B")
                .when("crm", NAME, "A")
                .stance("crm", NAME, Stance.FOLLOWS);
    }

    @Test
    void the_skew_of_a_pair_goes_before_the_common_one() {
        inStep(contact -> contact.lastWriter(NAME, MINUTE.between("kirim", "crm", Duration.ofHours(1)), "kirim"))
                .when("kirim", NAME, "A")
                .meanwhile(Duration.ofMinutes(5), "crm", NAME, "B")
                .because(TIE_OVERRULED);
    }

    @Test
    void a_blank_overwrites_nothing_and_is_filled_again() {
        inStep(contact -> contact.lastWriter(NAME, MINUTE))
                .when("crm", NAME, (String) null)
                .because(BLANK_REFUSED)
                .then("kirim", NAME, "Budi")
                .then("crm", NAME, "Budi");
    }

    @Test
    void a_blank_travels_when_the_policy_says_so() {
        inStep(contact -> contact.lastWriter(NAME, MINUTE).blanksTravel(NAME))
                .when("crm", NAME, (String) null)
                .because(LATER_WRITER)
                .then("kirim", NAME, (String) null);
    }

    @Test
    void a_full_value_seen_for_the_first_time_waits_for_a_person() {
        policy(contact -> contact.lastWriter(NAME, MINUTE, "crm"))
                .given("kirim", NAME, "Budi")
                .and("crm", NAME, "Budi Santoso")
                .then("kirim", NAME, "Budi")
                .then("crm", NAME, "Budi Santoso")
                .because(BASELINE_REVIEW)
                .stance("crm", NAME, Stance.HELD);
    }

    @Test
    void what_joining_does_can_be_said_and_a_joining_blank_is_filled() {
        policy(contact -> contact.lastWriter(NAME, MINUTE, OnJoin.FILL_EMPTY))
                .given("kirim", NAME, "Budi")
                .and("crm", NAME, "Budi Santoso")
                .then("crm", NAME, "Budi");
        policy(contact -> contact.lastWriter(NAME, MINUTE, OnJoin.KEEP))
                .given("kirim", NAME, "Budi")
                .and("crm", NAME, "Budi Santoso")
                .then("crm", NAME, "Budi Santoso")
                .stance("crm", NAME, Stance.KEPT);
        policy(contact -> contact.lastWriter(NAME, MINUTE))
                .given("kirim", NAME, "Budi")
                .and("crm", NAME, (String) null)
                .then("crm", NAME, "Budi");
    }
}
