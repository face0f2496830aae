package dev.crmsync.planning;

import dev.crmsync.spi.mapping.Access;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.NativeValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells what became of a bag by our own doing from what somebody did to it, at systems that replace bags as wholes. A whole that
 * we write carries every key as it was last read: one that was edited between that read and our write is written over, and
 * nobody has done that but we.
 */
final class Replacements {
    private final SideDraft side;

    Replacements(SideDraft side) {
        this.side = side;
    }

    /** A write to a record that is there begins: every bag of which it changes a key is replaced. */
    void begin(Carriage carriage, Difference difference) {
        if (difference.create()) {
            return;
        }
        difference.fields().values().forEach(field -> {
            Carried carried = carriage.carried(field);
            FieldMapping mapped = carried == null ? null : carried.mapped();
            if (mapped != null
                    && mapped.lens() instanceof Lens.BagOf bag
                    && mapped.access().writable() == Access.Writable.REPLACED) {
                side.replaced.put(bag.property(), Replaced.BEGUN);
            }
        });
    }

    /** A write has taken effect by now. */
    void stand(InFlight flight, @Nullable AsOf told, Instant now) {
        for (String bag : of(flight)) {
            AsOf asOf = told == null ? reckoned(bag, now) : told;
            side.replaced.computeIfPresent(bag, (name, replaced) -> replaced.since(asOf));
        }
    }

    /**
     * An answer that shows nothing tells at least that the write has taken effect by now, which on the system's clock is as long
     * after the read that came first as it is on ours, give or take the time that the read was under way.
     */
    private @Nullable AsOf reckoned(String bag, Instant now) {
        Seen whole = side.seen.get(bag);
        Instant read = side.readAt;
        if (whole == null || read == null || read.isAfter(now)) {
            return null;
        }
        Instant from = whole.asOf().to();
        return new AsOf(from, from.plus(Duration.between(read, now)).plus(Rules.FRESH));
    }

    /** Bags were told whole, later than we had last read them: one that shows all that our whole carried shows that it stands. */
    void told(Set<String> bags, Map<String, NativeValue> slots) {
        for (String bag : bags) {
            if (!underWay() && untouched(bag) && showsAllOf(bag, slots)) {
                side.replaced.remove(bag);
            }
        }
    }

    /** Whether a whole of ours was written there, and nothing of it was told otherwise since. */
    private boolean untouched(String bag) {
        Replaced replaced = side.replaced.get(bag);
        return replaced != null && replaced.carried().isEmpty();
    }

    private boolean showsAllOf(String bag, Map<String, NativeValue> slots) {
        return side.seen.entrySet().stream()
                .filter(seen -> seen.getKey().startsWith(bag + "/"))
                .allMatch(seen -> seen.getValue().raw().equals(slots.getOrDefault(seen.getKey(), NativeValue.EMPTY)));
    }

    /** The answer to a write shows what it came to. What was told otherwise meanwhile and is not settled by it, a read settles. */
    void shown(ChangeEvent answer) {
        for (String bag : List.copyOf(side.replaced.keySet())) {
            if (untouched(bag) && answer.properties().containsKey(bag)) {
                side.replaced.remove(bag);
            }
        }
    }

    /** A write has not taken effect, or is not this record's any more. */
    void drop(InFlight flight) {
        of(flight).forEach(side.replaced::remove);
    }

    /** A read of all there is tells what came of every write that had an answer. */
    void read() {
        if (!underWay()) {
            side.replaced.clear();
        }
    }

    /**
     * A slot is told otherwise than our whole carried it. Told for certain of a time after it, somebody has edited what we wrote;
     * of any other, we may have written over the edit, or are about to.
     *
     * @return whether only a read tells
     */
    boolean overlay(FieldMapping mapped, String slot, AsOf edited, boolean latest) {
        String bag = bag(mapped);
        Replaced replaced = bag == null ? null : side.replaced.get(bag);
        if (bag == null || replaced == null) {
            return false;
        }
        boolean later = latest && !underWay() || replaced.before(edited);
        side.replaced.put(bag, later ? replaced.without(slot) : replaced.overlaid(slot, whole(slot)));
        return !later;
    }

    /** A slot shows again what our whole carried. */
    void settle(FieldMapping mapped, String slot) {
        String bag = bag(mapped);
        if (bag != null) {
            side.replaced.computeIfPresent(bag, (name, replaced) -> replaced.without(slot));
        }
    }

    /** What our whole carried in a slot that was told otherwise since; null when the slot shows what somebody has entered there. */
    @Nullable NativeValue carried(FieldMapping mapped, String slot, AsOf shown, boolean latest) {
        String bag = bag(mapped);
        Replaced replaced = bag == null ? null : side.replaced.get(bag);
        Seen seen = side.seen.get(slot);
        if (replaced == null || seen == null || replaced.before(seen.asOf())) {
            return null;
        }
        return latest || !replaced.after(shown) ? replaced.carried().get(slot) : null;
    }

    private NativeValue whole(String slot) {
        NativeValue sent = side.inFlight == null ? null : side.inFlight.slots().get(slot);
        Seen seen = side.seen.get(slot);
        return sent != null ? sent : seen != null ? seen.raw() : NativeValue.EMPTY;
    }

    private boolean underWay() {
        return side.inFlight != null && !side.inFlight.unknown();
    }

    private static @Nullable String bag(FieldMapping mapped) {
        return mapped.lens() instanceof Lens.BagOf bag ? bag.property() : null;
    }

    /** The bags of which a write changes a key. */
    private List<String> of(InFlight flight) {
        if (side.replaced.isEmpty()) {
            return List.of();
        }
        Set<String> slots = flight.slots().keySet();
        return List.copyOf(side.replaced.keySet()).stream()
                .filter(bag -> slots.stream().anyMatch(slot -> slot.startsWith(bag + "/")))
                .toList();
    }
}
