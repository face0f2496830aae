package dev.crmsync.testkit.simulation;

import dev.crmsync.planning.Decision;
import dev.crmsync.planning.Reason;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Law 4: every outside edit that reached the engine became agreed, or stands in the journal with the reason why not. What
 * was answered with 200 has reached it.
 */
final class NoSilentLoss extends Law {
    /** Reasons for which nothing at all of a record is taken. */
    private static final Set<Reason> WHOLE =
            EnumSet.of(Reason.SECONDARY, Reason.UNIDENTIFIED, Reason.OVERTAKEN, Reason.GONE, Reason.ERASED);

    NoSilentLoss(Findings found) {
        super(4, found);
    }

    @Override
    void check() {
        for (Sighting sighting : found.chronicle.sightings) {
            if (sighting.notice != null && sighting.planned == 0) {
                broken("event " + sighting.notice.key() + " of " + sighting.event.ref()
                        + " was answered with 200 and never taken into account");
            } else if (sighting.planned > 0) {
                seen(sighting);
            }
        }
    }

    private void seen(Sighting sighting) {
        RecordRef ref = sighting.event.ref();
        String link = found.linkOf(ref);
        if (link == null) {
            boolean unknown = sighting.event.kind() != ChangeKind.UPSERT;
            if (!unknown) {
                broken(ref + " was seen and belongs to no link");
            }
            return;
        }
        List<Decision> decisions = found.kin(found.last(link)).stream()
                .flatMap(one -> found.decisions(one).stream())
                .toList();
        for (Field field : found.sights.shown(sighting)) {
            Deed deed = lastEdit(ref, sighting.taken, field);
            if (deed != null && deed.byPerson() && news(sighting, field)) {
                accounted(sighting, deed, field, decisions);
            }
        }
    }

    /**
     * Whether a sighting shows anything in the slots that it mentions that was not known already: from the sighting before
     * it, for an edit undone before it was seen is none, or from a later one that overtook it.
     */
    private boolean news(Sighting sighting, Field field) {
        RecordRef ref = sighting.event.ref();
        Map<String, NativeValue> told = told(sighting, field, sighting.taken);
        long before = 0;
        for (Sighting other : found.chronicle.sightings) {
            boolean known = other != sighting
                    && found.sights.believed(other)
                    && other.planned <= sighting.planned
                    && found.sights.mentions(other, ref, field);
            if (known
                    && other.taken >= sighting.taken
                    && told(sighting, field, other.taken).equals(told)) {
                return false;
            }
            if (known && other.taken < sighting.taken && !found.sights.overtaken(other, field)) {
                before = Math.max(before, other.taken);
            }
        }
        return !told(sighting, field, before).equals(told);
    }

    /** What the slots of a field that a sighting mentions held at a tick, blanks as nothing. */
    private Map<String, NativeValue> told(Sighting sighting, Field field, long tick) {
        RecordRef ref = sighting.event.ref();
        SortedMap<String, NativeValue> state = new TreeMap<>();
        for (Deed deed : found.deeds(ref)) {
            if (deed.tick() <= tick) {
                state = deed.after();
            }
        }
        TreeMap<String, NativeValue> told = new TreeMap<>();
        for (Map.Entry<String, NativeValue> slot : state.entrySet()) {
            String property = property(slot.getKey());
            if (field.equals(found.fieldOf(ref, slot.getKey()))
                    && sighting.event.properties().containsKey(property)
                    && !slot.getValue().isBlank()) {
                told.put(slot.getKey(), slot.getValue());
            }
        }
        return told;
    }

    /** The native property that a slot is, or is a key of. */
    private static String property(String slot) {
        int below = slot.indexOf('/');
        return below < 0 ? slot : slot.substring(0, below);
    }

    /** What made the value that a record had at a tick. */
    private @Nullable Deed lastEdit(RecordRef ref, long tick, Field field) {
        Deed last = null;
        for (Deed deed : found.deeds(ref)) {
            if (deed.tick() <= tick && found.fields(deed).contains(field)) {
                last = deed;
            }
        }
        return last;
    }

    private void accounted(Sighting sighting, Deed deed, Field field, List<Decision> decisions) {
        String system = deed.ref().system();
        Value value = found.value(deed.ref(), field, deed.after());
        boolean told = decisions.stream().anyMatch(decision -> {
            boolean here = decision.system().equals(system);
            boolean dated = here && sighting.event.asOf().equals(decision.asOf());
            boolean whole = decision.field() == null && dated && WHOLE.contains(decision.reason());
            boolean same = field.name().equals(decision.field());
            boolean saw = same && here && found.same(field, decision.saw(), value);
            boolean agreed =
                    same && (found.same(field, decision.after(), value) || partOf(sighting, field, decision.after()));
            return whole || saw || same && dated || agreed;
        });
        if (!told) {
            broken("the edit of " + field + " to " + found.show(value) + " at " + deed.ref() + " (tick " + deed.tick()
                    + ") was observed, was never agreed, and stands nowhere in the journal");
        }
    }

    /** Whether the parts of a value that a sighting tells are parts of an agreed one: another part was written after the edit. */
    private boolean partOf(Sighting sighting, Field field, @Nullable Value agreed) {
        RecordRef ref = sighting.event.ref();
        Map<String, NativeValue> told = told(sighting, field, sighting.taken);
        return agreed != null
                && !told.isEmpty()
                && found.mapped(ref, field)
                        .map(mapped -> found.lenses().put(mapped, field, agreed, Map.of(), link -> null))
                        .filter(put -> put.entrySet().containsAll(told.entrySet()))
                        .isPresent();
    }
}
