package dev.crmsync.lint;

/** The judgement behind one {@link LintRule}. Pure, and without state. */
interface Check {
    /**
     * Judges rules.
     *
     * @param subject the rules
     * @param report takes what is found
     */
    void check(Subject subject, Report report);
}
