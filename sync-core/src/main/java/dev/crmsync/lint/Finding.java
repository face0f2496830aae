package dev.crmsync.lint;

import org.jspecify.annotations.Nullable;

/**
 * Something that rules would do and should not, or that their author should know of. It names systems, fields and native
 * properties, and bears no value of a record. Immutable.
 *
 * @param rule the lint rule that found it
 * @param severity how grave it is
 * @param system the system that it is about, or null when it is about several
 * @param field the field that it is about, with its type, such as {@code contact.name}, or null when it is about all
 * @param message what is so, and what comes of it
 * @param remedy what to do
 */
public record Finding(
        LintRule rule,
        Severity severity,
        @Nullable String system,
        @Nullable String field,
        String message,
        String remedy) {
    /**
     * Where the rule is explained.
     *
     * @return a path and an anchor in this library's documentation
     */
    public String documentation() {
        return rule.documentation();
    }

    @Override
    public String toString() {
        return severity + " " + rule.id()
                + (field == null ? "" : " " + field)
                + (system == null ? "" : " at " + system)
                + ": " + message + ". " + remedy + ". See " + documentation();
    }
}
