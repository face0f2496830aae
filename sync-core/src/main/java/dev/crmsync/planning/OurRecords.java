package dev.crmsync.planning;

import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** Takes in what is first seen of records that we made, or may have made: what we gave them is no news. */
final class OurRecords {
    private final Planning planning;
    private final Deciding deciding;

    OurRecords(Planning planning) {
        this.planning = planning;
        this.deciding = new Deciding(planning);
    }

    /**
     * A set that is first seen at a record which we may have made: what it has besides was added. What it lacks was never there,
     * perhaps, for it may as well be a stranger's under the same key, and nobody removes anything by being seen for the first
     * time.
     */
    void joinedSet(LinkDraft link, String system, Field field, AsOf asOf, @Nullable Value made, Value value) {
        SortedSet<String> common = SetParts.of(made);
        common.retainAll(SetParts.of(value));
        deciding.edited(link, system, field, asOf, Evidence.READ, SetParts.value(field, common), value);
    }

    /** All that a side was seen to hold joins another link; what we gave the record when we made it is no news. */
    void joinedSide(LinkDraft link, String system) {
        SideDraft side = link.side(system);
        planning.mapping(system, link.type()).ifPresent(mapping -> {
            for (Field field : planning.lenses().fieldsOf(mapping, side.seen.keySet())) {
                Value value = planning.held(link, system, field);
                FieldMapping mapped = mapping.carrying(field).orElse(null);
                if (value != null && mapped != null) {
                    joined(link, system, field, mapped, value);
                }
            }
        });
    }

    private void joined(LinkDraft link, String system, Field field, FieldMapping mapped, Value value) {
        SideDraft side = link.side(system);
        InFlight create = side.inFlight != null && side.inFlight.create() ? side.inFlight : null;
        List<String> slots = planning.lenses().slotsOf(mapped, field);
        AsOf asOf = asOf(side, slots);
        if (create != null && slots.stream().allMatch(slot -> given(side, create, system, mapped, field, slot))) {
            planning.decided(link, system, field, Reason.ECHO, asOf, value, link.agreed(field));
        } else if (create != null
                && field.type().isSet()
                && create.slots().keySet().containsAll(slots)) {
            joinedSet(link, system, field, asOf, made(system, field, mapped, create), value);
        } else {
            deciding.joined(link, system, field, asOf, value);
        }
    }

    private AsOf asOf(SideDraft side, List<String> slots) {
        return slots.stream()
                .map(side.seen::get)
                .filter(Objects::nonNull)
                .map(Seen::asOf)
                .findFirst()
                .orElse(AsOf.at(planning.at));
    }

    private @Nullable Value made(String system, Field field, FieldMapping mapped, InFlight create) {
        return planning.lenses().get(system, mapped, field, create.slots(), ref -> null);
    }

    /** Whether a record shows in a slot what the create under way gives it there. */
    private boolean given(
            SideDraft side, InFlight create, String system, FieldMapping mapped, Field field, String slot) {
        NativeValue sent = create.slots().get(slot);
        Seen seen = side.seen.get(slot);
        return sent != null && seen != null && planning.shows(system, mapped, field, slot, sent, seen.raw());
    }

    /**
     * A record turns out to be the one that we made. What it was seen to lack of the set that it was made with was removed there
     * since, which could not be told before.
     */
    void made(LinkDraft link, String system, Field field, InFlight create) {
        FieldMapping mapped = planning.carrying(system, link.type(), field).orElse(null);
        Value value = planning.held(link, system, field);
        if (mapped == null || value == null || !field.type().isSet()) {
            return;
        }
        SideDraft side = link.side(system);
        List<String> slots = planning.lenses().slotsOf(mapped, field);
        Value made = made(system, field, mapped, create);
        boolean lacks = made != null && !SetParts.of(value).containsAll(SetParts.of(made));
        if (made != null && lacks && slots.stream().allMatch(slot -> sentLast(side, create, slot))) {
            deciding.edited(link, system, field, asOf(side, slots), Evidence.READ, made, value);
            slots.forEach(side.sent::remove);
        }
    }

    /** Whether nothing else was sent to a slot since, and nobody was seen to edit it. */
    private static boolean sentLast(SideDraft side, InFlight create, String slot) {
        List<Sent> sent = side.sent.getOrDefault(slot, List.of());
        return !sent.isEmpty()
                && sent.get(sent.size() - 1).raw().equals(create.slots().get(slot));
    }
}
