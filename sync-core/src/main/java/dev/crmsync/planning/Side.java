package dev.crmsync.planning;

import dev.crmsync.fields.Lenses;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.model.NativeValue;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is believed of one link at one system. Immutable.
 *
 * @param presence whether there is a record
 * @param record the primary record's id there, or null when there is none
 * @param secondaries ids of further records there that are the same thing
 * @param seen the last-seen raw values, by slot
 * @param sent values that we sent and whose echo may still come, by slot, oldest first
 * @param standings stances that something has brought about, by field name
 * @param held why no record may be made there until a person has answered, or null
 * @param inFlight the write that was begun, or null
 * @param wanted the read that is wanted, or null
 * @param lastInput when the last change event or answer of this record was planned, by the link's sequence
 * @param lastRead when the last read that superseded everything was answered, by the link's sequence, or 0
 * @param readAt when that read was answered, or the record was last found to be out of sight, on the engine's clock, or null
 * @param life what is known of the record's life, where somebody's deletions are followed
 * @param replaced bags that we replaced as wholes and that were not read since, by native property
 */
public record Side(
        Presence presence,
        @Nullable String record,
        SortedSet<String> secondaries,
        SortedMap<String, Seen> seen,
        SortedMap<String, List<Sent>> sent,
        SortedMap<String, Standing> standings,
        @Nullable Reason held,
        @Nullable InFlight inFlight,
        @Nullable WantedRead wanted,
        long lastInput,
        long lastRead,
        @Nullable Instant readAt,
        Life life,
        SortedMap<String, Replaced> replaced) {
    /** A side of which nothing is known. */
    public static final Side UNKNOWN = new Side(
            Presence.NONE,
            null,
            new TreeSet<>(),
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>(),
            null,
            null,
            null,
            0,
            0,
            null);

    /** Copies the collections. */
    public Side {
        secondaries = secondaries.isEmpty()
                ? Collections.emptySortedSet()
                : Collections.unmodifiableSortedSet(new TreeSet<>(secondaries));
        seen = Frozen.of(seen);
        sent = Frozen.of(sent);
        standings = Frozen.of(standings);
        replaced = Frozen.of(replaced);
    }

    /**
     * A side where nobody's deletions are followed and no bag was replaced.
     *
     * @param presence whether there is a record
     * @param record the primary record's id there, or null when there is none
     * @param secondaries ids of further records there that are the same thing
     * @param seen the last-seen raw values, by slot
     * @param sent values that we sent and whose echo may still come, by slot, oldest first
     * @param standings stances that something has brought about, by field name
     * @param held why no record may be made there until a person has answered, or null
     * @param inFlight the write that was begun, or null
     * @param wanted the read that is wanted, or null
     * @param lastInput when the last change event or answer of this record was planned, by the link's sequence
     * @param lastRead when the last read that superseded everything was answered, by the link's sequence, or 0
     * @param readAt when that read was answered, or the record was last found to be out of sight, on the engine's clock, or null
     */
    public Side(
            Presence presence,
            @Nullable String record,
            SortedSet<String> secondaries,
            SortedMap<String, Seen> seen,
            SortedMap<String, List<Sent>> sent,
            SortedMap<String, Standing> standings,
            @Nullable Reason held,
            @Nullable InFlight inFlight,
            @Nullable WantedRead wanted,
            long lastInput,
            long lastRead,
            @Nullable Instant readAt) {
        this(
                presence,
                record,
                secondaries,
                seen,
                sent,
                standings,
                held,
                inFlight,
                wanted,
                lastInput,
                lastRead,
                readAt,
                Life.UNKNOWN,
                new TreeMap<>());
    }

    /**
     * The last-seen raw values without their times.
     *
     * @return raw values by slot: a view of {@link #seen()}, unmodifiable
     */
    public Map<String, NativeValue> raw() {
        return new RawValues(seen);
    }

    /**
     * Whether the record can be written to.
     *
     * @return true when it was seen and is neither gone nor out of sight
     */
    public boolean reachable() {
        return presence == Presence.PRESENT;
    }

    /**
     * What is held there of a field.
     *
     * @param lenses the lenses
     * @param system the system
     * @param field the field, bag entries expanded
     * @param mapped its mapping there, or that of its bag
     * @return the canonical value; null while a part of it is not known
     */
    public @Nullable Value held(Lenses lenses, String system, Field field, FieldMapping mapped) {
        return Planning.held(lenses, system, field, mapped, seen);
    }

    /** Whether nothing is known of it. */
    boolean unknown() {
        return presence == Presence.NONE && equals(UNKNOWN);
    }

    /** The same side, where the links that what was seen stands for are those that stand for them today. */
    Side referring(Map<String, String> successors) {
        TreeMap<String, Seen> followed = new TreeMap<>(seen);
        followed.replaceAll((slot, known) -> known.referring(successors));
        return new Side(
                presence,
                record,
                secondaries,
                followed,
                sent,
                standings,
                held,
                inFlight,
                wanted,
                lastInput,
                lastRead,
                readAt,
                life,
                replaced);
    }
}
