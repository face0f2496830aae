package dev.crmsync.planning;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a {@link Frozen} map: in order, and found by their hash. States that follow upon each other mostly have the same
 * keys, and share them. Immutable.
 */
final class Names {
    /** How many names a name may meet on its way to its place, on average. */
    private static final int STEPS = 4;

    private static final int[] NOWHERE = {};

    static final Names NONE = new Names(new String[0]);

    private final String[] sorted;

    /**
     * For each place of a hash one more than the index of the name that lies there, or 0; at least twice as many places as names.
     * None at all when the hashes are too much alike, which somebody may have brought about who chooses the keys of a bag.
     */
    private final int[] places;

    private Names(String[] sorted) {
        this.sorted = sorted;
        this.places = placed(sorted);
    }

    private static int[] placed(String[] names) {
        int[] places = new int[Integer.highestOneBit(Math.max(1, names.length)) * 4];
        int steps = names.length * STEPS;
        for (int i = 0; i < names.length; i++) {
            int place = place(names[i], places);
            for (; places[place] != 0; steps--) {
                place = next(place, places);
            }
            places[place] = i + 1;
            if (steps < 0) {
                return NOWHERE;
            }
        }
        return places;
    }

    /** The first names of an array that is handed over, in ascending order and without repetition. */
    static Names of(String[] ascending, int count) {
        return count == 0 ? NONE : new Names(Arrays.copyOf(ascending, count));
    }

    int size() {
        return sorted.length;
    }

    String at(int index) {
        return sorted[index];
    }

    /** The index of a name, or a negative number when it is not among them. */
    int indexOf(@Nullable Object name) {
        if (!(name instanceof String)) {
            return -1;
        }
        if (places.length == 0) {
            return Arrays.binarySearch(sorted, name);
        }
        for (int place = place(name, places); places[place] != 0; place = next(place, places)) {
            int index = places[place] - 1;
            if (sorted[index].equals(name)) {
                return index;
            }
        }
        return -1;
    }

    /** A copy of the names, with room for more. */
    String[] copy(int room) {
        return Arrays.copyOf(sorted, sorted.length + room);
    }

    /** Whether the first of some ascending names are exactly these. */
    boolean are(String[] ascending, int count) {
        return Arrays.equals(sorted, 0, sorted.length, ascending, 0, count);
    }

    boolean same(Names other) {
        return Arrays.equals(sorted, other.sorted);
    }

    private static int place(Object name, int[] places) {
        int hash = name.hashCode();
        return (hash ^ hash >>> 16) & places.length - 1;
    }

    private static int next(int place, int[] places) {
        return place + 1 & places.length - 1;
    }
}
