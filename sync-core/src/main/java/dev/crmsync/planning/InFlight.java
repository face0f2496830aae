package dev.crmsync.planning;

import dev.crmsync.spi.model.NativeValue;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A write that was begun and whose outcome is not settled. There is at most one for each link and system.
 *
 * @param seq when it was begun, by the link's sequence
 * @param at when it was begun, on the engine's clock
 * @param create whether it makes a record
 * @param slots the raw values sent, by slot
 * @param joinKey the join key that a create is sent with, so that it is found again by no other; null when none was known
 * @param idempotencyKey the key that a create is sent under, or null
 * @param unknown whether it is known that the outcome is unknown
 * @param absences how often a look-up after a create of unknown outcome found nothing, beyond the declared lag
 * @param archive whether it archives the record, and writes nothing
 */
public record InFlight(
        long seq,
        Instant at,
        boolean create,
        SortedMap<String, NativeValue> slots,
        @Nullable String joinKey,
        @Nullable String idempotencyKey,
        boolean unknown,
        int absences,
        boolean archive) {
    /** Copies the slots. */
    public InFlight {
        slots = Frozen.of(slots);
    }

    /**
     * A write that archives nothing.
     *
     * @param seq when it was begun, by the link's sequence
     * @param at when it was begun, on the engine's clock
     * @param create whether it makes a record
     * @param slots the raw values sent, by slot
     * @param joinKey the join key that a create is sent with; null when none was known
     * @param idempotencyKey the key that a create is sent under, or null
     * @param unknown whether it is known that the outcome is unknown
     * @param absences how often a look-up after a create of unknown outcome found nothing
     */
    public InFlight(
            long seq,
            Instant at,
            boolean create,
            SortedMap<String, NativeValue> slots,
            @Nullable String joinKey,
            @Nullable String idempotencyKey,
            boolean unknown,
            int absences) {
        this(seq, at, create, slots, joinKey, idempotencyKey, unknown, absences, false);
    }

    /** An archiving that begins now. */
    static InFlight archiving(long seq, Instant at) {
        return new InFlight(seq, at, false, new TreeMap<>(), null, null, false, 0, true);
    }

    /** A write that begins now, under the keys that a create is sent with. */
    static InFlight begun(
            long seq, Instant at, Difference difference, @Nullable String joinKey, @Nullable String idempotencyKey) {
        boolean create = difference.create();
        return new InFlight(
                seq, at, create, difference.slots(), create ? joinKey : null, create ? idempotencyKey : null, false, 0);
    }

    InFlight outcomeUnknown() {
        return new InFlight(seq, at, create, slots, joinKey, idempotencyKey, true, absences, archive);
    }

    /** The same write of which one slot is settled: it was seen to take effect there, and what followed is not its doing. */
    InFlight settled(String slot) {
        TreeMap<String, NativeValue> left = new TreeMap<>(slots);
        left.remove(slot);
        return new InFlight(seq, at, create, left, joinKey, idempotencyKey, unknown, absences, archive);
    }

    InFlight absentOnceMore() {
        return new InFlight(seq, at, create, slots, joinKey, idempotencyKey, unknown, absences + 1, archive);
    }
}
