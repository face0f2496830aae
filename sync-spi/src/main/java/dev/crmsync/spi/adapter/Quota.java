package dev.crmsync.spi.adapter;

import java.time.Duration;
import java.util.Set;

/**
 * One budget of calls that a vendor grants. Several quotas may apply to one operation; all must have room.
 *
 * @param key its name within the system, such as {@code write}
 * @param calls the calls that a full window grants, above 0
 * @param window the length of the window
 * @param operations what spends from it; each call spends one
 */
public record Quota(String key, long calls, Duration window, Set<Operation> operations) {
    /** Copies the set and refuses a budget of nothing. */
    public Quota {
        operations = Set.copyOf(operations);
        if (calls < 1 || window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException("quota " + key + " needs at least one call in a window longer than 0");
        }
    }
}
