package dev.crmsync.replay;

import dev.crmsync.fields.Lenses;
import dev.crmsync.planning.Rules;
import dev.crmsync.planning.Side;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the systems hold while a recording is planned under other rules: raw values by slot, as people and we have left them. */
final class VirtualRecords {
    private final Rules rules;
    private final Map<RecordRef, Map<String, NativeValue>> records = new HashMap<>();
    private final Map<RecordRef, String> owners = new HashMap<>();

    VirtualRecords(Rules rules) {
        this.rules = rules;
    }

    boolean knows(RecordRef ref) {
        return records.containsKey(ref);
    }

    Map<String, NativeValue> slots(RecordRef ref) {
        return records.getOrDefault(ref, Map.of());
    }

    void put(RecordRef ref, Map<String, NativeValue> slots) {
        records.computeIfAbsent(ref, fresh -> new TreeMap<>()).putAll(slots);
    }

    void remove(RecordRef ref) {
        records.remove(ref);
    }

    /** What a link is known to hold there, where a recording begins in the midst of things. */
    void adopt(String system, String type, Side side) {
        if (side.record() != null) {
            records.computeIfAbsent(new RecordRef(system, type, side.record()), fresh -> new TreeMap<>(side.raw()));
        }
    }

    void owned(Map<RecordRef, String> references) {
        owners.putAll(references);
    }

    Map<RecordRef, String> owners() {
        return owners;
    }

    Optional<Mapping> mapping(RecordRef ref) {
        return rules.system(ref.system()).flatMap(known -> known.mapping(ref.type()));
    }

    /** The record as its system would tell it. */
    Map<String, NativeValue> properties(RecordRef ref) {
        Map<String, NativeValue> slots = slots(ref);
        return mapping(ref)
                .map(mapping -> rules.lenses().properties(mapping, slots, slots))
                .orElse(Map.of());
    }

    /** The fields that slots of a record touch. */
    Set<Field> fields(RecordRef ref, Set<String> slots) {
        return mapping(ref)
                .map(mapping -> (Set<Field>) rules.lenses().fieldsOf(mapping, slots))
                .orElse(Set.of());
    }

    /** What a record holds of a field; null when it is not known, or not carried there. */
    @Nullable Value held(RecordRef ref, Field field) {
        return held(ref, field, slots(ref));
    }

    @Nullable Value held(RecordRef ref, Field field, Map<String, NativeValue> slots) {
        Optional<FieldMapping> mapped = mapping(ref).flatMap(mapping -> mapping.carrying(field));
        Lenses lenses = rules.lenses();
        return mapped.map(one -> lenses.get(ref.system(), one, field, slots, owners::get))
                .orElse(null);
    }

    Set<String> slotsOf(RecordRef ref, Field field) {
        return mapping(ref)
                .flatMap(mapping -> mapping.carrying(field))
                .map(mapped -> Set.copyOf(rules.lenses().slotsOf(mapped, field)))
                .orElse(Set.of());
    }
}
