package dev.crmsync.spi.store;

import dev.crmsync.spi.model.Bytes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a link's journal.
 *
 * @param link the link
 * @param seq the link's version after the commit that it tells of
 * @param at when, on the engine's clock
 * @param kind what it tells of, such as {@code decision} or {@code identity}, at most 20 characters
 * @param skeleton the engine's own bytes, free of personal values
 * @param values the engine's own bytes with personal values, or null when there are none or they were erased
 */
public record JournalEntry(
        String link,
        long seq,
        Instant at,
        String kind,
        Bytes skeleton,
        @Nullable Bytes values) {}
