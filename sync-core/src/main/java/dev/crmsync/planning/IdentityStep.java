package dev.crmsync.planning;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a link's identity log: what changed at one moment, why, and of which records the link consisted before and from
 * then on. Immutable.
 *
 * @param link the link whose log it is in
 * @param seq the link's version after it
 * @param at when, on the engine's clock; what changed is in effect at that moment
 * @param changes what changed, in order
 * @param cause what brought it about; null when it was written by a version that did not write that down
 * @param before of which records the link consisted until then; null when it begins here, when it was erased, or when that was
 *     not written down
 * @param after of which records it consists from then on; null when that was not written down
 */
public record IdentityStep(
        String link,
        long seq,
        Instant at,
        List<IdentityChange> changes,
        @Nullable Cause cause,
        @Nullable Composition before,
        @Nullable Composition after) {
    /** Copies the list. */
    public IdentityStep {
        changes = List.copyOf(changes);
    }

    /**
     * Whether the link begins with it.
     *
     * @return true when there was no such link before
     */
    public boolean begins() {
        return changes.stream()
                .anyMatch(change -> change instanceof IdentityChange.Born born
                                && born.link().equals(link)
                        || change instanceof IdentityChange.Split split
                                && split.own().equals(link)
                        || change instanceof IdentityChange.Unlinked unlinked
                                && unlinked.own().equals(link)
                                && !unlinked.link().equals(link));
    }

    /**
     * Whether the person that the link is was erased by it.
     *
     * @return true when nothing else is kept of the link
     */
    public boolean erases() {
        return changes.stream().anyMatch(IdentityChange.Erased.class::isInstance);
    }
}
