package dev.crmsync.policy;

import dev.crmsync.spi.SyncException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How far the clocks of two systems may be apart, as their operator vouches for it. Times of two systems without a declared
 * skew are never compared. Immutable.
 *
 * @param common the skew of every pair that has none of its own, or null when these are not compared
 * @param pairs the skew of single pairs
 */
public record Skew(@Nullable Duration common, SortedMap<Pair, Duration> pairs) {
    private static final Skew UNDECLARED = new Skew(null, new TreeMap<>());

    /** Copies the map and refuses negative skews. */
    public Skew {
        pairs = Collections.unmodifiableSortedMap(new TreeMap<>(pairs));
        if (common != null) {
            refuseNegative(common);
        }
        pairs.values().forEach(Skew::refuseNegative);
    }

    /**
     * Two systems, in the order of their names.
     *
     * @param one the first by name
     * @param other the second
     */
    public record Pair(String one, String other) implements Comparable<Pair> {
        /** Puts the names in order and refuses a system with itself. */
        public Pair {
            if (one.equals(other)) {
                throw SyncException.configuration("system " + one + " has no skew with itself; name two systems");
            }
            if (one.compareTo(other) > 0) {
                String first = other;
                other = one;
                one = first;
            }
        }

        @Override
        public int compareTo(Pair that) {
            int first = one.compareTo(that.one);
            return first != 0 ? first : other.compareTo(that.other);
        }
    }

    /**
     * No skew is declared: times are compared within one system only.
     *
     * @return the skew
     */
    public static Skew undeclared() {
        return UNDECLARED;
    }

    /**
     * All clocks are at most so far apart.
     *
     * @param most the greatest distance, not negative
     * @return the skew
     */
    public static Skew within(Duration most) {
        return new Skew(most, new TreeMap<>());
    }

    /**
     * The same with the skew of one pair.
     *
     * @param one a system
     * @param other another system
     * @param most the greatest distance of their clocks, not negative
     * @return a copy
     */
    public Skew between(String one, String other, Duration most) {
        TreeMap<Pair, Duration> more = new TreeMap<>(pairs);
        more.put(new Pair(one, other), most);
        return new Skew(common, more);
    }

    /**
     * The skew of a pair.
     *
     * @param one a system
     * @param other another system
     * @return the greatest distance of their clocks, or empty when it is not declared
     */
    public Optional<Duration> of(String one, String other) {
        return Optional.ofNullable(pairs.getOrDefault(new Pair(one, other), common));
    }

    SortedSet<String> systems() {
        TreeSet<String> named = new TreeSet<>();
        for (Map.Entry<Pair, Duration> pair : pairs.entrySet()) {
            named.add(pair.getKey().one());
            named.add(pair.getKey().other());
        }
        return named;
    }

    private static void refuseNegative(Duration skew) {
        if (skew.isNegative()) {
            throw SyncException.configuration(
                    "a skew is the greatest distance of two clocks and not negative: " + skew);
        }
    }
}
