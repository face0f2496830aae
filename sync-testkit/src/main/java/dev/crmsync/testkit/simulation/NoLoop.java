package dev.crmsync.testkit.simulation;

import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.model.RecordRef;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Law 2: at most one acknowledged write of a field to a following system begins after its last outside edit was observed. */
final class NoLoop extends Law {
    NoLoop(Findings found) {
        super(2, found);
    }

    @Override
    void check() {
        for (String link : found.links.keySet()) {
            List<RecordRef> records = found.records(link);
            long upheaval = Math.max(upheaval(records), parted(link));
            Map<Field, Long> last = lastObserved(records);
            for (RecordRef ref : records) {
                Map<Field, Integer> writes = new TreeMap<>();
                for (Call call : found.vendor(ref.system()).calls) {
                    if (!call.acknowledged() || !ref.equals(call.write.ref())) {
                        continue;
                    }
                    for (Field field : written(call, ref)) {
                        long edge = Math.max(upheaval, last.getOrDefault(field, 0L));
                        if (call.begun > edge && writes.merge(field, 1, Integer::sum) > 1) {
                            broken(field + " was written to " + ref
                                    + " more than once after its last outside edit had been observed; the last write was #"
                                    + call.number + " at " + call.system);
                        }
                    }
                }
            }
        }
    }

    /** The fields that a write was about; of a whole that had to be replaced only what changed in it. */
    private SortedSet<Field> written(Call call, RecordRef ref) {
        TreeSet<Field> fields = new TreeSet<>();
        Deed deed = call.deed;
        Deed.slots(call.write.properties()).keySet().forEach(slot -> {
            boolean carried = slot.startsWith(Shape.BAG + "/")
                    && found.vendor(ref.system()).shape.bagReplaced()
                    && (deed == null || !deed.changes().containsKey(slot));
            Field field = carried ? null : found.fieldOf(ref, slot);
            if (field != null) {
                fields.add(field);
            }
        });
        return fields;
    }

    private Map<Field, Long> lastObserved(List<RecordRef> records) {
        Map<Field, Long> last = new TreeMap<>();
        for (RecordRef ref : records) {
            for (Deed deed : found.deeds(ref)) {
                if (deed.byPerson()) {
                    found.fields(deed)
                            .forEach(field -> last.merge(field, found.sights.understood(deed, field), Math::max));
                }
            }
        }
        return last;
    }

    /**
     * When it was last observed that a record came or went: that concerns every field. What goes on in place of one that was merged away is
     * observed with the first sight of it.
     */
    private long upheaval(List<RecordRef> records) {
        long last = 0;
        for (RecordRef ref : records) {
            for (Deed deed : found.deeds(ref)) {
                if (deed.kind() != Deed.Kind.EDITED) {
                    last = Math.max(last, firstTold(ref, deed.tick()));
                    RecordRef successor = found.survivor(ref);
                    if (successor != null) {
                        last = Math.max(last, found.sights.firstSeen(successor, deed.tick()));
                    }
                }
            }
        }
        return last;
    }

    /** When a person last parted the link from another: what had come into it then may be taken back. */
    private long parted(String link) {
        SortedSet<String> kin = found.kin(link);
        return found.chronicle.parted.stream()
                .filter(parted -> kin.contains(found.last(parted.own())))
                .mapToLong(Chronicle.Parted::tick)
                .max()
                .orElse(0);
    }

    private long firstTold(RecordRef ref, long tick) {
        return found.chronicle.sightings.stream()
                .filter(sighting -> sighting.event.ref().equals(ref) && sighting.taken >= tick && sighting.planned > 0)
                .findFirst()
                .map(sighting -> sighting.planned)
                .orElse(0L);
    }
}
