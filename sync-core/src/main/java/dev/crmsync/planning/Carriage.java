package dev.crmsync.planning;

import dev.crmsync.fields.Lenses;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.policy.TypePolicy;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.NativeValue;
import java.util.ArrayList;
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
    private final @Nullable RecordType type;
    private final Map<String, Carried> carried = new HashMap<>();

    /** What is carried, in the order of the names of fields. */
    private final List<Carried> inOrder = new ArrayList<>();

    /** What is carried of the record type's own fields, by their names. */
    private final Map<String, Carried> ofType = new HashMap<>();

    /** The names of known fields that are not carried. */
    private final Set<String> lacking = new HashSet<>();

    private final Map<String, Field> fieldsBySlot = new HashMap<>();

    /**
     * Works it out.
     *
     * @param type the record type, or null when no policy speaks of it
     * @param policy its policy, or null when nobody decides it
     * @param known all fields that rules or mappings name, in the order of their names
     */
    Carriage(
            Lenses lenses,
            String system,
            Mapping mapping,
            @Nullable RecordType type,
            @Nullable TypePolicy policy,
            Collection<Field> known) {
        this.type = type;
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
                inOrder.add(found);
                if (type != null && type.field(field.name()).isPresent()) {
                    ofType.put(field.name(), found);
                }
                found.slots().forEach(slot -> fieldsBySlot.computeIfAbsent(slot, this::touched));
            } else {
                lacking.add(field.name());
            }
        }
    }

    String system() {
        return system;
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
        return known != null || lacking.contains(field.name()) ? known : find(field);
    }

    /** Whether a record there shows all agreed values that it could be given as they stand. */
    boolean showsAsIs(Side side, Frozen<Agreed> agreed) {
        for (int i = 0; i < agreed.size(); i++) {
            Carried one = carriedOfType(agreed.name(i));
            if (one != null
                    && one.writable(side.record())
                    && !one.showsAsIs(side.seen(), agreed.at(i).value())) {
                return false;
            }
        }
        return true;
    }

    /** How the system carries the field of that name in the record type; null when it does not, or the type has no such field. */
    @Nullable Carried carriedOfType(String name) {
        Carried known = ofType.get(name);
        if (known != null) {
            return known;
        }
        return type == null || lacking.contains(name)
                ? null
                : type.field(name).map(this::carried).orElse(null);
    }

    /** What some slots tell of, whole or in part, in the order of the names of fields. */
    List<Carried> told(Map<String, NativeValue> slots) {
        List<Carried> told = new ArrayList<>(inOrder.size());
        if (bags.isEmpty() || fieldsBySlot.keySet().containsAll(slots.keySet())) {
            for (Carried one : inOrder) {
                if (one.toldBy(slots)) {
                    told.add(one);
                }
            }
        } else {
            for (Field field : fields(slots.keySet())) {
                Carried one = carried(field);
                if (one != null) {
                    told.add(one);
                }
            }
        }
        return told;
    }

    /** The slots that an event gives: its properties, with those of bags taken apart; others among them tell of nothing. */
    Map<String, NativeValue> slots(Map<String, NativeValue> properties) {
        return bags.isEmpty() ? properties : lenses.slots(mapping, properties);
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
                .map(mapped -> new Carried(lenses, system, field, mapped, policy))
                .orElse(null);
    }
}
