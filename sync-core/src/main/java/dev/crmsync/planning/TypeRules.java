package dev.crmsync.planning;

import dev.crmsync.fields.Lenses;
import dev.crmsync.policy.FieldPolicy;
import dev.crmsync.policy.Policy;
import dev.crmsync.policy.TypePolicy;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Mapping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the rules say of one record type, worked out once from policy and mappings and not for each input. Immutable. */
final class TypeRules {
    private final @Nullable RecordType type;
    private final boolean deletesFollowed;
    private final Map<String, FieldPolicy> policies = new HashMap<>();
    private final Set<String> receivedEverywhere = new HashSet<>();
    private final Map<String, Field> fields = new HashMap<>();
    private final @Nullable TypePolicy policy;
    private final Map<String, Carriage> carriages = new HashMap<>();

    /** In the order of the names of systems. */
    private final List<Carriage> inOrder = new ArrayList<>();

    TypeRules(String name, Policy policy, SortedMap<String, SystemRules> systems, Lenses lenses) {
        type = policy.recordType(name).orElse(null);
        TypePolicy ruled = policy.type(name).orElse(null);
        this.policy = ruled;
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
        mappings.forEach((system, mapping) -> {
            Carriage carriage = new Carriage(lenses, system, mapping, type, ruled, known.values());
            carriages.put(system, carriage);
            inOrder.add(carriage);
        });
        known.values().forEach(field -> {
            FieldPolicy own = ruled == null ? null : ruled.field(field).orElse(null);
            if (own != null) {
                policies.put(field.name(), own);
            }
            if (inOrder.stream().allMatch(carriage -> receives(carriage.carried(field)))) {
                receivedEverywhere.add(field.name());
            }
        });
        deletesFollowed = ruled != null && ruled.records().values().stream().anyMatch(rule -> rule.deletes() != null);
    }

    private static boolean receives(@Nullable Carried carried) {
        return carried == null
                || carried.ruled(null) != Stance.NOT_RECEIVED && carried.ruled("") != Stance.NOT_RECEIVED;
    }

    /** The field of that name; null when the type has none. */
    @Nullable Field field(String name) {
        Field known = fields.get(name);
        return known == null && type != null ? type.field(name).orElse(null) : known;
    }

    /** How a system carries a field; null when it does not. */
    @Nullable Carried carried(String system, Field field) {
        Carriage carriage = carriages.get(system);
        return carriage == null ? null : carriage.carried(field);
    }

    /** The policy of a field; null when nobody decides it. */
    @Nullable FieldPolicy policy(Field field) {
        FieldPolicy known = policies.get(field.name());
        return known != null || policy == null ? known : policy.field(field).orElse(null);
    }

    /** Whether every system that carries a field may receive it, as far as the rules tell; false says nothing. */
    boolean receivedEverywhere(Field field) {
        return receivedEverywhere.contains(field.name());
    }

    /** Whether anybody's deletions of this type are followed. */
    boolean deletesFollowed() {
        return deletesFollowed;
    }

    /** How each system carries the type that does, in the order of their names. */
    List<Carriage> carriages() {
        return inOrder;
    }

    /** How a system carries the type; null when it does not. */
    @Nullable Carriage at(String system) {
        return carriages.get(system);
    }
}
