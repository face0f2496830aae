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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
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
            new Difference(false, new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), false, false, false);

    /** Copies the maps. */
    public Difference {
        slots = Collections.unmodifiableSortedMap(new TreeMap<>(slots));
        fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
        waiting = Collections.unmodifiableSortedMap(new TreeMap<>(waiting));
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
        if (carriage == null || link.erased() || link.joinedInto() != null || inStep(link, side, carriage)) {
            return NONE;
        }
        if (side.reachable()) {
            return new Derivation(link, system, side, carriage, rules, parents, false, at).derive();
        }
        boolean makes = side.presence() == Presence.NONE && mayCreate(link, side, carriage);
        return makes ? new Derivation(link, system, side, carriage, rules, parents, true, at).derive() : NONE;
    }

    /** Whether a record plainly shows all that is agreed: the common case, told without making anything canonical. */
    private static boolean inStep(LinkState link, Side side, Carriage carriage) {
        return side.reachable() && carriage.showsAsIs(side, Frozen.of(link.agreed()));
    }

    private static Optional<Mapping> mapping(LinkState link, String system, Rules rules) {
        return rules.system(system).flatMap(known -> known.mapping(link.type()));
    }

    private static boolean mayCreate(LinkState link, Side side, Carriage carriage) {
        RecordRule rule = carriage.records();
        return rule.mayCreate()
                && side.held() == null
                && link.sides().values().stream().anyMatch(Side::reachable)
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
        private final TreeMap<String, NativeValue> slots = new TreeMap<>();
        private final TreeMap<String, Field> fields = new TreeMap<>();
        private final TreeMap<String, String> waiting = new TreeMap<>();
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

        Difference derive() {
            TypeRules type = rules.type(link.type());
            link.agreed().forEach((name, agreed) -> {
                Field field = type.field(name);
                Carried carried = field == null ? null : carriage.carried(field);
                if (field != null && carried != null && carried.writable(side.record())) {
                    compare(field, carried, agreed);
                }
            });
            boolean nothingToTell = slots.isEmpty() && waiting.isEmpty();
            if (nothingToTell && !unseen || create && unsettled) {
                return NONE;
            }
            boolean blocked = create
                    && carriage.mapping().required().stream().anyMatch(field -> waiting.containsKey(field.name()));
            return new Difference(create, slots, fields, waiting, blocked, unseen, readFirst);
        }

        private boolean follows(Field field) {
            Stance stance = Stances.of(link, system, field, rules);
            return stance == Stance.FOLLOWS || stance == Stance.ASSUMED || stance == Stance.WAITING;
        }

        private void compare(Field field, Carried carried, Agreed origin) {
            Value agreed = origin.value();
            // In step is the common case and told without making anything canonical.
            if (create ? agreed.isBlank() : carried.showsAsIs(side.seen(), agreed)) {
                return;
            }
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
            LinkState.referredTo(agreed).stream()
                    .filter(link -> recordId(link) == null)
                    .findFirst()
                    .ifPresent(missing -> waiting.put(field.name(), missing));
            if (put == null) {
                return;
            }
            boolean changed = put.entrySet().stream().anyMatch(slot -> !shows(mapped, slot.getKey(), slot.getValue()));
            if (changed) {
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

        /** Whether the slot holds the value, or a proved or declared rendering of it. */
        private boolean shows(FieldMapping mapped, String slot, NativeValue wanted) {
            NativeValue shown = before.get(slot);
            if (shown == null) {
                return false;
            }
            boolean proved = side.sent().getOrDefault(slot, List.of()).stream()
                    .anyMatch(sent -> sent.raw().equals(wanted) && shown.equals(sent.shown()));
            return shown.equals(wanted) || proved || rules.lenses().explains(mapped, wanted, shown);
        }

        private @Nullable String recordId(String other) {
            return parents == null ? "?" : parents.get(other);
        }
    }
}
