package dev.crmsync.engine;

import dev.crmsync.planning.Presence;
import dev.crmsync.planning.Stance;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

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
