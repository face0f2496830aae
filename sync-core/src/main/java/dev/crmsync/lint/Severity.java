package dev.crmsync.lint;

/** How grave a finding is. */
public enum Severity {
    /** It would lose, change or mislead data: an engine does not start on it. */
    ERROR,
    /** It is allowed, and has a consequence that its author should know of: an engine logs it once. */
    WARNING
}
