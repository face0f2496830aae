package dev.crmsync.engine;

import dev.crmsync.planning.Presence;
import dev.crmsync.planning.Stance;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What all links of a sync are held to, counted by (field, system) pairs of agreed fields and of systems where the link has
 * a record. Immutable.
 *
 * @param links how many links there are, without those that others took over and those that were erased
 * @param stances how many pairs of each system stand how
 * @param records how many links of each system have a record there, and how it stands with it
 */
public record Census(
        long links, SortedMap<String, Map<Stance, Long>> stances, SortedMap<String, Map<Presence, Long>> records) {
    /** Copies the maps. */
    public Census {
        stances = copy(stances, Stance.class);
        records = copy(records, Presence.class);
    }

    private static <E extends Enum<E>> SortedMap<String, Map<E, Long>> copy(
            Map<String, Map<E, Long>> counts, Class<E> type) {
        TreeMap<String, Map<E, Long>> copy = new TreeMap<>();
        counts.forEach((system, own) -> {
            EnumMap<E, Long> some = new EnumMap<>(type);
            some.putAll(own);
            copy.put(system, Collections.unmodifiableMap(some));
        });
        return Collections.unmodifiableSortedMap(copy);
    }

    /**
     * The census in words.
     *
     * @return lines of text; it bears no values of records
     */
    public String text() {
        List<String> lines = new ArrayList<>();
        lines.add(links + " links, " + pairs() + " pairs of a field and a system.");
        records.forEach((system, own) -> {
            lines.add("  " + system + ": " + said(own) + " records");
            Map<Stance, Long> stood = stances.getOrDefault(system, Map.of());
            if (!stood.isEmpty()) {
                lines.add("    fields: " + said(stood));
            }
        });
        lines.add("What each stance means and what to do: docs/stances.md");
        return String.join("\n", lines);
    }

    private static String said(Map<? extends Enum<?>, Long> counts) {
        return counts.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey())
                .collect(Collectors.joining(", "));
    }

    /**
     * How many pairs stand so at all systems.
     *
     * @param stance the stance
     * @return 0 or more
     */
    public long count(Stance stance) {
        return stances.values().stream()
                .mapToLong(own -> own.getOrDefault(stance, 0L))
                .sum();
    }

    /**
     * How many pairs there are.
     *
     * @return the sum over all stances and systems
     */
    public long pairs() {
        return stances.values().stream()
                .flatMap(own -> own.values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }
}
