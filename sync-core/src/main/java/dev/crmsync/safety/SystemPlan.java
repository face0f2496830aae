package dev.crmsync.safety;

import dev.crmsync.spi.adapter.Operation;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run would do at one system. Immutable.
 *
 * @param system the system
 * @param creates how many records it would make
 * @param updates how many records it would change
 * @param archives how many records it would archive
 * @param reads how many records it would read
 * @param waiting how many of these wait until a parent has a record there
 * @param fields what it would do to each field, by its name
 * @param calls how many calls that takes, by their kind
 * @param time how long these calls take under the system's quotas, when nobody else calls
 */
public record SystemPlan(
        String system,
        long creates,
        long updates,
        long archives,
        long reads,
        long waiting,
        SortedMap<String, FieldPlan> fields,
        SortedMap<Operation, Long> calls,
        Duration time) {
    /** Copies the maps. */
    public SystemPlan {
        fields = Collections.unmodifiableSortedMap(new TreeMap<>((Map<String, FieldPlan>) fields));
        calls = Collections.unmodifiableSortedMap(new TreeMap<>((Map<Operation, Long>) calls));
    }

    /**
     * What a run would do to one field at one system.
     *
     * @param changed how many records would get a value, or another one
     * @param cleared how many records would lose the value that they hold
     */
    public record FieldPlan(long changed, long cleared) {}

    /**
     * How many records would be changed.
     *
     * @return creates, updates and archives
     */
    public long changes() {
        return creates + updates + archives;
    }
}
