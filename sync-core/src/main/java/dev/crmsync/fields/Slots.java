package dev.crmsync.fields;

import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.FieldType;
import dev.crmsync.spi.mapping.Access;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.NativeValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The names of slots: a native property, or below a bag's map "property/key". */
final class Slots {
    private static final char BELOW = '/';

    private Slots() {}

    static Map<String, NativeValue> explode(Mapping mapping, Map<String, NativeValue> properties) {
        Map<String, NativeValue> slots = new TreeMap<>();
        for (FieldMapping mapped : mapping.fields()) {
            for (String property : mapped.lens().properties()) {
                NativeValue value = properties.get(property);
                if (value == null) {
                    continue;
                }
                if (!(mapped.lens() instanceof Lens.BagOf)) {
                    slots.put(property, value);
                } else if (value instanceof NativeValue.Entries bag) {
                    bag.entries().forEach((key, entry) -> slots.put(below(property, key), entry));
                }
            }
        }
        return slots;
    }

    static List<String> of(FieldMapping mapped, Field field) {
        if (mapped.lens() instanceof Lens.BagOf bag) {
            return field.key().map(key -> List.of(below(bag.property(), key))).orElse(List.of());
        }
        return mapped.lens().properties();
    }

    /** The one slot of a lens that has one; null for a bag as a whole, which is never a field to decide. */
    static @Nullable String single(FieldMapping mapped, Field field) {
        List<String> slots = of(mapped, field);
        return slots.size() == 1 ? slots.get(0) : null;
    }

    static SortedSet<Field> fields(Mapping mapping, Set<String> slots) {
        SortedSet<Field> fields = new TreeSet<>();
        for (FieldMapping mapped : mapping.fields()) {
            if (mapped.lens() instanceof Lens.BagOf bag) {
                slots.forEach(slot -> {
                    String key = key(bag, slot);
                    if (key != null && !mappedApart(mapping, mapped.field().entry(key))) {
                        fields.add(mapped.field().entry(key));
                    }
                });
            } else if (mapped.lens().properties().stream().anyMatch(slots::contains)) {
                fields.add(mapped.field());
            }
        }
        return fields;
    }

    static Map<String, NativeValue> join(
            Mapping mapping, Map<String, NativeValue> changed, Map<String, NativeValue> all) {
        Map<String, NativeValue> properties = new TreeMap<>();
        for (FieldMapping mapped : mapping.fields()) {
            if (mapped.lens() instanceof Lens.BagOf bag) {
                Map<String, NativeValue> keys = new HashMap<>();
                under(bag, changed, keys::put);
                if (!keys.isEmpty()) {
                    if (mapped.access().writable() == Access.Writable.REPLACED) {
                        under(bag, all, keys::putIfAbsent);
                    }
                    properties.put(bag.property(), new NativeValue.Entries(keys));
                }
            } else {
                for (String property : mapped.lens().properties()) {
                    NativeValue value = changed.get(property);
                    if (value != null) {
                        properties.put(property, value);
                    }
                }
            }
        }
        return properties;
    }

    private static void under(Lens.BagOf bag, Map<String, NativeValue> slots, BiConsumer<String, NativeValue> each) {
        slots.forEach((slot, value) -> {
            String key = key(bag, slot);
            if (key != null) {
                each.accept(key, value);
            }
        });
    }

    private static @Nullable String key(Lens.BagOf bag, String slot) {
        int stop = bag.property().length();
        return slot.length() > stop && slot.charAt(stop) == BELOW && slot.startsWith(bag.property())
                ? slot.substring(stop + 1)
                : null;
    }

    /** An entry that has a mapping of its own is carried there, not in the bag. */
    private static boolean mappedApart(Mapping mapping, Field entry) {
        return mapping.fields().stream()
                .anyMatch(mapped -> mapped.field().type() == FieldType.BAG_ENTRY
                        && mapped.field().equals(entry));
    }

    private static String below(String property, String key) {
        return property + BELOW + key;
    }
}
