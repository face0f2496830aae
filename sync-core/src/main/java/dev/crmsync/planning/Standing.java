package dev.crmsync.planning;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stance of a (field, system) pair that something has brought about, and the count of reverts there. Pairs without a
 * standing take the stance that the rules give them.
 *
 * @param stance the stance; FOLLOWS when only reverts are counted
 * @param reason what brought it about
 * @param seq when, by the link's sequence
 * @param reverts how often the field was written over there since {@code since}
 * @param since when the first of these reverts was, or null when there was none
 * @param rounds what happened to our value there again and again, or null when nothing did
 */
public record Standing(
        Stance stance,
        Reason reason,
        long seq,
        int reverts,
        @Nullable Instant since,
        @Nullable Rounds rounds) {
    /**
     * A standing without reverts.
     *
     * @param stance the stance
     * @param reason what brought it about
     * @param seq when
     * @return the standing
     */
    public static Standing of(Stance stance, Reason reason, long seq) {
        return new Standing(stance, reason, seq, 0, null, null);
    }
}
