package dev.crmsync.spi.store;

import dev.crmsync.spi.model.Bytes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A decision that only a person should make.
 *
 * @param id its id, at most 64 characters; the same question has the same id
 * @param link the link that it holds
 * @param kind the reason code, at most 40 characters
 * @param openedAt when it was opened
 * @param closedAt when it was answered or lapsed, or null while it is open
 * @param skeleton the engine's own bytes, free of personal values
 * @param values the engine's own bytes with personal values, or null when there are none or they were erased
 */
public record ReviewRow(
        String id,
        String link,
        String kind,
        Instant openedAt,
        @Nullable Instant closedAt,
        Bytes skeleton,
        @Nullable Bytes values) {}
