package dev.crmsync.lint;

import dev.crmsync.planning.Rules;
import java.util.ArrayList;
import java.util.List;

/** Judges rules before they run. Pure; safe to call from any thread. */
public final class PolicyLint {
    private PolicyLint() {}

    /**
     * Judges rules by every {@link LintRule}.
     *
     * @param rules the policy, the mappings, and what the adapters declare
     * @return what was found, errors first, each kind in the order of the lint rules; empty when all is well
     */
    public static List<Finding> check(Rules rules) {
        Subject subject = new Subject(rules);
        List<Finding> found = new ArrayList<>();
        for (LintRule rule : LintRule.values()) {
            rule.check(subject, found);
        }
        List<Finding> sorted = new ArrayList<>();
        for (Severity severity : Severity.values()) {
            found.stream().filter(finding -> finding.severity() == severity).forEach(sorted::add);
        }
        return List.copyOf(sorted);
    }

    /**
     * Those findings that an engine does not start on.
     *
     * @param findings findings
     * @return the errors among them
     */
    public static List<Finding> errors(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .toList();
    }
}
