package dev.crmsync.replay;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The calls that a system would have been asked for. Immutable.
 *
 * @param system the system
 * @param now by the rules that hold, by kind
 * @param then by the changed ones, by kind
 */
public record CallReport(String system, SortedMap<Call, Long> now, SortedMap<Call, Long> then) {
    /** Copies the maps. */
    public CallReport {
        now = Collections.unmodifiableSortedMap(new TreeMap<>(now));
        then = Collections.unmodifiableSortedMap(new TreeMap<>(then));
    }

    static CallReport of(String system, Map<Call, Long> now, Map<Call, Long> then) {
        return new CallReport(system, new TreeMap<>(now), new TreeMap<>(then));
    }
}
