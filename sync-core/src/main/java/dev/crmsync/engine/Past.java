package dev.crmsync.engine;

import dev.crmsync.planning.Composition;
import dev.crmsync.planning.IdentityStep;
import dev.crmsync.planning.LinkState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a link at a moment in the past. Pure.
 *
 * @param link the link as it stands today
 * @param at the moment
 * @param reach from when on every change is in the identity log
 * @param last the last step that had been taken at that moment, or null when none is kept
 * @param came the last of these by which its records became others, or null when none is kept
 * @param later the steps that were taken since, newest first
 */
record Past(
        LinkState link,
        Instant at,
        Instant reach,
        @Nullable IdentityStep last,
        @Nullable IdentityStep came,
        List<IdentityStep> later) {
    /** Copies the list. */
    Past {
        later = List.copyOf(later);
    }

    /** The first step that was taken afterwards. */
    @Nullable IdentityStep next() {
        return later.isEmpty() ? null : later.get(later.size() - 1);
    }

    /** When the link began, when that was after the moment. */
    Optional<Instant> beganLater() {
        IdentityStep next = next();
        return next != null && last == null && next.begins() ? Optional.of(next.at()) : Optional.empty();
    }

    /**
     * Of which records it consisted. A step tells both what was before and what was from then on, so that it is known as well
     * where the one that led there was forgotten; but not where any in between may have been.
     */
    Optional<Composition> composition() {
        if (at.isBefore(reach) || beganLater().isPresent()) {
            return Optional.empty();
        }
        if (last != null && last.after() != null) {
            return Optional.of(last.after());
        }
        IdentityStep next = next();
        return next == null ? Optional.of(Composition.of(link)) : Optional.ofNullable(next.before());
    }
}
