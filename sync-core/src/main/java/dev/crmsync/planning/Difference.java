package dev.crmsync.planning;

import dev.crmsync.policy.FieldPolicy;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.Access;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.NativeValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What one system lacks of what it should hold: derived from the link whenever it is asked for, and never stored.
 * Immutable.
 *
 * @param create whether a record is to be made
 * @param slots the raw values to write, by slot; empty when nothing is lacking
 * @param fields the fields that they carry, by name
 * @param waiting for each reference whose link has no record there yet, that link's id, by field name
 * @param blocked whether a new record must wait for one of them
 * @param unseen whether a field must be read before it can be compared
 * @param readFirst whether a fresh read must come first, because an edit that was not told yet would be lost: a whole is replaced,
 *     or the owner itself is given a value
 */
public record Difference(
        boolean create,
        SortedMap<String, NativeValue> slots,
        SortedMap<String, Field> fields,
        SortedMap<String, String> waiting,
        boolean blocked,
        boolean unseen,
        boolean readFirst) {

    private static final Difference NONE =
            new Difference(false, Frozen.nothing(), Frozen.nothing(), Frozen.nothing(), false, false, false);

    /** Copies the maps. */
    public Difference {
        slots = Frozen.of(slots);
        fields = Frozen.of(fields);
        waiting = Frozen.of(waiting);
    }

    /**
     * What a delivery would write, in canonical terms.
     *
     * @param need CREATE or UPDATE
     * @param changes the fields that would change, by name
     */
    public record Preview(Due.Need need, List<FieldChange> changes) {
        /** Copies the list. */
        public Preview {
            changes = List.copyOf(changes);
        }
    }

    /**
     * One field that would change.
     *
     * @param field the field's name
     * @param from what the system holds, or null when it is not known
     * @param to the agreed value
     */
    public record FieldChange(String field, @Nullable Value from, Value to) {}

    /**
     * What a delivery to a system would write now.
     *
     * @param link the link
     * @param system the system
     * @param rules the rules
     * @return the preview, or empty when nothing would be written
     */
    public static Optional<Preview> preview(LinkState link, String system, Rules rules) {
        Difference difference = of(link, system, rules, null);
        if (difference.isEmpty()) {
            return Optional.empty();
        }
        Mapping mapping = mapping(link, system, rules).orElseThrow();
        Map<String, Seen> seen = link.side(system).seen();
        List<FieldChange> changes = new ArrayList<>();
        difference.fields.forEach((name, field) -> changes.add(new FieldChange(
                name,
                difference.create
                        ? null
                        : mapping.carrying(field)
                                .map(mapped -> Planning.held(rules.lenses(), system, field, mapped, seen))
                                .orElse(null),
                Objects.requireNonNull(link.agreed().get(name)).value())));
        return Optional.of(new Preview(difference.create ? Due.Need.CREATE : Due.Need.UPDATE, changes));
    }

    /**
     * Derives the difference.
     *
     * @param link the link
     * @param system the system
     * @param rules the rules
     * @param parents the record ids at this system of the links that are referred to, or null to take them as known
     * @return the difference, perhaps empty
     */
    static Difference of(LinkState link, String system, Rules rules, @Nullable Map<String, String> parents) {
        return at(null, link, system, rules, parents);
    }

    /**
     * Derives the difference of what may be carried by a time: a record is made once all it is given may be.
     *
     * @param at the time, or null for all
     * @param link the link
     * @param system the system
     * @param rules the rules
     * @param parents the record ids at this system of the links that are referred to, or null to take them as known
     * @return the difference, perhaps empty
     */
    static Difference at(
            @Nullable Instant at, LinkState link, String system, Rules rules, @Nullable Map<String, String> parents) {
        Carriage carriage = rules.carriage(system, link.type());
        Side side = link.side(system);
        if (carriage == null || link.erased() || link.joinedInto() != null) {
            return NONE;
        }
        if (side.reachable()) {
            // In step is the common case, and told without making anything canonical.
            int from = carriage.firstNotShown(side, Frozen.of(link.agreed()));
            return from == link.agreed().size()
                    ? NONE
                    : new Derivation(link, system, side, carriage, rules, parents, false, at).derive(from);
        }
        boolean makes = side.presence() == Presence.NONE && mayCreate(link, side, carriage);
        return makes ? new Derivation(link, system, side, carriage, rules, parents, true, at).derive(0) : NONE;
    }

    private static Optional<Mapping> mapping(LinkState link, String system, Rules rules) {
        return rules.system(system).flatMap(known -> known.mapping(link.type()));
    }

    private static boolean mayCreate(LinkState link, Side side, Carriage carriage) {
        RecordRule rule = carriage.records();
        return rule.mayCreate()
                && side.held() == null
                && link.sides().entrySet().stream()
                        .anyMatch(other -> other.getValue().reachable() && Scopes.counts(other.getKey(), rule))
                // Of what may be about to be archived no other record is made.
                && link.sides().values().stream().allMatch(other -> other.life().parting() == null)
                && Scopes.holds(link, rule)
                && carriage.mapping().required().stream().allMatch(field -> present(link, field));
    }

    private static boolean present(LinkState link, Field field) {
        Agreed agreed = link.agreed().get(field.name());
        return agreed != null && !agreed.value().isBlank();
    }

    /**
     * Whether nothing is lacking.
     *
     * @return true when there is nothing to write
     */
    public boolean isEmpty() {
        return !create && slots.isEmpty();
    }

    /** One derivation under way. */
    private static final class Derivation {
        private final LinkState link;
        private final String system;
        private final Side side;
        private final Carriage carriage;
        private final Rules rules;
        private final @Nullable Map<String, String> parents;
        private final boolean create;
        private final Map<String, NativeValue> before;
        private final DraftMap<NativeValue> slots = new DraftMap<>(Frozen.nothing());
        private final DraftMap<Field> fields = new DraftMap<>(Frozen.nothing());
        private final DraftMap<String> waiting = new DraftMap<>(Frozen.nothing());
        private final @Nullable Instant at;
        private boolean unseen;
        private boolean unsettled;
        private boolean readFirst;

        Derivation(
                LinkState link,
                String system,
                Side side,
                Carriage carriage,
                Rules rules,
                @Nullable Map<String, String> parents,
                boolean create,
                @Nullable Instant at) {
            this.at = at;
            this.link = link;
            this.system = system;
            this.side = side;
            this.carriage = carriage;
            this.rules = rules;
            this.parents = parents;
            this.create = create;
            this.before = side.raw();
        }

        /** Compares the agreed values from an index on: those before it are shown already. */
        Difference derive(int from) {
            TypeRules type = rules.type(link.type());
            Frozen<Agreed> agreed = Frozen.of(link.agreed());
            for (int i = from; i < agreed.size(); i++) {
                Carried carried = carriage.carriedOfType(agreed.name(i), i);
                if (carried != null
                        && carried.writable(side.record())
                        && lacks(carried, agreed.at(i).value())) {
                    Field field = type.field(agreed.name(i));
                    if (field != null) {
                        compare(field, carried, agreed.at(i));
                    }
                }
            }
            boolean nothingToTell = slots.isEmpty() && waiting.isEmpty();
            if (nothingToTell && !unseen || create && unsettled) {
                return NONE;
            }
            boolean blocked = create
                    && carriage.mapping().required().stream().anyMatch(field -> waiting.containsKey(field.name()));
            return new Difference(
                    create, slots.frozen(), fields.frozen(), waiting.frozen(), blocked, unseen, readFirst);
        }

        private boolean follows(Field field) {
            Stance stance = Stances.of(link, system, field, rules);
            return stance == Stance.FOLLOWS || stance == Stance.ASSUMED || stance == Stance.WAITING;
        }

        /** Whether a value may be lacking. In step is the common case, and told without making anything canonical. */
        private boolean lacks(Carried carried, Value agreed) {
            return create ? !agreed.isBlank() : !carried.showsAsIs(Frozen.of(side.seen()), agreed);
        }

        private void compare(Field field, Carried carried, Agreed origin) {
            Value agreed = origin.value();
            FieldMapping mapped = carried.mapped();
            Value current = create ? null : Planning.held(rules.lenses(), system, field, mapped, side.seen());
            boolean inStep = current != null && rules.lenses().canon().equivalent(field, current, agreed);
            // In step is the common case and cheaper to tell than the stance.
            if (inStep || !follows(field)) {
                return;
            }
            if (at != null && !origin.settled(at)) {
                unsettled = true;
                return;
            }
            if (!create && current == null && unreadYet(mapped)) {
                unseen = true;
                return;
            }
            if (current == null && agreed.isBlank() && !known(mapped, field)) {
                return;
            }
            Map<String, NativeValue> put = rules.lenses().put(mapped, field, agreed, before, this::recordId);
            for (String referred : LinkState.referredTo(agreed)) {
                if (recordId(referred) == null) {
                    waiting.put(field.name(), referred);
                    break;
                }
            }
            if (put != null && !shows(mapped, put)) {
                // All parts of a value go together: an edit of another part that was not seen yet would leave a mix.
                slots.putAll(put);
                fields.put(field.name(), field);
                readFirst |=
                        !create && (mapped.access().writable() == Access.Writable.REPLACED || owns(carried.policy()));
            }
        }

        private boolean owns(@Nullable FieldPolicy policy) {
            return policy != null && Stances.owns(policy, system);
        }

        private boolean unreadYet(FieldMapping mapped) {
            return mapped.access().readable() == Access.Readable.BY_READ && side.lastRead() == 0;
        }

        private boolean known(FieldMapping mapped, Field field) {
            return rules.lenses().slotsOf(mapped, field).stream().anyMatch(before::containsKey);
        }

        /** Whether the slots hold the values, or proved or declared renderings of them. */
        private boolean shows(FieldMapping mapped, Map<String, NativeValue> wanted) {
            for (Map.Entry<String, NativeValue> slot : wanted.entrySet()) {
                if (!shows(mapped, slot.getKey(), slot.getValue())) {
                    return false;
                }
            }
            return true;
        }

        private boolean shows(FieldMapping mapped, String slot, NativeValue wanted) {
            NativeValue shown = before.get(slot);
            if (shown == null) {
                return false;
            }
            if (shown.equals(wanted) || rules.lenses().explains(mapped, wanted, shown)) {
                return true;
            }
            for (Sent sent : side.sent().getOrDefault(slot, List.of())) {
                if (sent.raw().equals(wanted) && shown.equals(sent.shown())) {
                    return true;
                }
            }
            return false;
        }

        private @Nullable String recordId(String other) {
            return parents == null ? "?" : parents.get(other);
        }
    }
}
