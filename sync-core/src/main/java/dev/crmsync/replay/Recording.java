package dev.crmsync.replay;

import dev.crmsync.planning.Rules;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The inputs of some links, in order, and the rules that they were planned under. Immutable.
 *
 * @param steps the inputs; those of one link in the order in which they were planned
 * @param rules the rules, by the digest that steps record
 */
public record Recording(List<Step> steps, SortedMap<String, Rules> rules) {
    /** Copies the collections. */
    public Recording {
        steps = List.copyOf(steps);
        rules = Collections.unmodifiableSortedMap(new TreeMap<>(rules));
    }
}
