package dev.crmsync.policy;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.FieldType;
import dev.crmsync.spi.field.RecordType;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says who decides what in one record type. Refuses nonsense as soon as it is said. Not thread-safe. */
public final class TypePolicyBuilder {
    private final String policy;
    private final RecordType type;
    private final Map<String, FieldPolicy> fields = new TreeMap<>();
    private final Map<String, RecordRule> records = new TreeMap<>();

    TypePolicyBuilder(String policy, RecordType type) {
        this.policy = policy;
        this.type = type;
    }

    /**
     * One system owns a field: edits elsewhere are reverted, and on joining the owner's value is agreed.
     *
     * @param field the field, a bag for all its keys, or one entry of a bag
     * @param owner the system that decides
     * @param seeds the systems that may supply the value while the owner has never held a record
     * @return this
     */
    public TypePolicyBuilder owned(Field field, String owner, String... seeds) {
        return owned(field, owner, NonOwnerEdit.REVERT, seeds);
    }

    /**
     * One system owns a field.
     *
     * @param field the field, a bag for all its keys, or one entry of a bag
     * @param owner the system that decides
     * @param otherEdits what becomes of an edit elsewhere
     * @param seeds the systems that may supply the value while the owner has never held a record
     * @return this
     */
    public TypePolicyBuilder owned(Field field, String owner, NonOwnerEdit otherEdits, String... seeds) {
        return rule(field, new FieldRule.Owned(owner, Set.of(seeds), otherEdits, OnJoin.OWNER));
    }

    /**
     * A set that comes together by what each system added and removed; every system may add and remove every member.
     *
     * @param field a field of members
     * @return this
     */
    public TypePolicyBuilder setMerge(Field field) {
        return rule(field, new FieldRule.SetMerge(Map.of(), null, NonOwnerEdit.REVERT));
    }

    /**
     * A field whose value stands once it is agreed.
     *
     * @param field the field
     * @return this
     */
    public TypePolicyBuilder appendOnly(Field field) {
        return rule(field, new FieldRule.AppendOnly());
    }

    /**
     * A field with any rule, received by every system that carries it.
     *
     * @param field the field, a bag for all its keys, or one entry of a bag
     * @param rule the rule
     * @return this
     * @throws SyncException of kind CONFIGURATION when another rule decides the field already
     */
    public TypePolicyBuilder rule(Field field, FieldRule rule) {
        FieldPolicy stated = fields.get(field.name());
        if (stated != null && !stated.rule().equals(rule)) {
            throw SyncException.configuration("policy " + policy + ": " + type.name() + "." + field.name()
                    + " is decided by two rules, " + stated.rule() + " and " + rule + "; keep one");
        }
        return put(field, rule, null);
    }

    /**
     * Limits which systems a field is written to.
     *
     * @param field a field that has a rule already
     * @param systems the systems that receive it
     * @return this
     */
    public TypePolicyBuilder receivedBy(Field field, String... systems) {
        FieldPolicy stated = fields.get(field.name());
        if (stated == null) {
            throw SyncException.configuration("policy " + policy + ": say who decides " + type.name() + "."
                    + field.name() + " before saying who receives it");
        }
        return put(field, stated.rule(), new TreeSet<>(Set.of(systems)));
    }

    /**
     * What sync may do to records at a system.
     *
     * @param system the system
     * @param rule the rule
     * @return this
     */
    public TypePolicyBuilder records(String system, RecordRule rule) {
        records.put(system, rule);
        return this;
    }

    private TypePolicyBuilder put(Field field, FieldRule rule, @Nullable Set<String> receivers) {
        String where = "policy " + policy + ": " + type.name() + "." + field.name();
        if (type.field(field.name()).isEmpty()) {
            throw SyncException.configuration(where + " is no field of the type; it has " + names());
        }
        if (rule instanceof FieldRule.SetMerge && field.type() != FieldType.MEMBERS) {
            throw SyncException.configuration(
                    where + " is no set of members, so it cannot be merged as one; give it an owner");
        }
        fields.put(field.name(), new FieldPolicy(rule, receivers, policy + ": " + type.name() + "." + field.name()));
        return this;
    }

    private String names() {
        return type.fields().stream().map(Field::name).collect(Collectors.joining(", "));
    }

    TypePolicy build() {
        return new TypePolicy(fields, records);
    }
}
