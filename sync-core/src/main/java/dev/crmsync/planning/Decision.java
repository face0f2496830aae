package dev.crmsync.planning;

import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.AsOf;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was decided about one field of a link, or about a whole record, and why. Immutable.
 *
 * @param link the link
 * @param seq when, by the link's sequence
 * @param at when, on the engine's clock
 * @param system the system that the input came from or was about
 * @param field the field's name, or null when it is about the whole record
 * @param reason the reason code
 * @param rule where the rule was written, or null when no rule was asked
 * @param asOf when the value seen was true, or null when none was seen
 * @param saw the canonical value seen, or null when none was
 * @param before the agreed value before, or null when there was none
 * @param after the agreed value after, or null when there is none
 * @param stance what the (field, system) pair is held to from now on, or null when it is about the whole record
 * @param rulesHash the digest of the rules, with the policy and its version, under which it was decided
 */
public record Decision(
        String link,
        long seq,
        Instant at,
        String system,
        @Nullable String field,
        Reason reason,
        @Nullable String rule,
        @Nullable AsOf asOf,
        @Nullable Value saw,
        @Nullable Value before,
        @Nullable Value after,
        @Nullable Stance stance,
        String rulesHash) {}
