package dev.crmsync.replay;

import org.jspecify.annotations.Nullable;

/**
 * Something that a candidate would have done otherwise on the same input, planned from the same link. Immutable.
 *
 * @param link the link
 * @param seq the input's sequence number
 * @param system the system that it is about
 * @param field the field's name, or null when it is about a record or about due work
 * @param live what was decided, or is due, such as {@code OWNER_EDIT}; {@code nothing} where nothing was
 * @param candidate what would have been
 * @param value whether the agreed value would have been another one
 */
public record Disagreement(
        String link, long seq, String system, @Nullable String field, String live, String candidate, boolean value) {}
