package dev.crmsync.planning;

import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Derives what is due for a link at each system: one answer for each pair, and none where nothing is due. */
final class DueWork {
    private DueWork() {}

    static List<Due> of(LinkState link, Rules rules) {
        if (link.erased() || link.joinedInto() != null) {
            return List.of();
        }
        List<Due> due = new ArrayList<>();
        for (Carriage carriage : rules.type(link.type()).carriages()) {
            Due work = at(link, carriage.system(), rules);
            if (work != null) {
                due.add(work);
            }
        }
        return due;
    }

    private static @Nullable Due at(LinkState link, String system, Rules rules) {
        Side side = link.side(system);
        InFlight flight = side.inFlight();
        if (flight != null && !flight.unknown()) {
            return new Due(link.id(), system, Due.Need.OUTCOME, null, null);
        }
        if (flight != null && flight.create()) {
            return unknownCreate(link, system, flight, rules);
        }
        if (side.wanted() != null && side.record() != null) {
            return new Due(link.id(), system, Due.Need.READ, null, null);
        }
        Instant seenLast = side.readAt();
        if (side.presence() == Presence.NOT_VISIBLE && seenLast != null) {
            // Nobody tells when a permission is given back.
            return new Due(link.id(), system, Due.Need.READ, seenLast.plus(Rules.LOOK_AGAIN), null);
        }
        boolean archive = Partings.due(rules, link, system);
        if (archive && Partings.mayGo(link, system)) {
            return new Due(link.id(), system, Due.Need.ARCHIVE, null, null);
        }
        Difference difference = Difference.of(link, system, rules, null);
        if (difference.unseen() && difference.slots().isEmpty()) {
            return new Due(link.id(), system, Due.Need.READ, null, null);
        }
        if (!difference.isEmpty()) {
            Due.Need need = difference.create() ? Due.Need.CREATE : Due.Need.UPDATE;
            Instant settled = settled(link, difference);
            return new Due(link.id(), system, need, settled, waitingOn(link, side, difference, rules, system));
        }
        if (archive && Partings.heldBack(link, system)) {
            return new Due(link.id(), system, Due.Need.ARCHIVE, null, null);
        }
        return timer(link, system, side);
    }

    /** When the first of what is lacking may be carried; of a new record, which is given all at once, the last. */
    private static @Nullable Instant settled(LinkState link, Difference difference) {
        Instant settled = null;
        for (String name : difference.fields().keySet()) {
            Agreed agreed = link.agreed().get(name);
            Instant notBefore = agreed == null ? null : agreed.notBefore();
            if (notBefore == null && !difference.create()) {
                return null;
            }
            boolean better = settled == null
                    || notBefore != null
                            && (difference.create() ? notBefore.isAfter(settled) : notBefore.isBefore(settled));
            settled = better && notBefore != null ? notBefore : settled;
        }
        return settled;
    }

    private static Due unknownCreate(LinkState link, String system, InFlight flight, Rules rules) {
        Optional<CreateLookup> lookup = rules.system(system)
                .flatMap(known -> known.declaration().type(link.type()))
                .map(TypeDeclaration::createLookup);
        if (lookup.isPresent() && lookup.get() instanceof CreateLookup.Lookup known) {
            Instant first = flight.at().plus(known.lag());
            Instant next = flight.absences() == 0 ? first : first.plus(known.lag());
            return new Due(link.id(), system, Due.Need.LOOKUP, next, null);
        }
        return new Due(link.id(), system, Due.Need.REPEAT, null, null);
    }

    /**
     * The parent that everything in the difference waits for, or null when something can be sent now. Of several it is one that
     * nothing goes out without, else one that sync will make: the others may never come.
     */
    private static @Nullable String waitingOn(
            LinkState link, Side side, Difference difference, Rules rules, String system) {
        if (side.standings().isEmpty()) {
            return null;
        }
        SortedMap<Integer, String> parents = new TreeMap<>();
        boolean sendable = false;
        boolean required = false;
        for (String name : difference.fields().keySet()) {
            Standing standing = side.standings().get(name);
            Agreed agreed = link.agreed().get(name);
            String parent = standing != null && standing.stance() == Stance.WAITING && agreed != null
                    ? lacking(link, side, rules, system, name, agreed.value())
                    : null;
            if (parent != null) {
                boolean needed = difference.create() && isRequired(rules, system, link.type(), name);
                int rank = needed ? 0 : mayBeMade(rules, system, link.type(), name) ? 1 : 2;
                parents.putIfAbsent(rank, parent);
                required |= needed;
            } else {
                sendable = true;
            }
        }
        boolean waits = !parents.isEmpty() && (required || !sendable && !difference.create());
        return waits ? parents.get(parents.firstKey()) : null;
    }

    /** The first link that is referred to and not shown: the others were sent when it was found to be lacking a record. */
    private static @Nullable String lacking(
            LinkState link, Side side, Rules rules, String system, String name, Value agreed) {
        Field field = rules.type(link.type()).field(name);
        Carried carried = field == null ? null : rules.carried(system, link.type(), field);
        Value held = field == null || carried == null
                ? null
                : Planning.held(rules.lenses(), system, field, carried.mapped(), side.seen());
        SortedSet<String> lacking = new TreeSet<>(LinkState.referredTo(agreed));
        if (held instanceof Value.References shown) {
            lacking.removeAll(shown.links());
        }
        return lacking.isEmpty() ? null : lacking.first();
    }

    private static boolean mayBeMade(Rules rules, String system, String type, String field) {
        Field reference = rules.type(type).field(field);
        String target = reference == null ? null : reference.target();
        return target != null
                && rules.policy()
                        .type(target)
                        .map(policy -> policy.records(system).mayCreate())
                        .orElse(false);
    }

    private static boolean isRequired(Rules rules, String system, String type, String field) {
        return rules.system(system)
                .flatMap(known -> known.mapping(type))
                .map(mapping -> mapping.required().stream()
                        .anyMatch(needed -> needed.name().equals(field)))
                .orElse(false);
    }

    private static @Nullable Due timer(LinkState link, String system, Side side) {
        Instant earliest = null;
        for (Map.Entry<String, Standing> entry : side.standings().entrySet()) {
            Instant release = Standings.releasedAt(entry.getValue());
            if (release != null && (earliest == null || release.isBefore(earliest))) {
                earliest = release;
            }
        }
        return earliest == null ? null : new Due(link.id(), system, Due.Need.TIMER, earliest, null);
    }
}
