package dev.crmsync.spi.adapter;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * One budget of calls that a vendor grants. Several quotas may apply to one operation; all must have room.
 *
 * @param key its name within the system, such as {@code write}
 * @param calls the calls that a full window grants, or the tokens, where calls are weighed; above 0
 * @param window the length of the window
 * @param operations what spends from it
 * @param costs what one call of a kind spends, above 0; a kind that is not named spends one
 */
public record Quota(String key, long calls, Duration window, Set<Operation> operations, Map<Operation, Long> costs) {
    /** Copies the set and the map, and refuses a budget of nothing and a call that costs nothing. */
    public Quota {
        operations = Set.copyOf(operations);
        Map<Operation, Long> copy = new EnumMap<>(Operation.class);
        copy.putAll(costs);
        costs = Collections.unmodifiableMap(copy);
        if (calls < 1 || window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException("quota " + key + " needs at least one call in a window longer than 0");
        }
        if (costs.values().stream().anyMatch(cost -> cost < 1 || cost > Integer.MAX_VALUE)) {
            throw new IllegalArgumentException("quota " + key + ": each call spends one token or more");
        }
    }

    /**
     * A budget of calls, of which each spends one.
     *
     * @param key its name within the system
     * @param calls the calls that a full window grants, above 0
     * @param window the length of the window
     * @param operations what spends from it
     */
    public Quota(String key, long calls, Duration window, Set<Operation> operations) {
        this(key, calls, window, operations, Map.of());
    }

    /**
     * What one call spends.
     *
     * @param operation the kind of call
     * @return 1 or more
     */
    public long cost(Operation operation) {
        return costs.getOrDefault(operation, 1L);
    }
}
