package dev.crmsync.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.mapping.Access;
import dev.crmsync.spi.mapping.FieldMapping;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyLintTest {
    private final Bench bench = new Bench();

    @Test
    void the_guides_policy_between_systems_without_faults_has_one_warning_and_no_error() {
        assertThat(PolicyLint.check(bench.rules())).extracting(Finding::rule).containsExactly(LintRule.CREATE_UNSCOPED);
    }

    @Test
    void errors_come_before_warnings() {
        bench.mapping("crm", mapping -> mapping.without(Contact.EMAIL).withExternalId("email"));

        List<Finding> findings = PolicyLint.check(bench.rules());

        assertThat(findings)
                .extracting(Finding::severity)
                .startsWith(Severity.ERROR)
                .endsWith(Severity.WARNING);
        assertThat(PolicyLint.errors(findings)).extracting(Finding::rule).containsExactly(LintRule.MUTABLE_MATCH_KEY);
    }

    @Test
    void a_finding_says_what_where_and_what_to_do() {
        bench.mapping("crm", FieldMapping.direct(Contact.NAME, "name").with(Access.READ_ONLY));

        assertThat(bench.finds(LintRule.OWNER_READ_ONLY))
                .singleElement()
                .asString()
                .startsWith("WARNING owner-read-only contact.name at crm: its owner cannot be written")
                .contains("Leave out the seeds")
                .endsWith("See docs/lint.md#owner-read-only");
    }

    @Test
    void ids_are_lower_case_words() {
        assertThat(Arrays.stream(LintRule.values()).map(LintRule::id))
                .allMatch(id -> id.matches("[a-z]+(-[a-z]+)*"))
                .doesNotHaveDuplicates()
                .contains("field-without-rule", "field-flow-cycle");
    }

    @Test
    void the_same_rules_are_judged_alike_each_time() {
        assertThat(PolicyLint.check(bench.rules())).isEqualTo(PolicyLint.check(bench.rules()));
    }
}
