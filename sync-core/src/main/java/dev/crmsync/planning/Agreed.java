package dev.crmsync.planning;

import dev.crmsync.spi.field.Value;

/**
 * The agreed value of one field, and where it came from.
 *
 * @param value the canonical value
 * @param system the system that supplied it
 * @param seq when, by the link's sequence; the journal entry of that number tells the rest
 */
public record Agreed(Value value, String system, long seq) {}
