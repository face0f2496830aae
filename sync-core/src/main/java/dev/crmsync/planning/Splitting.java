package dev.crmsync.planning;

import dev.crmsync.spi.model.RecordRef;

/** Takes a record out of its link, because a person said so. */
final class Splitting {
    private final Planning planning;
    private final Deciding deciding;
    private final Partings partings;

    Splitting(Planning planning) {
        this.planning = planning;
        this.deciding = new Deciding(planning);
        this.partings = new Partings(planning);
    }

    void split(LinkDraft link, LinkDraft other, RecordRef ref, boolean alone) {
        String system = ref.system();
        SideDraft side = link.side(system);
        SideDraft theirs = other.side(system);
        theirs.record = ref.id();
        theirs.presence = Presence.MENTIONED;
        if (ref.id().equals(side.record)) {
            move(side, theirs);
            deciding.joinedSide(other, system);
            leave(link, system, side);
        } else {
            side.secondaries.remove(ref.id());
        }
        // What stands there now, after a write perhaps that was under way, is asked for.
        theirs.want(Reason.SPLIT, planning.seq);
        theirs.lastInput = planning.seq;
        link.apart.add(other.id());
        other.apart.add(link.id());
        if (alone) {
            planning.rules.systems().keySet().stream()
                    .map(other::side)
                    .filter(elsewhere -> elsewhere.record == null)
                    .forEach(elsewhere -> elsewhere.held = Reason.ANSWERED);
        }
        planning.decided(link, system, Reason.SPLIT);
        planning.decided(other, system, Reason.SPLIT);
    }

    private static void move(SideDraft from, SideDraft to) {
        to.presence = from.presence;
        to.seen.putAll(from.seen);
        to.sent.putAll(from.sent);
        to.lastRead = 0;
        to.life = from.life;
    }

    /** Whether a record is to be made in its place is for a person: the one that was taken out may still bear the join key. */
    private void leave(LinkDraft link, String system, SideDraft side) {
        partings.end(link, system, side);
        side.standings.forEach((field, standing) -> {
            if (standing.stance() == Stance.HELD) {
                planning.settled(link, system, field);
            }
        });
        side.record = null;
        side.presence = Presence.NONE;
        side.seen.clear();
        side.sent.clear();
        side.standings.clear();
        side.inFlight = null;
        side.wanted = null;
        side.life = Life.UNKNOWN;
        side.lastInput = planning.seq;
        side.lastRead = 0;
        side.readAt = null;
        side.held = Reason.CREATE_REVIEW;
        planning.ask(link, system, null, Reason.CREATE_REVIEW, null);
    }
}
