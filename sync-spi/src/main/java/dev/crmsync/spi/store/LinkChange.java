package dev.crmsync.spi.store;

import dev.crmsync.spi.model.RecordRef;
import java.util.Set;

/**
 * A change to one link: its next document, on the condition that it still has an expected version.
 *
 * @param expected the version that the change was planned from, or 0 when the link is new
 * @param next the row as it shall be; its version is greater than {@code expected}
 * @param refsAdded records that join the link; each must be free, or already be this link's
 * @param refsRemoved records that leave the link
 * @param keysAdded match keys that the link now bears
 * @param keysRemoved match keys that it no longer bears
 */
public record LinkChange(
        long expected,
        LinkRow next,
        Set<RecordRef> refsAdded,
        Set<RecordRef> refsRemoved,
        Set<MatchKey> keysAdded,
        Set<MatchKey> keysRemoved) {
    /** Copies the sets and refuses a version that does not grow. */
    public LinkChange {
        refsAdded = Set.copyOf(refsAdded);
        refsRemoved = Set.copyOf(refsRemoved);
        keysAdded = Set.copyOf(keysAdded);
        keysRemoved = Set.copyOf(keysRemoved);
        if (next.version() <= expected) {
            throw new IllegalArgumentException("link " + next.id() + ": version " + next.version()
                    + " must be greater than the expected version " + expected);
        }
    }
}
