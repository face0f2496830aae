package dev.crmsync.testkit.policy;

import static dev.crmsync.testkit.policy.GivenWhenThen.NAME;
import static dev.crmsync.testkit.policy.GivenWhenThen.PHONE;
import static dev.crmsync.testkit.policy.GivenWhenThen.contacts;
import static dev.crmsync.testkit.policy.GivenWhenThen.guide;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.lint.LintRule;
import org.junit.jupiter.api.Test;

class LintAssertTest {
    @Test
    void a_finding_that_was_not_expected_fails_with_what_to_do_about_it() {
        assertThatThrownBy(() -> guide().lint())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("lint should find nothing, and finds:")
                .hasMessageContaining("WARNING create-unscoped at crm")
                .hasMessageContaining("docs/lint.md#create-unscoped");
    }

    @Test
    void all_findings_are_told_at_once() {
        assertThatThrownBy(() -> contacts(contact -> contact.appendOnly(PHONE).appendOnly(NAME))
                        .and("kirim", "crm", "erp")
                        .lint())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no-primary")
                .hasMessageContaining("field-without-rule contact.email");
    }

    @Test
    void an_expectation_that_is_true_no_more_fails() {
        assertThatThrownBy(() -> guide().lint(LintRule.CREATE_UNSCOPED, LintRule.NO_PRIMARY))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no-primary was expected to find something");
    }
}
