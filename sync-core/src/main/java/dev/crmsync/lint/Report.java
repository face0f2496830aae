package dev.crmsync.lint;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the findings of one lint rule. */
final class Report {
    private final LintRule rule;
    private final List<Finding> findings;

    Report(LintRule rule, List<Finding> findings) {
        this.rule = rule;
        this.findings = findings;
    }

    void error(@Nullable String system, @Nullable String field, String message, String remedy) {
        findings.add(new Finding(rule, Severity.ERROR, system, field, message, remedy));
    }

    void warning(@Nullable String system, @Nullable String field, String message, String remedy) {
        findings.add(new Finding(rule, Severity.WARNING, system, field, message, remedy));
    }
}
