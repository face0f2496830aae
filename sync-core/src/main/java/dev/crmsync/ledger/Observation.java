package dev.crmsync.ledger;

import dev.crmsync.planning.Reason;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What became of events that were observed. Immutable.
 *
 * @param links the links that they reached
 * @param reasons how many decisions were made for each reason
 * @param deadLetters how many of them became dead letters
 * @param left those that others kept overtaking, or whose lease was lost: nothing of them was kept, and they are to be
 *     observed again later
 */
public record Observation(SortedSet<String> links, Map<Reason, Long> reasons, int deadLetters, List<Arrival> left) {
    /** Copies everything. */
    public Observation {
        links = Collections.unmodifiableSortedSet(new TreeSet<>(links));
        Map<Reason, Long> counts = new EnumMap<>(Reason.class);
        counts.putAll(reasons);
        reasons = Collections.unmodifiableMap(counts);
        left = List.copyOf(left);
    }
}
