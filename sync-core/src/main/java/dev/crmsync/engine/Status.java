package dev.crmsync.engine;

import dev.crmsync.spi.store.DueCount;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a sync is doing. Immutable.
 *
 * @param sync the sync
 * @param links how many links there are, those that others took over included
 * @param inbox how many events wait to be planned
 * @param due how much work is due at each system, in each lane
 * @param nextDue when the next of it comes up, or null when nothing will
 * @param paused why systems are paused, by their names
 * @param reviews how many reviews are open, counted up to 1,000
 * @param deadLetters how many dead letters there are, counted up to 1,000
 */
public record Status(
        String sync,
        long links,
        long inbox,
        List<DueCount> due,
        @Nullable Instant nextDue,
        SortedMap<String, String> paused,
        int reviews,
        int deadLetters) {
    /** Copies the collections. */
    public Status {
        due = List.copyOf(due);
        paused = Collections.unmodifiableSortedMap(new TreeMap<>(paused));
    }

    /**
     * Whether nothing waits to be planned or done.
     *
     * @return true when the inbox is empty and no work is due in any lane
     */
    public boolean drained() {
        return inbox == 0 && due.isEmpty();
    }
}
