package dev.crmsync.testkit.adapter;

import java.util.Objects;

/**
 * What was found about one rule. Immutable.
 *
 * @param rule the rule
 * @param verdict what became of it
 * @param detail what was seen, which lever is missing, or what is not claimed; empty for a rule that is kept
 */
public record Finding(AdapterContract.Rule rule, Verdict verdict, String detail) {
    /** Refuses null. */
    public Finding {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(detail, "detail");
    }

    @Override
    public String toString() {
        String words = verdict.name().replace('_', ' ');
        return rule + ": " + words + (detail.isEmpty() ? "" : " — " + detail);
    }
}
