package dev.crmsync.policy;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.FieldType;
import dev.crmsync.spi.field.RecordType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Says who decides what in one record type. Refuses nonsense as soon as it is said. Not thread-safe. */
public final class TypePolicyBuilder {
    private static final List<Field> MATCHABLE = List.of(Contact.EMAIL, Contact.PHONE);

    private final String policy;
    private final RecordType type;
    private final Map<String, FieldPolicy> fields = new TreeMap<>();
    private final Map<String, RecordRule> records = new TreeMap<>();
    private final List<Map<String, String>> same = new ArrayList<>();
    private List<String> matchedBy = List.of();

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
        return said(field, () -> {
            Set<String> each = new TreeSet<>(List.of(seeds));
            if (each.size() < seeds.length) {
                throw SyncException.configuration("a seed is named twice: " + List.of(seeds) + "; name each once");
            }
            return new FieldRule.Owned(owner, each, otherEdits, OnJoin.OWNER);
        });
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
     * The later edit decides; times of two systems are compared only as far as the skew allows. A full value that is seen
     * for the first time and differs waits for a person.
     *
     * @param field a field that is no set of members
     * @param skew how far clocks may be apart; {@link Skew#undeclared()} when nobody can vouch for them
     * @param ties when nobody knows which edit was later, the system that comes first here decides; a person where neither
     *     is named
     * @return this
     */
    public TypePolicyBuilder lastWriter(Field field, Skew skew, String... ties) {
        return lastWriter(field, skew, OnJoin.REVIEW, ties);
    }

    /**
     * The later edit decides.
     *
     * @param field a field that is no set of members
     * @param skew how far clocks may be apart
     * @param onJoin what becomes of a full value that is seen for the first time and differs: FILL_EMPTY, KEEP or REVIEW
     * @param ties the declared tie-break
     * @return this
     */
    public TypePolicyBuilder lastWriter(Field field, Skew skew, OnJoin onJoin, String... ties) {
        return said(field, () -> new FieldRule.LastWriter(skew, List.of(ties), onJoin, false));
    }

    /**
     * The first of some systems that ever supplied a full value decides; edits by the others are reverted.
     *
     * @param field the field, a bag for all its keys, or one entry of a bag
     * @param order the systems that may decide, the preferred one first
     * @return this
     */
    public TypePolicyBuilder preferred(Field field, String... order) {
        return said(field, () -> new FieldRule.Preferred(List.of(order), NonOwnerEdit.REVERT, false));
    }

    /**
     * Only blanks are written; full values stand where they are.
     *
     * @param field the field, a bag for all its keys, or one entry of a bag
     * @return this
     */
    public TypePolicyBuilder fillIfEmpty(Field field) {
        return rule(field, new FieldRule.FillIfEmpty());
    }

    /**
     * The value is given to records that sync makes, and never written again.
     *
     * @param field the field, a bag for all its keys, or one entry of a bag
     * @return this
     */
    public TypePolicyBuilder createOnly(Field field) {
        return rule(field, new FieldRule.CreateOnly());
    }

    /**
     * The value is read at one system and written nowhere.
     *
     * @param field the field, a bag for all its keys, or one entry of a bag
     * @param source the system that it is read at
     * @return this
     */
    public TypePolicyBuilder readOnly(Field field, String source) {
        return said(field, () -> new FieldRule.ReadOnly(source));
    }

    /**
     * Every difference between full values waits for a person.
     *
     * @param field the field, a bag for all its keys, or one entry of a bag
     * @return this
     */
    public TypePolicyBuilder manual(Field field) {
        return rule(field, new FieldRule.Manual());
    }

    /**
     * A resolver of your own decides.
     *
     * @param field the field, a bag for all its keys, or one entry of a bag
     * @param resolver the resolver's id
     * @param version the version of it that this policy was written for
     * @return this
     */
    public TypePolicyBuilder resolved(Field field, String resolver, int version) {
        return said(field, () -> new FieldRule.Resolved(resolver, version, false));
    }

    /**
     * Lets a blank of a shared field overwrite full values, where it otherwise would be filled again.
     *
     * @param field a field that the last writer, a preferred order or a resolver decides
     * @return this
     */
    public TypePolicyBuilder blanksTravel(Field field) {
        FieldPolicy stated = stated(field, "whether its blanks travel");
        FieldRule rule = stated.rule();
        if (rule instanceof FieldRule.LastWriter writer) {
            rule = new FieldRule.LastWriter(writer.skew(), writer.ties(), writer.onJoin(), true);
        } else if (rule instanceof FieldRule.Preferred preferred) {
            rule = new FieldRule.Preferred(preferred.order(), preferred.otherEdits(), true);
        } else if (rule instanceof FieldRule.Resolved resolved) {
            rule = new FieldRule.Resolved(resolved.resolver(), resolved.version(), true);
        } else {
            throw SyncException.configuration(
                    where(field) + " is decided by " + rule.getClass().getSimpleName()
                            + ", which leaves nothing to say of blanks; leave blanksTravel(..) out, or choose lastWriter(..),"
                            + " preferred(..) or resolved(..)");
        }
        return put(field, stated.with(rule));
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
            throw SyncException.configuration(
                    where(field) + " is decided by two rules, " + stated.rule() + " and " + rule + "; keep one");
        }
        return put(field, FieldPolicy.of(rule, policy + ": " + type.name() + "." + field.name()));
    }

    /**
     * Limits which systems a field is written to.
     *
     * @param field a field that has a rule already
     * @param systems the systems that receive it
     * @return this
     */
    public TypePolicyBuilder receivedBy(Field field, String... systems) {
        FieldPolicy stated = stated(field, "who receives it");
        Set<String> receivers = new TreeSet<>(List.of(systems));
        if (receivers.isEmpty()) {
            throw SyncException.configuration(where(field)
                    + " is received by nobody; name a system, or say readOnly(..) for a field that is only read");
        }
        if (receivers.size() < systems.length) {
            throw SyncException.configuration(where(field) + " is received by a system that is named twice: "
                    + List.of(systems) + "; name each once");
        }
        if (stated.rule() instanceof FieldRule.ReadOnly) {
            throw SyncException.configuration(where(field)
                    + " is read only, so nobody receives it; leave receivedBy(..) out, or give the field another rule");
        }
        return put(field, stated.receivedBy(receivers));
    }

    /**
     * Lets an edited value stand for a while before it is carried to other systems, so that half-typed ones are not.
     *
     * @param field a field that has a rule already
     * @param quiet how long it must have stood, above zero
     * @return this
     */
    public TypePolicyBuilder debounced(Field field, Duration quiet) {
        FieldPolicy stated = stated(field, "how long its edits must stand");
        if (quiet.isZero() || quiet.isNegative()) {
            throw SyncException.configuration(where(field) + " is debounced by " + quiet
                    + "; name a time above zero, or leave debounced(..) out");
        }
        return put(field, stated.debounced(quiet));
    }

    /**
     * What becomes of the agreed value when a system shows it otherwise than it was given. Without this the value stands, and how it
     * is shown is remembered.
     *
     * @param field a field that has a rule already, by which one system's value is agreed: owned, last writer or preferred order
     * @param answer what becomes of it
     * @return this
     */
    public TypePolicyBuilder onRendering(Field field, OnRendering answer) {
        FieldPolicy stated = stated(field, "what becomes of it where it is shown otherwise");
        boolean one = stated.rule() instanceof FieldRule.Owned
                || stated.rule() instanceof FieldRule.LastWriter
                || stated.rule() instanceof FieldRule.Preferred;
        if (!one) {
            throw SyncException.configuration(
                    where(field) + " is decided by " + stated.rule().getClass().getSimpleName()
                            + ", under which no system's way of showing a value is agreed; leave onRendering(..) out, or choose"
                            + " owned(..), lastWriter(..) or preferred(..)");
        }
        return put(field, stated.onRendering(answer));
    }

    /**
     * What becomes of a record whose value of a field another record of the system holds already. Without this a person decides.
     *
     * @param field a field that has a rule already, such as the e-mail address
     * @param answer what becomes of it
     * @return this
     */
    public TypePolicyBuilder onTaken(Field field, OnTaken answer) {
        return put(
                field,
                stated(field, "what becomes of it where another record holds its value")
                        .onTaken(answer));
    }

    /**
     * What sync may do to records at a system.
     *
     * @param system the system
     * @param rule the rule
     * @return this
     */
    public TypePolicyBuilder records(String system, RecordRule rule) {
        Scope scope = rule.scope();
        if (scope != null && type.field(scope.field().name()).isEmpty()) {
            throw SyncException.configuration("policy " + policy + ": the scope of " + type.name() + " at " + system
                    + " is told by " + scope.field() + ", which is no field of the type; it has " + names());
        }
        if (scope == null && rule.leaving() != Leaving.STOP_FOLLOWING) {
            throw SyncException.configuration("policy " + policy + ": every " + type.name() + " is in scope at "
                    + system + ", so none leaves it; say within(..), or leave leaving(..) out");
        }
        if (rule.knownAt().contains(system)) {
            throw SyncException.configuration("policy " + policy + ": a " + type.name() + " is made at " + system
                    + " only where " + system + " has one, so none ever is; name another system in knownAt(..)");
        }
        records.put(system, rule);
        return this;
    }

    /**
     * An unknown record joins the one link that bears an equal value, once, when it is first seen: the join key goes first, then
     * these fields in order. Where values point to more than one link, or to one that has a record of that system already, a
     * person decides. Without this the join key alone links.
     *
     * @param match e-mail addresses and phone numbers by which two records are known to be one; none to take this back
     * @return this
     */
    public TypePolicyBuilder matchedBy(Field... match) {
        List<String> named = new ArrayList<>();
        for (Field field : match) {
            if (type.field(field.name()).isEmpty()) {
                throw SyncException.configuration(where(field) + " is no field of the type; it has " + names());
            }
            if (!MATCHABLE.contains(field)) {
                throw SyncException.configuration(where(field) + " does not tell one record from another; match by "
                        + MATCHABLE.stream().map(Field::name).collect(Collectors.joining(" or ")));
            }
            if (named.contains(field.name())) {
                throw SyncException.configuration(where(field) + " is matched by twice; name it once");
            }
            named.add(field.name());
        }
        matchedBy = List.copyOf(named);
        return this;
    }

    /**
     * Says that records of several systems are one thing, whatever they bear: as for the members of a team whose addresses
     * differ from system to system. Each joins the link of the others when it is next told of; one that a person has
     * {@linkplain dev.crmsync.engine.SyncEngine#split split off} stays where it is.
     *
     * @param ids the id of each by its system, of two systems or more
     * @return this
     */
    public TypePolicyBuilder same(Map<String, String> ids) {
        String where = "policy " + policy + ": " + type.name() + " records that are the same";
        if (ids.size() < 2) {
            throw SyncException.configuration(
                    where + " are named at " + ids.keySet() + "; name the record of two systems or more");
        }
        ids.forEach((system, id) -> {
            if (id.isBlank()) {
                throw SyncException.configuration(where + ": the id at " + system + " is blank; give the record's id");
            }
            if (same.stream().anyMatch(row -> id.equals(row.get(system)))) {
                throw SyncException.configuration(where + ": the record " + id + " of " + system
                        + " is named twice; name all that are the same as it at once");
            }
        });
        same.add(Map.copyOf(ids));
        return this;
    }

    private FieldPolicy stated(Field field, String what) {
        FieldPolicy stated = fields.get(field.name());
        if (stated == null) {
            throw SyncException.configuration("policy " + policy + ": say who decides " + type.name() + "."
                    + field.name() + " before saying " + what);
        }
        return stated;
    }

    /** A rule whose own complaints name the field. */
    private TypePolicyBuilder said(Field field, Supplier<FieldRule> rule) {
        FieldRule made;
        try {
            made = rule.get();
        } catch (SyncException nonsense) {
            throw SyncException.configuration(where(field) + ": " + nonsense.getMessage());
        }
        return rule(field, made);
    }

    private String where(Field field) {
        return "policy " + policy + ": " + type.name() + "." + field.name();
    }

    private TypePolicyBuilder put(Field field, FieldPolicy said) {
        String where = where(field);
        FieldRule rule = said.rule();
        if (type.field(field.name()).isEmpty()) {
            throw SyncException.configuration(where + " is no field of the type; it has " + names());
        }
        if (rule instanceof FieldRule.SetMerge && !field.type().isSet()) {
            throw SyncException.configuration(
                    where + " is no set of members, so it cannot be merged as one; give it an owner");
        }
        if (rule instanceof FieldRule.SetMerge merged
                && field.type() == FieldType.REFERENCES
                && !merged.owners().isEmpty()) {
            throw SyncException.configuration(where + " is a set of links, which have no names, so "
                    + merged.owners().keySet()
                    + " cannot be owned one by one; give all of them to one system, or to none");
        }
        if (rule instanceof FieldRule.LastWriter && field.type().isSet()) {
            throw SyncException.configuration(
                    where + " is a set of members, of which the last writer would lose those that"
                            + " others added; merge it with setMerge(..), or give it an owner");
        }
        fields.put(field.name(), said);
        return this;
    }

    private String names() {
        return type.fields().stream().map(Field::name).collect(Collectors.joining(", "));
    }

    TypePolicy build() {
        return new TypePolicy(fields, records, matchedBy, same);
    }
}
