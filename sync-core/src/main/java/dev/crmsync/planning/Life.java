package dev.crmsync.planning;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the life of a record, where somebody's deletions are followed. Immutable.
 *
 * @param edited when somebody last edited the record, or it was first seen to hold something, by the link's sequence, or 0
 * @param editedBy by when on the system's own clock that was done, or null when its times tell nothing
 * @param alive since when it is proved that the record was there, by the link's sequence: a call that was begun no earlier
 *     was answered by it; 0 when none was
 * @param parting the deletion elsewhere that is to be followed here, or null
 */
public record Life(
        long edited,
        @Nullable Instant editedBy,
        long alive,
        @Nullable Parting parting) {
    /** Nothing is known, or nobody's deletions are followed. */
    public static final Life UNKNOWN = new Life(0, null, 0, null);
}
