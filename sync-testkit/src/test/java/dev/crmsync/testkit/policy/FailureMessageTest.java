package dev.crmsync.testkit.policy;

import static dev.crmsync.testkit.policy.GivenWhenThen.ECHO;
import static dev.crmsync.testkit.policy.GivenWhenThen.HELD;
import static dev.crmsync.testkit.policy.GivenWhenThen.NAME;
import static dev.crmsync.testkit.policy.GivenWhenThen.guide;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.crmsync.planning.Reason;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A policy test that fails shows what was expected beside what was decided, by which rule. */
class FailureMessageTest {
    private static String message(ThrowingCallable failing) {
        Throwable thrown = catchThrowable(failing);
        assertThat(thrown).isInstanceOf(AssertionError.class);
        return String.valueOf(thrown.getMessage());
    }

    private static Scenario overruled() {
        return guide().given("kirim", NAME, "Budi")
                .and("crm", NAME, "Budi Santoso")
                .when("kirim", NAME, "Joko");
    }

    @Test
    void a_value_that_is_not_there_is_shown_beside_the_trace() {
        assertThat(message(() -> overruled().then("crm", NAME, "Joko")))
                .startsWith("crm should hold name = \"Joko\", and holds \"Budi Santoso\"")
                .contains(
                        "How name stands:\n  agreed is \"Budi Santoso\", supplied by crm\n"
                                + "  crm holds \"Budi Santoso\", FOLLOWS\n  kirim holds \"Budi Santoso\", FOLLOWS",
                        "  given kirim name = \"Budi\"\n  given crm name = \"Budi Santoso\"",
                        "crm.name: BASELINE_AGREED, saw \"Budi Santoso\", agreed \"Budi\" -> \"Budi Santoso\"",
                        "  when kirim name = \"Joko\"\n    kirim.name: OVERRULED_BY_OWNER, saw \"Joko\","
                                + " agreed stays \"Budi Santoso\", FOLLOWS (guide: contact.name)",
                        "docs/reasons.md");
    }

    @Test
    void a_reason_that_was_another_is_shown_beside_the_trace() {
        assertThat(message(() -> overruled().because(ECHO)))
                .startsWith("the last edit should be decided as ECHO, and was [OVERRULED_BY_OWNER")
                .contains("How name stands:", "The story so far");
    }

    @Test
    void a_stance_that_is_another_is_shown_beside_the_trace() {
        assertThat(message(() -> overruled().stance("kirim", NAME, HELD)))
                .startsWith("kirim should be held to HELD for name, and is held to FOLLOWS")
                .contains("The story so far");
    }

    @Test
    void a_record_that_should_not_be_there_is_shown_beside_the_trace() {
        assertThat(message(() -> guide().given("kirim", NAME, "Budi").thenNoRecord("crm")))
                .startsWith("crm should have no record, and has one")
                .contains("crm: CREATED");
    }

    @Test
    void the_one_import_has_every_reason() {
        assertThat(Arrays.stream(GivenWhenThen.class.getFields())
                        .filter(field -> Modifier.isStatic(field.getModifiers()))
                        .filter(field -> field.getType().equals(Reason.class))
                        .map(field -> field.getName()))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Reason.values()).map(Reason::name).toList());
    }
}
