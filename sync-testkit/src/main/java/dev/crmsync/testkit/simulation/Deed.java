package dev.crmsync.testkit.simulation;

import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Something that truly happened to a record at a vendor.
 *
 * @param tick when, in the order of all that happened
 * @param at when, by the world's clock
 * @param ref the record
 * @param kind what happened
 * @param call our write that did it, or null when a person did
 * @param before what the record held before, by slot
 * @param after what it holds now, by slot
 */
record Deed(
        long tick,
        Instant at,
        RecordRef ref,
        Kind kind,
        @Nullable Call call,
        SortedMap<String, NativeValue> before,
        SortedMap<String, NativeValue> after) {
    Deed {
        before = Collections.unmodifiableSortedMap(new TreeMap<>(before));
        after = Collections.unmodifiableSortedMap(new TreeMap<>(after));
    }

    /** What happened. */
    enum Kind {
        CREATED,
        EDITED,
        ARCHIVED,
        DELETED,
        RESTORED
    }

    /** What one slot held, null when nothing was ever there, and what it holds now. */
    record Change(@Nullable NativeValue before, NativeValue after) {}

    boolean byPerson() {
        return call == null;
    }

    /** A record's properties by slot: below a map each key is a slot of its own. */
    static SortedMap<String, NativeValue> slots(Map<String, NativeValue> properties) {
        TreeMap<String, NativeValue> slots = new TreeMap<>();
        properties.forEach((property, value) -> {
            if (value instanceof NativeValue.Entries bag) {
                bag.entries().forEach((key, entry) -> slots.put(property + "/" + key, entry));
            } else {
                slots.put(property, value);
            }
        });
        return slots;
    }

    /** The slots that changed. */
    SortedMap<String, Change> changes() {
        TreeMap<String, Change> changes = new TreeMap<>();
        after.forEach((slot, value) -> {
            if (!value.equals(before.getOrDefault(slot, NativeValue.EMPTY))) {
                changes.put(slot, new Change(before.get(slot), value));
            }
        });
        before.forEach((slot, value) -> {
            if (!after.containsKey(slot) && !value.equals(NativeValue.EMPTY)) {
                changes.put(slot, new Change(value, NativeValue.EMPTY));
            }
        });
        return changes;
    }
}
