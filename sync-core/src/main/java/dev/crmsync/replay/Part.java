package dev.crmsync.replay;

import dev.crmsync.planning.Decision;
import dev.crmsync.planning.Due;
import dev.crmsync.planning.Input;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One link's part in a step: what of it is kept with that link, and is erased with it. Immutable.
 *
 * @param at when the input reached the engine
 * @param seq the input's sequence number
 * @param place its place among all that one recorder keeps, and as far as clocks agree among those of others
 * @param links the links that the input touches, sorted
 * @param rules the digest of the rules that it was planned under
 * @param input the input; null when it was erased
 * @param before this link as it was
 * @param decisions what was decided about this link, by place in the plan
 * @param due what was due for this link afterwards, by place in the plan
 */
public record Part(
        Instant at,
        long seq,
        long place,
        List<String> links,
        String rules,
        @Nullable Input input,
        Before before,
        SortedMap<Integer, Decision> decisions,
        SortedMap<Integer, Due> due) {
    /** Copies the collections. */
    public Part {
        links = List.copyOf(links);
        decisions = new TreeMap<>(decisions);
        due = new TreeMap<>(due);
    }

    /**
     * Whether another part is of the same step.
     *
     * @param other a part of another link
     * @return true when it is
     */
    public boolean goesWith(Part other) {
        return place == other.place && at.equals(other.at) && links.equals(other.links);
    }
}
