package dev.crmsync.planning;

import dev.crmsync.policy.NonOwnerEdit;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes two links one. Of two records at one system the one of the link that stays goes on as the primary, unless it is gone
 * and the other is not; what the other link had agreed and is not taken stands in the journal.
 */
final class Joining {
    private final Planning planning;
    private final OurRecords records;
    private final Partings partings;

    Joining(Planning planning) {
        this.planning = planning;
        this.records = new OurRecords(planning);
        this.partings = new Partings(planning);
    }

    /**
     * Takes a link over.
     *
     * @param merged whether that is because of a merge at some system, and not because of what the other systems hold
     * @return the systems at which both had a record, so that one of them is a secondary one now
     */
    List<String> join(LinkDraft into, LinkDraft from, boolean merged) {
        List<String> both = new ArrayList<>();
        from.sides.forEach((system, theirs) -> {
            partings.end(from, system, theirs);
            SideDraft ours = into.side(system);
            ours.secondaries.addAll(theirs.secondaries);
            boolean succeeds = theirs.record != null && ours.record != null && lost(ours) && !lost(theirs);
            if (theirs.record == null) {
                inherit(into, system, ours, theirs, merged);
            } else if (succeeds) {
                succeed(into, from, system, merged);
            } else if (ours.record == null) {
                move(into, from, system, merged);
            } else {
                both.add(system);
                beside(into, system, ours, theirs);
            }
            settle(from, system, theirs);
        });
        outweigh(into, from);
        into.apart.addAll(from.apart);
        into.apart.remove(into.id());
        into.apart.remove(from.id());
        from.sides.clear();
        from.agreed.clear();
        from.apart.clear();
        from.joinedInto = into.id();
        return both;
    }

    private static boolean lost(SideDraft side) {
        return side.gone() || side.presence == Presence.IGNORED;
    }

    private void settle(LinkDraft from, String system, SideDraft theirs) {
        if (theirs.held != null) {
            planning.settled(from, system, null);
        }
        theirs.standings.keySet().forEach(field -> planning.settled(from, system, field));
    }

    private void move(LinkDraft into, LinkDraft from, String system, boolean merged) {
        SideDraft ours = into.side(system);
        SideDraft theirs = from.side(system);
        ours.record = theirs.record;
        if (merged && mayBeMade(ours)) {
            askWhetherMade(into, system, ours, ours.inFlight);
        } else if (ours.held != null) {
            ours.held = null;
            planning.settled(into, system, null);
        }
        ours.presence = theirs.presence == Presence.IGNORED ? Presence.MENTIONED : theirs.presence;
        ours.seen.putAll(theirs.seen);
        ours.sent.putAll(theirs.sent);
        ours.replaced.putAll(theirs.replaced);
        ours.inFlight = ours.inFlight == null ? theirs.inFlight : ours.inFlight;
        ours.wanted = theirs.wanted;
        if (theirs.presence == Presence.IGNORED) {
            ours.want(Reason.BACK, planning.seq);
        }
        ours.lastInput = planning.seq;
        partings.joined(into, system);
        records.joinedSide(into, system);
        theirs.standings.forEach((name, standing) -> planning.field(into, name)
                .filter(field -> !leftForWantOfAnother(from, field, standing))
                .ifPresent(field -> stand(into, system, field, standing)));
    }

    /** Whether a value was left where it was only because there was none to put in its place. */
    private boolean leftForWantOfAnother(LinkDraft from, Field field, Standing standing) {
        return standing.stance() == Stance.KEPT
                && from.agreed(field) == null
                && planning.rules
                        .policy()
                        .field(from.type(), field)
                        .filter(policy -> policy.rule().otherEdits() == NonOwnerEdit.REVERT)
                        .isPresent();
    }

    /** What was left to the system, or to a person, still is: an edit that waits for its answer is not written over meanwhile. */
    private void stand(LinkDraft into, String system, Field field, Standing standing) {
        Value held = planning.held(into, system, field);
        boolean left = standing.stance() == Stance.KEPT || standing.stance() == Stance.HELD;
        if (!left || held == null || planning.equivalent(field, into.agreed(field), held)) {
            return;
        }
        into.side(system).standings.put(field.name(), standing);
        if (standing.stance() == Stance.HELD && standing.reason() != Reason.REVERT_CAP) {
            planning.ask(into, system, field, standing.reason(), held);
        }
        planning.decided(into, system, field, standing.reason(), null, held, into.agreed(field));
    }

    /** Ours is gone there and theirs is not: it has come back under another id. */
    private void succeed(LinkDraft into, LinkDraft from, String system, boolean merged) {
        SideDraft ours = into.side(system);
        if (ours.record != null) {
            ours.secondaries.add(ours.record);
        }
        ours.standings.keySet().forEach(field -> planning.settled(into, system, field));
        ours.forget();
        move(into, from, system, merged);
        partings.back(into, system);
        planning.decided(into, system, Reason.REKEYED);
    }

    /**
     * What is under way to their record goes on under our name, so that nothing else is written until its answer has come: it
     * may be our record that it reaches, where the system has merged the two.
     */
    private void beside(LinkDraft into, String system, SideDraft ours, SideDraft theirs) {
        if (theirs.record != null) {
            ours.secondaries.add(theirs.record);
        }
        InFlight flight = theirs.inFlight;
        if (flight != null && !flight.archive() && ours.inFlight == null) {
            ours.inFlight = flight;
            ours.lastInput = planning.seq;
            if (flight.unknown()) {
                ours.want(Reason.OUTCOME_UNKNOWN, planning.seq);
            }
        }
        planning.decided(into, system, Reason.SECONDARY);
    }

    private static boolean mayBeMade(SideDraft side) {
        return side.held == Reason.CREATE_REVIEW || side.inFlight != null && side.inFlight.create();
    }

    /**
     * A record that a create makes, or has made unknown to us, need not be the one that is known: it would be nobody's. What is
     * still answered answers the question; who is seen meanwhile is not taken for it.
     */
    private void askWhetherMade(LinkDraft into, String system, SideDraft ours, @Nullable InFlight flight) {
        if (flight != null && flight.create() && flight.unknown()) {
            ours.inFlight = null;
        }
        ours.held = Reason.CREATE_REVIEW;
        planning.ask(into, system, null, Reason.CREATE_REVIEW, null);
        planning.decided(into, system, Reason.CREATE_REVIEW);
    }

    /** A create that was not answered may have made a record of both by now, and a person's no is one for both. */
    private void inherit(LinkDraft into, String system, SideDraft ours, SideDraft theirs, boolean merged) {
        if (ours.record != null) {
            InFlight flight = theirs.inFlight;
            if (flight != null && !flight.unknown() && ours.inFlight == null) {
                // What it makes is a further record of ours.
                ours.inFlight = flight;
                ours.lastInput = planning.seq;
            }
            if (merged && mayBeMade(theirs)) {
                askWhetherMade(into, system, ours, ours.inFlight);
            }
            return;
        }
        theirs.sent.forEach(ours.sent::putIfAbsent);
        if (ours.inFlight == null && theirs.inFlight != null) {
            ours.inFlight = theirs.inFlight;
            ours.lastInput = planning.seq;
        }
        boolean free = ours.held == null || ours.held == Reason.MATCH_REVIEW || ours.held == Reason.DUPLICATE_REVIEW;
        if (free && theirs.held == Reason.CREATE_REVIEW) {
            planning.ask(into, system, null, Reason.CREATE_REVIEW, null);
            planning.decided(into, system, Reason.CREATE_REVIEW);
        }
        if (free && (theirs.held == Reason.CREATE_REVIEW || theirs.held == Reason.ANSWERED)) {
            ours.held = theirs.held;
        }
    }

    /** An edit that the other link had agreed on may not have reached anything that is taken over: it does not vanish without a word. */
    private void outweigh(LinkDraft into, LinkDraft from) {
        from.agreed.forEach((name, agreed) -> planning.field(into, name)
                .filter(field -> !holds(into, field, agreed.value()))
                .filter(field -> !told(into, field, agreed.value()))
                .ifPresent(field -> planning.decided(
                        into,
                        agreed.system(),
                        field,
                        Reason.OVERRULED_BY_JOIN,
                        agreed.written(),
                        agreed.value(),
                        into.agreed(field))));
    }

    private boolean holds(LinkDraft into, Field field, Value value) {
        Value agreed = into.agreed(field);
        return planning.equivalent(field, agreed, value) || value.isBlank() && (agreed == null || agreed.isBlank());
    }

    private boolean told(LinkDraft into, Field field, Value value) {
        return planning.decisions.stream()
                .anyMatch(decision -> decision.link().equals(into.id())
                        && field.name().equals(decision.field())
                        && planning.equivalent(field, decision.saw(), value));
    }
}
