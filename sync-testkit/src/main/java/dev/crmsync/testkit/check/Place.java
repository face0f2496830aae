package dev.crmsync.testkit.check;

import dev.crmsync.spi.model.NativeValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is true at one system, and on its way from and to it. Immutable.
 *
 * @param exists whether it has the record
 * @param holds the record's native properties
 * @param changed when it was last changed, on the system's clock
 * @param notices events that are still to be told, oldest first
 * @param call what the engine is doing there, or null
 * @param hands what people have entered and still stands, by field
 * @param unclear fields of which an edit was told that only a read settles
 * @param tally acknowledged writes since the last edit was understood, by field
 * @param urges fields that an automation is about to put back
 * @param edits how many edits may still be made here
 */
record Place(
        boolean exists,
        SortedMap<String, NativeValue> holds,
        Instant changed,
        List<Notice> notices,
        @Nullable Call call,
        SortedMap<String, Hand> hands,
        SortedSet<String> unclear,
        SortedMap<String, Integer> tally,
        SortedSet<String> urges,
        int edits) {

    static Place empty(Instant since, int edits) {
        return new Place(
                false,
                Collections.emptySortedMap(),
                since,
                List.of(),
                null,
                Collections.emptySortedMap(),
                Collections.emptySortedSet(),
                Collections.emptySortedMap(),
                Collections.emptySortedSet(),
                edits);
    }

    Place beginning(SortedMap<String, Hand> entered) {
        return new Place(
                exists,
                holds,
                changed,
                notices,
                call,
                entered,
                Collections.emptySortedSet(),
                Collections.emptySortedMap(),
                urges,
                edits);
    }

    Place holding(SortedMap<String, NativeValue> properties, Instant at) {
        return new Place(true, properties, at, notices, call, hands, unclear, tally, urges, edits);
    }

    Place calling(@Nullable Call other) {
        return new Place(exists, holds, changed, notices, other, hands, unclear, tally, urges, edits);
    }

    Place noticing(List<Notice> others) {
        return new Place(exists, holds, changed, List.copyOf(others), call, hands, unclear, tally, urges, edits);
    }

    Place noticing(Notice more) {
        List<Notice> all = new ArrayList<>(notices);
        all.add(more);
        return noticing(all);
    }

    Place hand(String field, @Nullable Hand hand) {
        TreeMap<String, Hand> all = new TreeMap<>(hands);
        if (hand == null) {
            all.remove(field);
        } else {
            all.put(field, hand);
        }
        return new Place(exists, holds, changed, notices, call, all, unclear, tally, urges, edits);
    }

    Place unclear(SortedSet<String> fields) {
        return new Place(exists, holds, changed, notices, call, hands, fields, tally, urges, edits);
    }

    Place tallying(String field, int count) {
        TreeMap<String, Integer> all = new TreeMap<>(tally);
        if (count == 0) {
            all.remove(field);
        } else {
            all.put(field, count);
        }
        return new Place(exists, holds, changed, notices, call, hands, unclear, all, urges, edits);
    }

    Place urged(String field, boolean urge) {
        TreeSet<String> all = new TreeSet<>(urges);
        if (urge) {
            all.add(field);
        } else {
            all.remove(field);
        }
        return new Place(exists, holds, changed, notices, call, hands, unclear, tally, all, edits);
    }

    Place edited() {
        int left = edits == Integer.MAX_VALUE ? edits : edits - 1;
        return new Place(exists, holds, changed, notices, call, hands, unclear, tally, urges, left);
    }
}
