package dev.crmsync.policy;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.RecordType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Who decides what: for each record type the policy of its fields and of its records. Immutable; made by {@link
 * #named} or by {@link Policies}.
 *
 * @param name the policy's name, for explanations
 * @param version told apart from other versions of the same name in decisions
 * @param types the record types that are synced, with their fields
 * @param policies the policy of each type, by its name
 */
public record Policy(String name, int version, List<RecordType> types, Map<String, TypePolicy> policies) {
    /** Copies everything and refuses a type without a policy. */
    public Policy {
        Objects.requireNonNull(name, "name");
        if (version < 1) {
            throw SyncException.configuration("policy " + name + ": a version is a number above 0: " + version);
        }
        types = List.copyOf(types);
        policies = Collections.unmodifiableMap(new TreeMap<>(policies));
        for (RecordType type : types) {
            if (!policies.containsKey(type.name())) {
                throw SyncException.configuration(
                        "policy " + name + ": type " + type.name() + " has no policy; add one or leave the type out");
            }
        }
    }

    /**
     * Begins a policy.
     *
     * @param name its name
     * @return a policy of version 1 without types, to be added to
     */
    public static Policy named(String name) {
        return new Policy(name, 1, List.of(), Map.of());
    }

    /**
     * The same policy under another version.
     *
     * @param number the version, above 0
     * @return a copy
     */
    public Policy version(int number) {
        return new Policy(name, number, types, policies);
    }

    /**
     * The same policy with one type in addition.
     *
     * @param type the record type
     * @param definition says who decides what
     * @return a copy
     */
    public Policy type(RecordType type, UnaryOperator<TypePolicyBuilder> definition) {
        List<RecordType> more = new ArrayList<>(types);
        more.removeIf(old -> old.name().equals(type.name()));
        more.add(type);
        Map<String, TypePolicy> all = new TreeMap<>(policies);
        all.put(type.name(), definition.apply(new TypePolicyBuilder(name, type)).build());
        return new Policy(name, version, more, all);
    }

    /**
     * The policy of a record type.
     *
     * @param type the type's name
     * @return its policy, or empty when the type is not synced
     */
    public Optional<TypePolicy> type(String type) {
        return Optional.ofNullable(policies.get(type));
    }

    /**
     * The policy of a field.
     *
     * @param type the type's name
     * @param field the field, bag entries expanded
     * @return its policy, or empty when nobody decides it
     */
    public Optional<FieldPolicy> field(String type, Field field) {
        return type(type).flatMap(policy -> policy.field(field));
    }

    /**
     * The systems that the policy speaks of: in records, as receivers, and in rules.
     *
     * @return their names, in order; a system that it never names takes part all the same
     */
    public SortedSet<String> systems() {
        SortedSet<String> named = new TreeSet<>();
        for (TypePolicy type : policies.values()) {
            named.addAll(type.records().keySet());
            type.same().forEach(row -> named.addAll(row.keySet()));
            type.records().values().forEach(rule -> named.addAll(rule.systems()));
            for (FieldPolicy field : type.fields().values()) {
                Set<String> receivers = field.receivers();
                named.addAll(receivers == null ? Set.of() : receivers);
                named.addAll(field.rule().systems());
            }
        }
        return named;
    }

    /**
     * Finds a synced record type.
     *
     * @param type its name
     * @return the type with its fields, or empty when it is not synced
     */
    public Optional<RecordType> recordType(String type) {
        for (RecordType known : types) {
            if (known.name().equals(type)) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }
}
