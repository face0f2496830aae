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
 * @param back a time on the system's own clock at which the record was there once more, or was said to be, with all that it went
 *     through before taken into account; null when it was never known to have been gone
 */
public record Life(
        long edited,
        @Nullable Instant editedBy,
        long alive,
        @Nullable Parting parting,
        @Nullable Instant back) {
    /** Nothing is known, or nobody's deletions are followed. */
    public static final Life UNKNOWN = new Life(0, null, 0, null, null);

    Life editedAt(long seq, @Nullable Instant by) {
        return new Life(seq, by, alive, parting, back);
    }

    Life aliveSince(long seq) {
        return new Life(edited, editedBy, Math.max(seq, alive), parting, back);
    }

    Life with(@Nullable Parting other) {
        return new Life(edited, editedBy, alive, other, back);
    }

    Life backBy(Instant time) {
        return new Life(edited, editedBy, alive, parting, back == null || time.isAfter(back) ? time : back);
    }

    /** Whether what is told of the record's going or coming back was taken into account. */
    boolean accounts(Instant time) {
        return back != null && !time.isAfter(back);
    }
}
