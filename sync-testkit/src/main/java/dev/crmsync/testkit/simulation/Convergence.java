package dev.crmsync.testkit.simulation;

import dev.crmsync.planning.Agreed;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Presence;
import dev.crmsync.planning.Reason;
import dev.crmsync.planning.Side;
import dev.crmsync.planning.Stance;
import dev.crmsync.planning.Stances;
import dev.crmsync.planning.Standing;
import dev.crmsync.policy.Leaving;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.policy.Scope;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.spi.store.Lane;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Law 3: once everything has been observed and has drained, every system that follows holds the agreed value or a proved
 * rendering of it, and every other stance has its reason.
 */
final class Convergence extends Law {
    Convergence(Findings found) {
        super(3, found);
    }

    @Override
    void check() {
        drained();
        for (LinkState link : found.links.values()) {
            if (link.joinedInto() == null && !link.erased()) {
                link.sides().forEach((system, side) -> settled(link, system, side));
                made(link);
            }
        }
        found.vendors
                .values()
                .forEach(vendor -> vendor.all().forEach(record -> {
                    if (record.live() && found.linkOf(record.ref) == null) {
                        broken(record.ref + " belongs to no link");
                    }
                }));
    }

    private void drained() {
        if (found.waiting > 0) {
            broken(found.waiting + " events still wait in the inbox");
        }
        found.due.stream()
                .filter(row -> row.lane() != Lane.HELD)
                .forEach(row -> broken("work is still due for " + row.link() + " at " + row.system() + " not before "
                        + row.notBefore() + " after " + row.attempts() + " attempts"));
        found.deadLetters.forEach(
                letter -> broken("dead letter " + letter.kind() + " at " + letter.system() + ": " + letter.reason()));
    }

    private void settled(LinkState link, String system, Side side) {
        if (side.inFlight() != null || side.wanted() != null) {
            broken(link.id() + " at " + system + " is not settled: in flight " + side.inFlight() + ", wanted "
                    + side.wanted());
        }
        RecordRef ref = link.ref(system);
        ToyRecord record =
                ref == null ? null : found.vendor(system).find(ref.id()).orElse(null);
        if (record == null) {
            return;
        }
        if (!record.live() && untold(record)) {
            found.chronicle.count("removals that nobody could tell");
        } else if (record.live() != (side.presence() == Presence.PRESENT)) {
            broken(ref + " is " + (record.live() ? "live" : "gone") + ", and believed to be " + side.presence());
        }
        if (record.live() && side.presence() == Presence.PRESENT) {
            SortedMap<String, NativeValue> truth = Deed.slots(record.properties);
            believed(record, side, truth);
            fields(link, record, truth);
        }
    }

    /** Whether the webhook of the last removal was lost, and the listing that lacks the record is empty, so that it proves nothing. */
    private boolean untold(ToyRecord record) {
        ToyVendor vendor = found.vendor(record.ref.system());
        long removed = found.deeds(record.ref).stream()
                .filter(deed -> deed.kind() == Deed.Kind.ARCHIVED || deed.kind() == Deed.Kind.DELETED)
                .mapToLong(Deed::tick)
                .max()
                .orElse(0);
        boolean heard = found.chronicle.sightings.stream()
                .anyMatch(sighting -> sighting.event.ref().equals(record.ref)
                        && (sighting.event.kind() == ChangeKind.DELETE || sighting.event.kind() == ChangeKind.ARCHIVE)
                        && sighting.planned > 0
                        && sighting.taken >= removed);
        return !heard && vendor.all().stream().noneMatch(ToyRecord::live);
    }

    private void believed(ToyRecord record, Side side, SortedMap<String, NativeValue> truth) {
        side.seen().forEach((slot, seen) -> {
            NativeValue held = truth.getOrDefault(slot, NativeValue.EMPTY);
            if (!held.equals(seen.raw()) && !(held.isBlank() && seen.raw().isBlank())) {
                broken(record.ref + " holds " + slot + " = " + ToyVendor.show(held) + ", and is believed to hold "
                        + ToyVendor.show(seen.raw()));
            }
        });
    }

    private void fields(LinkState link, ToyRecord record, SortedMap<String, NativeValue> truth) {
        TreeSet<Field> fields = new TreeSet<>();
        truth.keySet().forEach(slot -> {
            Field field = found.fieldOf(record.ref, slot);
            if (field != null) {
                fields.add(field);
            }
        });
        link.agreed()
                .keySet()
                .forEach(name -> found.rules
                        .policy()
                        .recordType(link.type())
                        .flatMap(type -> type.field(name))
                        .ifPresent(fields::add));
        for (Field field : fields) {
            Value agreed = link.agreed().containsKey(field.name())
                    ? link.agreed().get(field.name()).value()
                    : null;
            field(link, record, field, agreed, found.value(record.ref, field, truth));
        }
    }

    private void field(LinkState link, ToyRecord record, Field field, @Nullable Value agreed, @Nullable Value held) {
        String system = record.ref.system();
        Stance stance = Stances.of(link, system, field, found.rules);
        if (stance == Stance.FOLLOWS) {
            found.chronicle.count("stance FOLLOWS");
            if (!found.same(field, agreed, held) && !found.rendered(record.ref, field, agreed, held)) {
                broken(record.ref + " should hold " + field + " = " + found.show(agreed) + ", and holds "
                        + found.show(held));
            }
            return;
        }
        Standing standing = link.side(system).standings().get(field.name());
        String reason = standing == null
                ? byRules(link, record, field, stance, agreed)
                : standing.reason().name();
        found.chronicle.count("stance " + stance + " " + reason);
        if (reason == null) {
            broken(record.ref + ": the stance " + stance + " of " + field + " has no reason");
        }
        boolean asked = found.reviews.stream().anyMatch(review -> review.link().equals(link.id()));
        if (stance == Stance.HELD && !asked && standing != null && standing.reason() != Reason.REVERT_CAP) {
            broken(record.ref + ": " + field + " is held for " + standing.reason() + ", and nobody is asked");
        }
        if (stance == Stance.HELD && standing != null && standing.reason() == Reason.REVERT_CAP) {
            broken(record.ref + ": " + field + " is held by a cap that has long passed");
        }
        if (stance == Stance.WAITING || stance == Stance.PAUSED) {
            broken(record.ref + ": " + field + " is " + stance + " in a world without parents and pauses");
        }
    }

    /** The reason that policy and mapping give for a stance, worked out anew. */
    private @Nullable String byRules(
            LinkState link, ToyRecord record, Field field, Stance stance, @Nullable Value agreed) {
        if (stance == Stance.NOT_RECEIVED) {
            boolean carried = found.mapped(record.ref, field).isPresent();
            boolean decided = found.rules.policy().field(link.type(), field).isPresent();
            boolean received = found.rules
                    .policy()
                    .field(link.type(), field)
                    .map(policy -> policy.receives(record.ref.system()))
                    .orElse(false);
            if (outOfScope(link, record.ref.system(), false)) {
                found.chronicle.happenings.add(Happening.SCOPE_LEFT);
                return "left the scope";
            }
            boolean written = found.rules
                    .policy()
                    .field(link.type(), field)
                    .map(policy -> SharedClobber.received(policy.rule(), false))
                    .orElse(true);
            return !carried
                    ? "not carried"
                    : !decided ? "no rule" : !received ? "not received" : !written ? "not written" : null;
        }
        if (stance == Stance.REFUSED && agreed != null) {
            return found.mapped(record.ref, field)
                    .flatMap(mapped -> found.lenses().refusal(mapped, field, agreed))
                    .map(why -> "lens")
                    .orElse(null);
        }
        return null;
    }

    private void made(LinkState link) {
        // Of what may be about to be archived, and is asked about, no other record is made.
        boolean anywhere = link.sides().values().stream().anyMatch(side -> side.presence() == Presence.PRESENT)
                && link.sides().values().stream().allMatch(side -> side.life().parting() == null);
        for (String system : found.vendors.keySet()) {
            boolean wanted = found.rules
                    .policy()
                    .type(link.type())
                    .map(policy -> policy.records(system))
                    .map(RecordRule::mayCreate)
                    .orElse(false);
            Side side = link.side(system);
            if (anywhere && wanted && side.presence() == Presence.NONE && tells(link, system)) {
                if (outOfScope(link, system, true)) {
                    found.chronicle.count("out of scope, and not made");
                } else if (side.held() == null) {
                    broken(link.id() + " should have a record at " + system + ", and has none");
                } else {
                    found.chronicle.count("create held " + side.held());
                }
            }
        }
    }

    /** Whether a link does not concern a system, which makes no record of it; one that was made may be followed all the same. */
    private boolean outOfScope(LinkState link, String system, boolean making) {
        RecordRule rule = found.rules
                .policy()
                .type(link.type())
                .map(policy -> policy.records(system))
                .orElse(RecordRule.FOLLOW);
        Scope scope = rule.scope();
        if (scope == null || !making && rule.leaving() == Leaving.KEEP_FOLLOWING) {
            return false;
        }
        Agreed agreed = link.agreed().get(scope.field().name());
        return !scope.holds(agreed == null ? null : agreed.value());
    }

    /** Whether there is any value that a record at the system would be given: none is made of nothing. */
    private boolean tells(LinkState link, String system) {
        return link.agreed().entrySet().stream()
                .filter(agreed -> !agreed.getValue().value().isBlank())
                .flatMap(agreed ->
                        found
                                .rules
                                .policy()
                                .recordType(link.type())
                                .flatMap(type -> type.field(agreed.getKey()))
                                .stream())
                .anyMatch(field -> Stances.of(link, system, field, found.rules) == Stance.FOLLOWS);
    }

    /** The agreed values of links, for comparisons. */
    static SortedMap<String, SortedMap<String, Value>> agreed(SortedMap<String, LinkState> links) {
        TreeMap<String, SortedMap<String, Value>> all = new TreeMap<>();
        links.forEach((id, link) -> {
            TreeMap<String, Value> agreed = new TreeMap<>();
            link.agreed().forEach((field, value) -> agreed.put(field, value.value()));
            all.put(id, agreed);
        });
        return all;
    }
}
