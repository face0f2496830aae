package dev.crmsync.testkit.simulation;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What of all that the dice choose happens after all: a history is made smaller by leaving things out, and what is left stays as it
 * was chosen.
 *
 * @param deeds the numbers of the things that people do, from 0; null for all
 * @param faults the numbers of the faults that strike, from 1, in the order in which they do; null for all
 */
record Course(@Nullable SortedSet<Integer> deeds, @Nullable SortedSet<Integer> faults) {
    /** All that the dice choose. */
    static final Course ALL = new Course(null, null);

    Course {
        deeds = deeds == null ? null : Collections.unmodifiableSortedSet(new TreeSet<>(deeds));
        faults = faults == null ? null : Collections.unmodifiableSortedSet(new TreeSet<>(faults));
    }

    Course withDeeds(SortedSet<Integer> these) {
        return new Course(these, faults);
    }

    Course withFaults(SortedSet<Integer> these) {
        return new Course(deeds, these);
    }

    boolean has(int deed) {
        return deeds == null || deeds.contains(deed);
    }

    boolean strikes(int fault) {
        return faults == null || faults.contains(fault);
    }
}
