package dev.crmsync.planning;

import dev.crmsync.spi.model.RecordRef;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Of which records a link consists at one moment, without any value. Immutable.
 *
 * @param type the record type of all of them
 * @param parts its records by system; a system without any is left out
 * @param takenOverBy the link that has taken this one over, with all records, or null
 */
public record Composition(
        String type,
        SortedMap<String, Part> parts,
        @Nullable String takenOverBy) {
    /** Copies the map. */
    public Composition {
        parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
    }

    /**
     * The records at one system.
     *
     * @param primary the id of the one that is followed, or null when there is none
     * @param secondaries the ids of the others, which are only kept in mind
     * @param condition how the primary one stands
     */
    public record Part(@Nullable String primary, SortedSet<String> secondaries, Condition condition) {
        /** Copies the set. */
        public Part {
            secondaries = Collections.unmodifiableSortedSet(new TreeSet<>(secondaries));
        }
    }

    /** How a primary record stands. */
    public enum Condition {
        /** It is followed, as far as it can be seen. */
        FOLLOWED,
        /** It was deleted or archived there. */
        GONE,
        /** A person has taken it out of its link: it is left alone. */
        LEFT_ALONE
    }

    /**
     * Of which records a link consists as it stands.
     *
     * @param link the link
     * @return its composition
     */
    public static Composition of(LinkState link) {
        TreeMap<String, Part> parts = new TreeMap<>();
        link.sides().forEach((system, side) -> {
            if (side.record() != null || !side.secondaries().isEmpty()) {
                parts.put(system, new Part(side.record(), side.secondaries(), condition(side.presence())));
            }
        });
        return new Composition(link.type(), parts, link.joinedInto());
    }

    private static Condition condition(Presence presence) {
        return switch (presence) {
            case ARCHIVED, DELETED -> Condition.GONE;
            case IGNORED -> Condition.LEFT_ALONE;
            case NONE, MENTIONED, PRESENT, NOT_VISIBLE -> Condition.FOLLOWED;
        };
    }

    /**
     * All records, primary and secondary.
     *
     * @return their references
     */
    public Set<RecordRef> refs() {
        Set<RecordRef> refs = new TreeSet<>();
        for (Map.Entry<String, Part> entry : parts.entrySet()) {
            String primary = entry.getValue().primary();
            if (primary != null) {
                refs.add(new RecordRef(entry.getKey(), type, primary));
            }
            entry.getValue().secondaries().forEach(id -> refs.add(new RecordRef(entry.getKey(), type, id)));
        }
        return refs;
    }
}
