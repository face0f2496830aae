package dev.crmsync.planning;

import dev.crmsync.fields.Lenses;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.policy.TypePolicy;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How one system carries a record type, worked out once from the rules and not for each input. Keys of bags that no rule and
 * no mapping names are worked out when they are met. Immutable.
 */
final class Carriage {
    private final Lenses lenses;
    private final String system;
    private final Mapping mapping;
    private final @Nullable TypePolicy policy;
    private final RecordRule records;
    private final List<Lens.BagOf> bags;
    private final Map<String, Carried> carried = new HashMap<>();
    private final Map<String, Field> fieldsBySlot = new HashMap<>();

    Carriage(Lenses lenses, String system, Mapping mapping, @Nullable TypePolicy policy, Collection<Field> known) {
        this.lenses = lenses;
        this.system = system;
        this.mapping = mapping;
        this.policy = policy;
        this.records = policy == null ? RecordRule.FOLLOW : policy.records(system);
        this.bags = mapping.fields().stream()
                .map(FieldMapping::lens)
                .filter(Lens.BagOf.class::isInstance)
                .map(Lens.BagOf.class::cast)
                .toList();
        for (Field field : known) {
            Carried found = find(field);
            if (found != null) {
                carried.put(field.name(), found);
                found.slots().forEach(slot -> fieldsBySlot.computeIfAbsent(slot, this::touched));
            }
        }
    }

    Mapping mapping() {
        return mapping;
    }

    RecordRule records() {
        return records;
    }

    /** The lenses of whole bags. */
    List<Lens.BagOf> bags() {
        return bags;
    }

    /** How the system carries a field; null when it does not. */
    @Nullable Carried carried(Field field) {
        Carried known = carried.get(field.name());
        return known == null ? find(field) : known;
    }

    /** The fields that some slots touch. */
    SortedSet<Field> fields(Set<String> slots) {
        SortedSet<Field> fields = new TreeSet<>();
        Set<String> met = new HashSet<>();
        for (String slot : slots) {
            Field known = fieldsBySlot.get(slot);
            if (known == null) {
                met.add(slot);
            } else {
                fields.add(known);
            }
        }
        if (!met.isEmpty()) {
            fields.addAll(lenses.fieldsOf(mapping, met));
        }
        return fields;
    }

    /** The one field that a slot touches; null when it touches none. */
    private @Nullable Field touched(String slot) {
        SortedSet<Field> fields = lenses.fieldsOf(mapping, Set.of(slot));
        return fields.size() == 1 ? fields.first() : null;
    }

    private @Nullable Carried find(Field field) {
        return mapping.carrying(field)
                .map(mapped -> Carried.of(
                        lenses,
                        system,
                        field,
                        mapped,
                        policy == null ? null : policy.field(field).orElse(null)))
                .orElse(null);
    }
}
