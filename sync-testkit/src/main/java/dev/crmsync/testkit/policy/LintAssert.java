package dev.crmsync.testkit.policy;

import dev.crmsync.lint.Finding;
import dev.crmsync.lint.LintRule;
import dev.crmsync.lint.PolicyLint;
import dev.crmsync.planning.Rules;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Asserts what lint finds in rules, in any test framework: each failure is an {@link AssertionError} that names all
 * findings, with their remedies.
 */
public final class LintAssert {
    private LintAssert() {}

    /**
     * Rules must have no finding but those that are expected.
     *
     * @param rules the policy, the mappings, and what the adapters declare
     * @param expected lint rules whose warnings are known and meant; errors are never allowed
     * @throws AssertionError with all other findings when there are any, and when an expected rule has found nothing
     */
    public static void assertClean(Rules rules, LintRule... expected) {
        Set<LintRule> meant = Set.of(expected);
        List<Finding> findings = PolicyLint.check(rules);
        List<Finding> errors = PolicyLint.errors(findings);
        refuse(findings.stream()
                .filter(finding -> errors.contains(finding) || !meant.contains(finding.rule()))
                .toList());
        for (LintRule rule : meant) {
            if (findings.stream().noneMatch(finding -> finding.rule() == rule)) {
                throw new AssertionError(rule.id() + " was expected to find something, and finds nothing any more;"
                        + " take it out of the test");
            }
        }
    }

    /**
     * Rules must have no finding that keeps an engine from starting on them.
     *
     * @param rules the policy, the mappings, and what the adapters declare
     * @throws AssertionError with all errors when there are any
     */
    public static void assertNoErrors(Rules rules) {
        refuse(PolicyLint.errors(PolicyLint.check(rules)));
    }

    private static void refuse(List<Finding> findings) {
        if (!findings.isEmpty()) {
            throw new AssertionError("lint should find nothing, and finds:\n  "
                    + findings.stream().map(Finding::toString).collect(Collectors.joining("\n  ")));
        }
    }
}
