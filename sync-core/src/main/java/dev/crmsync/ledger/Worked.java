package dev.crmsync.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one bounded step of a room came to.
 *
 * @param any whether anything was done, so that another step may find more
 * @param next when there will be something to do, or null when nothing is foreseen
 */
public record Worked(boolean any, @Nullable Instant next) {
    /** Nothing was done, and nothing is foreseen. */
    public static final Worked NOTHING = new Worked(false, null);

    /**
     * What this and another step came to.
     *
     * @param other the other
     * @return whether anything was done in either, and the earlier time
     */
    public Worked and(Worked other) {
        return new Worked(any || other.any, earlier(next, other.next));
    }

    /**
     * The earlier of two times.
     *
     * @param a a time, or null for never
     * @param b a time, or null for never
     * @return the earlier one, or null when both are null
     */
    public static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.isBefore(b) ? a : b;
    }
}
