package dev.crmsync.planning;

import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes in what a system says of a record: tells news from what is old, known, our own, or not yet clear, and hands real
 * edits to the field's rule.
 */
final class Observing {
    private final Planning planning;
    private final Deciding deciding;
    private final Partings partings;

    Observing(Planning planning) {
        this.planning = planning;
        this.deciding = new Deciding(planning);
        this.partings = new Partings(planning);
    }

    /**
     * Takes in an event.
     *
     * @param supersedes whether the event is known to be later than all that was seen before, whatever its as-of says
     */
    void observe(LinkDraft link, ChangeEvent event, boolean supersedes, Map<RecordRef, String> references) {
        String system = event.ref().system();
        SideDraft side = link.side(system);
        if (link.erased) {
            planning.decided(link, system, Reason.ERASED, event.asOf());
            return;
        }
        if (side.presence == Presence.IGNORED) {
            planning.decided(link, system, Reason.UNLINKED, event.asOf());
            return;
        }
        if (!event.ref().id().equals(side.record)) {
            planning.decided(link, system, Reason.SECONDARY, event.asOf());
            return;
        }
        Side before = side.freeze();
        switch (event.kind()) {
            case UPSERT -> upsert(link, event, supersedes, references);
            // Told late or twice it may be gone again: what it says is not believed before it was read.
            case RESTORE -> restored(link, event);
            case GAP -> side.want(Reason.GAP, planning.seq);
            case DELETE -> vanish(link, event, Presence.DELETED);
            case ARCHIVE -> vanish(link, event, Presence.ARCHIVED);
            case NOT_VISIBLE -> outOfSight(link, system, side, event.asOf());
            case MERGE, CONVERT -> became(link, side, event);
        }
        // To want a read that is wanted already changes nothing, and yet one that is under way is too old an answer.
        if (side.asked || !side.is(before)) {
            side.lastInput = planning.seq;
        }
    }

    /** A record that was not known to be gone, and that somebody wanted back: what is to be archived there is contested. */
    private void restored(LinkDraft link, ChangeEvent event) {
        String system = event.ref().system();
        SideDraft side = link.side(system);
        if (side.presence == Presence.PRESENT) {
            partings.restored(link, system, event.asOf());
        } else {
            partings.toldOfReturn(link, system, event.asOf());
        }
        side.wantBack(planning.seq);
    }

    /** The change of identity has said what becomes of the link; where it was left to a person, the record is read. */
    private void became(LinkDraft link, SideDraft side, ChangeEvent event) {
        boolean sameType =
                event.other().filter(other -> other.type().equals(link.type())).isPresent();
        if (sameType) {
            side.want(Reason.REKEYED, planning.seq);
        }
    }

    private void appear(LinkDraft link, String system, SideDraft side, AsOf asOf) {
        if (side.presence != Presence.PRESENT) {
            boolean returned = side.presence != Presence.MENTIONED && side.presence != Presence.NONE;
            boolean restored = side.gone();
            side.presence = Presence.PRESENT;
            if (returned) {
                planning.decided(link, system, Reason.BACK);
                partings.back(link, system);
            }
            if (restored) {
                partings.cameBack(link, system, null, asOf.to());
            }
        }
    }

    /** A deletion that may be older than what was seen since, or than a restoration that was told, is checked by a read. */
    private void vanish(LinkDraft link, ChangeEvent event, Presence gone) {
        String system = event.ref().system();
        SideDraft side = link.side(system);
        boolean restored = side.wanted != null && side.wanted.reason() == Reason.BACK;
        boolean old =
                side.seen.values().stream().anyMatch(seen -> event.asOf().compare(seen.asOf()) == AsOf.Order.BEFORE);
        if (old) {
            partings.cameBack(link, system, event.asOf().to(), latest(side));
            side.want(Reason.UNORDERED, planning.seq);
        } else if (restored || side.seen.values().stream().anyMatch(seen -> overlaps(event, seen))) {
            side.want(Reason.GONE, planning.seq);
        } else {
            gone(link, system, side, gone, event.asOf(), true);
        }
    }

    /** By when the record was last seen. */
    private static Instant latest(SideDraft side) {
        return side.seen.values().stream()
                .map(seen -> seen.asOf().from())
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    private static boolean overlaps(ChangeEvent event, Seen seen) {
        return event.asOf().compare(seen.asOf()) == AsOf.Order.UNORDERED;
    }

    /**
     * A record is gone there. Nothing else is touched, unless the record rules say that others follow.
     *
     * @param dated whether the as-of says when it was deleted, and not only when it was known to be gone
     */
    void gone(LinkDraft link, String system, SideDraft side, Presence gone, @Nullable AsOf asOf, boolean dated) {
        boolean ours = side.inFlight != null && side.inFlight.archive();
        boolean first = side.presence == Presence.PRESENT || side.presence == Presence.NOT_VISIBLE;
        if (side.presence != gone) {
            planning.decided(link, system, ours ? Reason.ARCHIVED : Reason.GONE, asOf);
            if (first && !ours && side.life.parting() == null) {
                partings.gone(link, system, dated ? asOf : null);
            }
        }
        lose(link, system, side, gone);
    }

    /** These credentials cannot see it: it may be there, and is looked for again. */
    void outOfSight(LinkDraft link, String system, SideDraft side, @Nullable AsOf asOf) {
        if (side.presence != Presence.NOT_VISIBLE) {
            planning.decided(link, system, Reason.NOT_VISIBLE, asOf);
        }
        lose(link, system, side, Presence.NOT_VISIBLE);
        side.readAt = planning.at;
    }

    private void lose(LinkDraft link, String system, SideDraft side, Presence presence) {
        side.presence = presence;
        side.wanted = null;
        side.inFlight = null;
        partings.end(link, system, side);
    }

    private void upsert(LinkDraft link, ChangeEvent event, boolean supersedes, Map<RecordRef, String> references) {
        String system = event.ref().system();
        SideDraft side = link.side(system);
        boolean wasGone = side.gone();
        boolean mayBeOld = event.evidence() == Evidence.EVENT || event.evidence() == Evidence.INDEX;
        if (!supersedes && (wasGone || side.presence == Presence.NOT_VISIBLE && mayBeOld)) {
            side.want(Reason.BACK, planning.seq);
            planning.decided(link, system, Reason.GONE, event.asOf());
            return;
        }
        boolean part = event.evidence() == Evidence.EVENT && !event.full();
        if (side.presence == Presence.MENTIONED && !supersedes && part) {
            // The rest may say whose record it is, and what is made elsewhere of a part alone is made for good.
            side.want(Reason.UNIDENTIFIED, planning.seq);
            planning.decided(link, system, Reason.UNIDENTIFIED, event.asOf());
            return;
        }
        appear(link, system, side, event.asOf());
        Carriage carriage = planning.rules.carriage(system, link.type());
        if (carriage == null) {
            return;
        }
        Frozen<NativeValue> slots = carriage.quick(slots(carriage, event, side));
        Map<String, Seen> wholes = wholes(carriage, event, side, supersedes);
        UnchangedFields unchanged = new UnchangedFields(planning, link, side, event, slots);
        for (Carried carried : carriage.told(slots)) {
            if (!unchanged.takes(carried)) {
                new FieldNews(planning, deciding, link, side, event, carried, slots, supersedes, references).settle();
            }
        }
        if (!wholes.isEmpty()) {
            side.seen.putAll(wholes);
            new Replacements(side).told(wholes.keySet(), slots);
        }
    }

    /** See {@link Deciding#resisted}. */
    void resisted(LinkDraft link, String system, Field field) {
        deciding.resisted(link, system, field);
    }

    /**
     * What was sent, and is not shown by a read that was issued after its answer or the want of one, has not taken effect:
     * whoever enters that value later is somebody else.
     */
    void disprove(LinkDraft link, ChangeEvent read) {
        String system = read.ref().system();
        SideDraft side = link.side(system);
        if (side.sent.isEmpty() || read.evidence() == Evidence.INDEX) {
            return;
        }
        Carriage carriage = planning.rules.carriage(system, link.type());
        if (carriage == null) {
            return;
        }
        Map<String, NativeValue> shown = slots(carriage, read, side);
        for (String slot : List.copyOf(side.sent.keySet())) {
            NativeValue raw = shown.getOrDefault(slot, inWhole(carriage, read, slot) ? NativeValue.EMPTY : null);
            for (Field field : carriage.fields(Set.of(slot))) {
                Carried carried = carriage.carried(field);
                if (raw != null && carried != null) {
                    side.disown(slot, sent -> !planning.shows(system, carried.mapped(), field, slot, sent, raw));
                }
            }
        }
    }

    /** Whether an event gives a slot's bag whole. */
    private static boolean inWhole(Carriage carriage, ChangeEvent event, String slot) {
        return carriage.bags().stream()
                .anyMatch(bag -> slot.startsWith(bag.property() + "/")
                        && event.properties().containsKey(bag.property()));
    }

    /** When each bag that the event gives whole was last seen so: keys that it lacks were not there then. */
    private static Map<String, Seen> wholes(Carriage carriage, ChangeEvent event, SideDraft side, boolean supersedes) {
        if (carriage.bags().isEmpty()) {
            return Map.of();
        }
        Map<String, Seen> wholes = new TreeMap<>();
        for (Lens.BagOf bag : carriage.bags()) {
            if (event.properties().containsKey(bag.property()) && event.evidence() != Evidence.INDEX) {
                Seen before = side.seen.get(bag.property());
                if (before == null || supersedes || event.asOf().compare(before.asOf()) == AsOf.Order.AFTER) {
                    wholes.put(bag.property(), new Seen(NativeValue.EMPTY, event.asOf()));
                }
            }
        }
        return wholes;
    }

    /** The event's slots, with keys that vanished from a bag that is given whole as empty. */
    private Map<String, NativeValue> slots(Carriage carriage, ChangeEvent event, SideDraft side) {
        Map<String, NativeValue> slots = carriage.slots(event.properties());
        if (event.evidence() == Evidence.INDEX) {
            return slots;
        }
        for (Lens.BagOf bag : carriage.bags()) {
            if (event.properties().containsKey(bag.property())) {
                String prefix = bag.property() + "/";
                side.seen.forEach((slot, seen) -> {
                    if (slot.startsWith(prefix) && !seen.raw().equals(NativeValue.EMPTY)) {
                        slots.putIfAbsent(slot, NativeValue.EMPTY);
                    }
                });
            }
        }
        return slots;
    }
}
