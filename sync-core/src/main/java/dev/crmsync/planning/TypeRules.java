package dev.crmsync.planning;

import dev.crmsync.fields.Lenses;
import dev.crmsync.policy.Policy;
import dev.crmsync.policy.TypePolicy;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Mapping;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the rules say of one record type, worked out once from policy and mappings and not for each input. Immutable. */
final class TypeRules {
    private final @Nullable RecordType type;
    private final Map<String, Field> fields = new HashMap<>();
    private final Map<String, Carriage> carriages = new HashMap<>();

    TypeRules(String name, Policy policy, SortedMap<String, SystemRules> systems, Lenses lenses) {
        type = policy.recordType(name).orElse(null);
        TypePolicy ruled = policy.type(name).orElse(null);
        TreeMap<String, Field> known = new TreeMap<>();
        Map<String, Mapping> mappings = new TreeMap<>();
        systems.forEach((system, rules) -> rules.mapping(name).ifPresent(mapping -> {
            mappings.put(system, mapping);
            for (FieldMapping mapped : mapping.fields()) {
                known.put(mapped.field().name(), mapped.field());
            }
        }));
        if (type != null) {
            type.fields().forEach(field -> known.put(field.name(), field));
            if (ruled != null) {
                ruled.fields().keySet().forEach(field -> type.field(field).ifPresent(own -> known.put(field, own)));
            }
            known.keySet().forEach(field -> type.field(field).ifPresent(own -> fields.put(field, own)));
        }
        mappings.forEach((system, mapping) ->
                carriages.put(system, new Carriage(lenses, system, mapping, ruled, known.values())));
    }

    /** The field of that name; null when the type has none. */
    @Nullable Field field(String name) {
        Field known = fields.get(name);
        return known == null && type != null ? type.field(name).orElse(null) : known;
    }

    /** How a system carries the type; null when it does not. */
    @Nullable Carriage at(String system) {
        return carriages.get(system);
    }
}
