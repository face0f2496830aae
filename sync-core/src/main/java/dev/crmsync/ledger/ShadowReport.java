package dev.crmsync.ledger;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How often a candidate would have done otherwise. Immutable.
 *
 * @param policy the candidate's name and version
 * @param inputs how many inputs it planned
 * @param failures at how many of them it failed
 * @param fields by field, or the empty name for records and due work: how often, by what was and what would have been decided,
 *     such as {@code OWNER_EDIT -> OVERRULED_BY_OWNER}
 */
public record ShadowReport(
        String policy, long inputs, long failures, SortedMap<String, SortedMap<String, Long>> fields) {
    /** Copies the maps. */
    public ShadowReport {
        TreeMap<String, SortedMap<String, Long>> copy = new TreeMap<>();
        fields.forEach((field, counts) -> copy.put(field, Collections.unmodifiableSortedMap(new TreeMap<>(counts))));
        fields = Collections.unmodifiableSortedMap(copy);
    }

    /**
     * How many disagreements there were.
     *
     * @return the number, 0 or more
     */
    public long disagreements() {
        return fields.values().stream()
                .map(Map::values)
                .flatMap(counts -> counts.stream())
                .mapToLong(Long::longValue)
                .sum();
    }
}
