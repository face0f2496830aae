package dev.crmsync.planning;

import dev.crmsync.spi.field.Value;
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
 * What is believed of one link: the records that are the same thing. Immutable.
 *
 * @param id the link's id
 * @param type the canonical record type
 * @param seq its version: the sequence number of the last input that changed it, 0 when it is new
 * @param rulesHash the rules under which it was last planned
 * @param agreed the agreed values, by field name, bag entries expanded
 * @param sides what is believed of it at each system, by system name
 * @param apart ids of links that a person said are different things
 * @param joinedInto the link that took this one over, or null
 * @param erased whether its values were erased for good
 */
public record LinkState(
        String id,
        String type,
        long seq,
        String rulesHash,
        SortedMap<String, Agreed> agreed,
        SortedMap<String, Side> sides,
        SortedSet<String> apart,
        @Nullable String joinedInto,
        boolean erased) {
    /** Copies the collections. */
    public LinkState {
        agreed = Frozen.of(agreed);
        sides = Frozen.of(sides);
        apart = apart.isEmpty()
                ? Collections.emptySortedSet()
                : Collections.unmodifiableSortedSet(new TreeSet<>(apart));
    }

    /**
     * A link of which nothing is known.
     *
     * @param id its id
     * @param type its record type
     * @return the state, of sequence 0
     */
    public static LinkState empty(String id, String type) {
        return new LinkState(id, type, 0, "", new TreeMap<>(), new TreeMap<>(), new TreeSet<>(), null, false);
    }

    /**
     * What is believed of it at a system.
     *
     * @param system the system
     * @return the side; {@link Side#UNKNOWN} when nothing is known
     */
    public Side side(String system) {
        return sides.getOrDefault(system, Side.UNKNOWN);
    }

    /**
     * The primary record at a system.
     *
     * @param system the system
     * @return its reference, or null when there is none
     */
    public @Nullable RecordRef ref(String system) {
        String record = side(system).record();
        return record == null ? null : new RecordRef(system, type, record);
    }

    /**
     * Names the record that others may refer to at a system.
     *
     * @param system the system
     * @return the record, or null when the link has none there, or it was deleted or archived: a vendor takes no reference to that
     */
    public @Nullable RecordRef referable(String system) {
        Presence presence = side(system).presence();
        return presence == Presence.DELETED || presence == Presence.ARCHIVED ? null : ref(system);
    }

    /**
     * Whether a person said that this link and another are different things.
     *
     * @param other the other link
     * @return true when either of them knows so
     */
    public boolean isApartFrom(LinkState other) {
        return apart.contains(other.id()) || other.apart().contains(id);
    }

    /**
     * All records of this link, primary and secondary.
     *
     * @return their references
     */
    public Set<RecordRef> refs() {
        Set<RecordRef> refs = new TreeSet<>();
        for (Map.Entry<String, Side> entry : sides.entrySet()) {
            String record = entry.getValue().record();
            if (record != null) {
                refs.add(new RecordRef(entry.getKey(), type, record));
            }
            entry.getValue().secondaries().forEach(id -> refs.add(new RecordRef(entry.getKey(), type, id)));
        }
        return refs;
    }

    /**
     * The other links that this one refers to: agreed, or last seen somewhere.
     *
     * @return their ids
     */
    public Set<String> references() {
        Set<String> links = new TreeSet<>();
        agreed.values().forEach(known -> links.addAll(referredTo(known.value())));
        sides.values()
                .forEach(side -> side.seen()
                        .values()
                        .forEach(seen -> links.addAll(seen.links().values())));
        return links;
    }

    /**
     * The links that a value refers to.
     *
     * @param value a canonical value
     * @return their ids, sorted; none for a value that is no reference
     */
    public static SortedSet<String> referredTo(Value value) {
        if (value instanceof Value.Reference reference) {
            return new TreeSet<>(Set.of(reference.link()));
        }
        return value instanceof Value.References all ? all.links() : Collections.emptySortedSet();
    }

    /**
     * The same state, where links that were taken over are referred to by those that stand for them: a reference to either is
     * one and the same.
     *
     * @param successors the link that stands for each that was taken over
     * @return a copy
     */
    public LinkState referring(Map<String, String> successors) {
        TreeMap<String, Agreed> values = new TreeMap<>(agreed);
        values.replaceAll((field, known) -> known.referring(successors));
        TreeMap<String, Side> all = new TreeMap<>(sides);
        all.replaceAll((system, side) -> side.referring(successors));
        return new LinkState(id, type, seq, rulesHash, values, all, apart, joinedInto, erased);
    }
}
