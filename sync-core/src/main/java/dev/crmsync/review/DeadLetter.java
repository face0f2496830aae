package dev.crmsync.review;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that cannot succeed without help.
 *
 * @param id its id
 * @param kind {@code event} for a change event, {@code webhook} for a webhook that was not understood, {@code work} for
 *     due work
 * @param system the system that it came from or was meant for
 * @param link the link that it concerns, or null when it reached none
 * @param reason why it failed, without personal values
 * @param at since when it waits
 */
public record DeadLetter(
        String id, String kind, String system, @Nullable String link, String reason, Instant at) {}
