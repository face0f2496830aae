package dev.crmsync.sandbox.limits;

import java.util.ArrayDeque;
import java.util.Deque;

/** At most so many requests in any stretch of this length; the limit is given at each use. Not thread-safe. */
public final class RollingWindow {
    private final long lengthMs;
    private final Deque<Long> taken = new ArrayDeque<>();

    /** A window of this many milliseconds. */
    public RollingWindow(long lengthMs) {
        this.lengthMs = lengthMs;
    }

    /** Counts one request when there is room for it. */
    public boolean take(long nowMs, long limit) {
        forget(nowMs);
        if (taken.size() >= limit) {
            return false;
        }
        taken.addLast(nowMs);
        return true;
    }

    /** How many would still be let through. */
    public long remaining(long nowMs, long limit) {
        forget(nowMs);
        return Math.max(0, limit - taken.size());
    }

    /** Milliseconds until the oldest request leaves the window; 0 when it is empty. */
    public long msToRoom(long nowMs) {
        forget(nowMs);
        Long first = taken.peekFirst();
        return first == null ? 0 : first + lengthMs - nowMs;
    }

    /** Nothing taken. */
    public void clear() {
        taken.clear();
    }

    private void forget(long nowMs) {
        Long first = taken.peekFirst();
        while (first != null && first <= nowMs - lengthMs) {
            taken.removeFirst();
            first = taken.peekFirst();
        }
    }
}
