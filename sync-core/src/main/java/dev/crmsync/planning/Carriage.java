package dev.crmsync.planning;

import dev.crmsync.fields.Lenses;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.policy.TypePolicy;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.FieldType;
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

    /** The names of the known slots, and of bags as wholes. */
    private final Names slots;

    private final Map<String, Carried> carried = new HashMap<>();

    /** What is carried, in the order of the names of fields. */
    private final List<Carried> inOrder = new ArrayList<>();

    /** What is carried of the record type's own fields, each at its place; null for those that are not. */
    private final List<@Nullable Carried> ofType = new ArrayList<>();

    private final Map<String, Carried> ofTypeByName = new HashMap<>();

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
        this.slots = slots(known);
        for (Field field : known) {
            Carried found = find(field, ofType.size());
            boolean own =
                    found != null && type != null && type.field(field.name()).isPresent();
            if (field.type() != FieldType.BAG) {
                // A bag as a whole is never agreed.
                ofType.add(own ? found : null);
            }
            if (found != null) {
                carried.put(field.name(), found);
                inOrder.add(found);
                if (own) {
                    ofTypeByName.put(field.name(), found);
                }
                found.slots().forEach(slot -> fieldsBySlot.computeIfAbsent(slot, this::touched));
            } else {
                lacking.add(field.name());
            }
        }
    }

    private Names slots(Collection<Field> known) {
        TreeSet<String> names = new TreeSet<>();
        for (Field field : known) {
            mapping.carrying(field).ifPresent(mapped -> {
                names.addAll(mapped.lens().properties());
                names.addAll(lenses.slotsOf(mapped, field));
            });
        }
        return Names.of(names.toArray(String[]::new), names.size());
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
        return known != null || lacking.contains(field.name()) ? known : find(field, 0);
    }

    /**
     * The first agreed value, in the order of names, that a record there could be given and that it does not plainly show as it
     * stands.
     *
     * @return its index; the number of agreed values when there is none such
     */
    int firstNotShown(Side side, Frozen<Agreed> agreed) {
        Frozen<Seen> seen = Frozen.of(side.seen());
        for (int i = 0; i < agreed.size(); i++) {
            Carried one = carriedOfType(agreed.name(i), i);
            if (one != null
                    && one.writable(side.record())
                    && !one.showsAsIs(seen, agreed.at(i).value())) {
                return i;
            }
        }
        return agreed.size();
    }

    /**
     * How the system carries a field of the record type.
     *
     * @param name the field's name
     * @param place where it stands among those that are agreed, which mostly is where it stands among those that are known
     * @return null when it does not, or the type has no such field
     */
    @Nullable Carried carriedOfType(String name, int place) {
        Carried guessed = place < ofType.size() ? ofType.get(place) : null;
        return guessed != null && guessed.isNamed(name) ? guessed : carriedOfType(name);
    }

    private @Nullable Carried carriedOfType(String name) {
        Carried known = ofTypeByName.get(name);
        if (known != null) {
            return known;
        }
        return type == null || lacking.contains(name)
                ? null
                : type.field(name).map(this::carried).orElse(null);
    }

    /** What some slots tell of, whole or in part, in the order of the names of fields. */
    List<Carried> told(Frozen<NativeValue> slots) {
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

    /** The same slots, so that they are quickly found: beside the shared names when none is lacking and none is unknown. */
    Frozen<NativeValue> quick(Map<String, NativeValue> told) {
        NativeValue[] values = new NativeValue[slots.size()];
        int[] found = {0};
        told.forEach((slot, value) -> {
            int index = slots.indexOf(slot);
            if (index >= 0) {
                values[index] = value;
                found[0]++;
            }
        });
        boolean whole = found[0] == values.length && (bags.isEmpty() || told.size() == values.length);
        return whole ? Frozen.handedOver(slots, values) : Frozen.of(told);
    }

    /** The fields that some slots touch. */
    SortedSet<Field> fields(Set<String> slots) {
        SortedSet<Field> fields = new TreeSet<>();
        Set<String> met = Set.of();
        for (String slot : slots) {
            Field known = fieldsBySlot.get(slot);
            if (known == null) {
                met = met.isEmpty() ? new HashSet<>() : met;
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

    private @Nullable Carried find(Field field, int place) {
        return mapping.carrying(field)
                .map(mapped -> new Carried(lenses, system, field, mapped, policy, slots, place))
                .orElse(null);
    }
}
