package dev.crmsync.spi.store;

import dev.crmsync.spi.model.Bytes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event or a write that cannot succeed without help.
 *
 * @param id its id, at most 64 characters
 * @param system the system that it came from or was meant for
 * @param link the link that it concerns, or null when it reached none
 * @param kind what it is, such as {@code event} or {@code write}, at most 20 characters
 * @param reason why it failed, without personal values
 * @param at when it was kept
 * @param content the engine's own bytes: the event or request itself; null once erased
 */
public record DeadLetterRow(
        String id,
        String system,
        @Nullable String link,
        String kind,
        String reason,
        Instant at,
        @Nullable Bytes content) {}
