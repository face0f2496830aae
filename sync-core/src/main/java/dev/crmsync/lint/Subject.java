package dev.crmsync.lint;

import dev.crmsync.planning.Rules;
import dev.crmsync.planning.SystemRules;
import dev.crmsync.policy.FieldPolicy;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.FieldType;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.mapping.Access;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rules that are judged, and the questions that judges ask of them. */
final class Subject {
    private final Rules rules;
    private final List<Ruled> ruled = new ArrayList<>();

    Subject(Rules rules) {
        this.rules = rules;
        for (RecordType type : rules.policy().types()) {
            for (Field field : fields(type)) {
                rules.policy()
                        .field(type.name(), field)
                        .ifPresent(policy -> ruled.add(new Ruled(type.name(), field, policy)));
            }
        }
    }

    Rules rules() {
        return rules;
    }

    /** The record types that are synced. */
    List<RecordType> types() {
        return rules.policy().types();
    }

    /** The fields that somebody decides, with the keys of bags that are known by name. */
    List<Ruled> ruled() {
        return ruled;
    }

    /** The fields of a type, with the keys of its bags that a policy or a mapping names. */
    List<Field> fields(RecordType type) {
        SortedMap<String, Field> fields = new TreeMap<>();
        type.fields().forEach(field -> fields.put(field.name(), field));
        rules.policy()
                .type(type.name())
                .ifPresent(policy -> policy.fields()
                        .keySet()
                        .forEach(name -> type.field(name).ifPresent(field -> fields.put(name, field))));
        mappings(type.name())
                .values()
                .forEach(mapping -> mapping.fields()
                        .forEach(mapped ->
                                type.field(mapped.field().name()).ifPresent(field -> fields.put(field.name(), field))));
        return List.copyOf(fields.values());
    }

    /** The mapping of a type at each system that has one. */
    SortedMap<String, Mapping> mappings(String type) {
        SortedMap<String, Mapping> mappings = new TreeMap<>();
        rules.systems().forEach((system, known) -> known.mapping(type).ifPresent(own -> mappings.put(system, own)));
        return mappings;
    }

    /** How each system that carries a field carries it. */
    SortedMap<String, FieldMapping> carriers(String type, Field field) {
        SortedMap<String, FieldMapping> carriers = new TreeMap<>();
        mappings(type)
                .forEach(
                        (system, mapping) -> mapping.carrying(field).ifPresent(mapped -> carriers.put(system, mapped)));
        return carriers;
    }

    SortedMap<String, FieldMapping> carriers(Ruled ruled) {
        return carriers(ruled.type(), ruled.field());
    }

    /** The systems that a field is written to, and how they carry it. */
    SortedMap<String, FieldMapping> receivers(Ruled ruled) {
        SortedMap<String, FieldMapping> receivers = carriers(ruled);
        receivers
                .entrySet()
                .removeIf(carrier -> !ruled.policy().receives(carrier.getKey())
                        || carrier.getValue().access().writable() == Access.Writable.NEVER
                        || !Voices.others(ruled.rule(), carrier.getKey()));
        return receivers;
    }

    /** The systems whose values of a field may be agreed, and how they carry it. */
    SortedMap<String, FieldMapping> suppliers(Ruled ruled) {
        SortedMap<String, FieldMapping> suppliers = carriers(ruled);
        suppliers
                .entrySet()
                .removeIf(carrier -> !Voices.supplies(ruled.rule(), carrier.getKey())
                        || carrier.getValue().access().readable() == Access.Readable.NEVER);
        return suppliers;
    }

    /** Whether a system carries at least one key of a bag, or the bag as a whole. */
    boolean carriesAny(String system, String type, Field field) {
        Mapping mapping = mappings(type).get(system);
        return mapping != null
                && (mapping.carrying(field).isPresent()
                        || field.type() == FieldType.BAG
                                && mapping.fields().stream()
                                        .anyMatch(mapped -> mapped.field()
                                                .bag()
                                                .filter(field.name()::equals)
                                                .isPresent()));
    }

    Optional<FieldPolicy> policy(String type, Field field) {
        return rules.policy().field(type, field);
    }

    RecordRule records(String type, String system) {
        return rules.policy().type(type).map(policy -> policy.records(system)).orElse(RecordRule.FOLLOW);
    }

    boolean archives(String system) {
        return rules.system(system).map(SystemRules::archives).orElse(false);
    }

    @Nullable TypeDeclaration declared(String system, String type) {
        return rules.system(system)
                .map(SystemRules::declaration)
                .flatMap(declaration -> declaration.type(type))
                .orElse(null);
    }
}
