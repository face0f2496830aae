package dev.crmsync.planning;

import dev.crmsync.spi.model.RecordRef;
import java.util.Set;
import java.util.TreeSet;

/**
 * Takes records out of links, because a person said so or because the system has made something else of them. No record is
 * made in the place of one that was taken out before a person wants it, and none is brought back by its join key.
 */
final class Detaching {
    private final Planning planning;
    private final OurRecords records;
    private final Partings partings;

    Detaching(Planning planning) {
        this.planning = planning;
        this.records = new OurRecords(planning);
        this.partings = new Partings(planning);
    }

    /** The record goes on in a link of its own, with all that was seen of it. */
    void split(LinkDraft link, RecordRef ref, LinkDraft own) {
        if (!detach(link, ref, own, Reason.SPLIT)) {
            return;
        }
        String system = ref.system();
        SideDraft side = own.side(system);
        partings.joined(own, system);
        records.joinedSide(own, system);
        side.want(Reason.SPLIT, planning.seq);
        planning.decided(own, system, Reason.SPLIT);
        askAbout(own);
        askAbout(link);
    }

    /** The record is kept in mind by its id alone. */
    void unlink(LinkDraft link, RecordRef ref, LinkDraft own) {
        SideDraft side = own.side(ref.system());
        boolean alone = link.id().equals(own.id());
        boolean known = alone ? ref.id().equals(side.record) : detach(link, ref, own, Reason.UNLINKED);
        if (!known || side.presence == Presence.IGNORED) {
            return;
        }
        if (alone) {
            own.agreed.clear();
            side.standings.keySet().forEach(field -> planning.settled(own, ref.system(), field));
            partings.end(own, ref.system(), side);
        }
        side.forget();
        side.presence = Presence.IGNORED;
        planning.decided(own, ref.system(), Reason.UNLINKED);
    }

    /** What was passed over meanwhile is read. */
    void follow(LinkDraft link, RecordRef ref) {
        SideDraft side = link.side(ref.system());
        if (side.presence == Presence.IGNORED && ref.id().equals(side.record)) {
            side.presence = Presence.MENTIONED;
            side.want(Reason.BACK, planning.seq);
            planning.decided(link, ref.system(), Reason.BACK);
            askAbout(link);
        }
    }

    /** Nothing else is touched, and nobody's record is archived for it: it is not gone, it is another thing now. */
    void convert(LinkDraft link, RecordRef from) {
        String system = from.system();
        SideDraft side = link.side(system);
        if (!from.id().equals(side.record)) {
            return;
        }
        partings.back(link, system);
        if (side.presence != Presence.DELETED) {
            side.presence = Presence.DELETED;
            side.wanted = null;
            side.inFlight = null;
            side.lastInput = planning.seq;
            partings.end(link, system, side);
            planning.decided(link, system, Reason.CONVERTED);
        }
    }

    private boolean detach(LinkDraft link, RecordRef ref, LinkDraft own, Reason reason) {
        String system = ref.system();
        SideDraft side = link.side(system);
        SideDraft theirs = own.side(system);
        Set<String> others = new TreeSet<>();
        link.sides.forEach((name, other) -> {
            if (!name.equals(system) && other.record != null) {
                others.add(name);
            }
        });
        if (ref.id().equals(side.record)) {
            take(side, theirs);
            leave(link, system, side, reason);
        } else if (side.secondaries.remove(ref.id())) {
            theirs.record = ref.id();
            theirs.presence = Presence.MENTIONED;
        } else {
            return false;
        }
        promote(link, system, side);
        others.forEach(other -> own.side(other).held = reason);
        link.apart.add(own.id());
        own.apart.add(link.id());
        planning.decided(link, system, reason);
        return true;
    }

    /** An answer that is still to come is another link's by then: a read tells what came of the write. */
    private void take(SideDraft side, SideDraft theirs) {
        theirs.record = side.record;
        theirs.presence = side.presence;
        theirs.seen.putAll(side.seen);
        theirs.sent.putAll(side.sent);
        theirs.replaced.putAll(side.replaced);
        theirs.lastInput = planning.seq;
        InFlight flight = side.inFlight;
        if (flight != null && !flight.create()) {
            theirs.inFlight = flight.outcomeUnknown();
        }
    }

    private void leave(LinkDraft link, String system, SideDraft side, Reason reason) {
        InFlight making = side.inFlight != null && side.inFlight.create() ? side.inFlight : null;
        side.standings.keySet().forEach(field -> planning.settled(link, system, field));
        partings.end(link, system, side);
        partings.back(link, system);
        side.forget();
        side.inFlight = making;
        side.record = null;
        side.presence = Presence.NONE;
        side.lastInput = planning.seq;
        side.held = reason;
    }

    /** The only record that is left is the person's there; of several nobody can tell which. */
    private void promote(LinkDraft link, String system, SideDraft side) {
        if (side.record == null && side.secondaries.size() == 1) {
            side.record = side.secondaries.now().first();
            side.secondaries.clear();
            side.presence = Presence.MENTIONED;
            side.want(Reason.ATTACHED, planning.seq);
            if (side.held != null) {
                side.held = null;
                planning.settled(link, system, null);
            }
            planning.decided(link, system, Reason.ATTACHED);
        }
    }

    /** Where a record could be made in the place of the one that was taken out, a person says whether it shall be. */
    private void askAbout(LinkDraft link) {
        link.sides.forEach((system, side) -> {
            Reason held = side.held;
            boolean taken = held == Reason.SPLIT || held == Reason.UNLINKED;
            if (held != null
                    && taken
                    && Scopes.rule(planning.rules, link.type(), system).mayCreate()) {
                planning.ask(link, system, null, held, null);
            }
        });
    }
}
