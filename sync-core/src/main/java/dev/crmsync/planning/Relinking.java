package dev.crmsync.planning;

import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.RecordRef;
import java.util.List;
import java.util.Map;

/** Changes which records a link holds. */
final class Relinking {
    private final Planning planning;
    private final Deciding deciding;
    private final Partings partings;
    private final Map<String, LinkDraft> links;

    Relinking(Planning planning, Map<String, LinkDraft> links) {
        this.planning = planning;
        this.deciding = new Deciding(planning);
        this.partings = new Partings(planning);
        this.links = links;
    }

    void change(IdentityChange change) {
        if (change instanceof IdentityChange.Born born) {
            SideDraft side = link(born.link()).side(born.ref().system());
            side.record = born.ref().id();
            side.presence = Presence.MENTIONED;
            planning.decided(link(born.link()), born.ref().system(), Reason.LINKED);
        } else if (change instanceof IdentityChange.Attached attached) {
            attach(link(attached.link()), attached.ref(), attached.matched() ? Reason.MATCHED : Reason.ATTACHED);
        } else if (change instanceof IdentityChange.Mentioned mentioned) {
            mention(link(mentioned.link()), mentioned.ref());
        } else if (change instanceof IdentityChange.Rekeyed rekeyed) {
            rekey(link(rekeyed.link()), rekeyed.from(), rekeyed.to());
        } else if (change instanceof IdentityChange.Suspected suspected) {
            suspected.candidates().forEach(other -> suspect(link(suspected.link()), link(other), suspected));
        } else if (change instanceof IdentityChange.Joined joined) {
            join(link(joined.into()), link(joined.from()));
        } else if (change instanceof IdentityChange.Separated separated) {
            separate(link(separated.link()), link(separated.other()));
        } else if (change instanceof IdentityChange.Absorbed absorbed) {
            lose(link(absorbed.link()), absorbed.ref(), Reason.MERGED_AWAY);
        } else if (change instanceof IdentityChange.Converted converted) {
            lose(link(converted.link()), converted.ref(), Reason.CONVERTED);
        } else if (change instanceof IdentityChange.Split split) {
            new Splitting(planning).split(link(split.link()), link(split.other()), split.ref(), split.alone());
        }
    }

    /** A record that is no more is followed no longer, and nothing that others do on a deletion is done. */
    private void lose(LinkDraft link, RecordRef ref, Reason reason) {
        SideDraft side = link.side(ref.system());
        if (ref.id().equals(side.record)) {
            side.presence = Presence.DELETED;
            side.wanted = null;
            side.inFlight = null;
            partings.end(link, ref.system(), side);
        }
        planning.decided(link, ref.system(), reason);
    }

    private LinkDraft link(String id) {
        LinkDraft link = links.get(id);
        if (link == null) {
            throw new IllegalArgumentException("link " + id + " was not loaded for this change of identity");
        }
        return link;
    }

    private void attach(LinkDraft link, RecordRef ref, Reason reason) {
        SideDraft side = link.side(ref.system());
        if (side.record == null) {
            side.record = ref.id();
            side.presence = Presence.MENTIONED;
            side.held = null;
        } else if (!side.record.equals(ref.id())
                && (side.presence == Presence.ARCHIVED || side.presence == Presence.DELETED)) {
            returned(link, side, ref);
        } else if (!side.record.equals(ref.id())) {
            side.secondaries.add(ref.id());
        }
        planning.decided(link, ref.system(), reason);
    }

    /** What was deleted has come back under a new id: what it holds joins as if it had never been seen. */
    private void returned(LinkDraft link, SideDraft side, RecordRef ref) {
        if (side.record != null) {
            side.secondaries.add(side.record);
        }
        side.secondaries.remove(ref.id());
        side.record = ref.id();
        side.presence = Presence.MENTIONED;
        side.seen.clear();
        side.sent.clear();
        side.standings.clear();
        side.life = Life.UNKNOWN;
        side.lastRead = 0;
        side.readAt = null;
        partings.back(link, ref.system());
        planning.decided(link, ref.system(), Reason.REKEYED);
    }

    private void mention(LinkDraft link, RecordRef ref) {
        SideDraft side = link.side(ref.system());
        if (side.record == null) {
            side.record = ref.id();
            side.presence = Presence.MENTIONED;
            side.want(Reason.MENTIONED, planning.seq);
            planning.decided(link, ref.system(), Reason.MENTIONED);
        }
    }

    private void rekey(LinkDraft link, RecordRef from, RecordRef to) {
        SideDraft side = link.side(to.system());
        side.secondaries.add(from.id());
        side.secondaries.remove(to.id());
        if (from.id().equals(side.record)) {
            side.record = to.id();
            side.presence = Presence.PRESENT;
            side.want(Reason.REKEYED, planning.seq);
        } else if (to.id().equals(side.record)) {
            // What was merged into it may have changed it.
            side.want(Reason.REKEYED, planning.seq);
        } else {
            side.secondaries.add(to.id());
        }
        planning.decided(link, to.system(), Reason.REKEYED);
    }

    /**
     * No record is made of either until a person has answered: not where the other has one, and not in a third system either,
     * where both would make one.
     */
    private void suspect(LinkDraft link, LinkDraft other, IdentityChange.Suspected suspicion) {
        if (link.apart.contains(other.id()) || link.id().equals(other.id())) {
            return;
        }
        hold(link);
        hold(other);
        planning.reviews.add(new ReviewChange.Opened(
                Planning.reviewId(link.id(), other.id()),
                link.id(),
                systemOf(other),
                suspicion.field(),
                Reason.MATCH_REVIEW,
                null,
                suspicion.value(),
                List.of(other.id())));
    }

    private static String systemOf(LinkDraft link) {
        return link.sides.entrySet().stream()
                .filter(side -> side.getValue().record != null)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }

    private void hold(LinkDraft link) {
        for (String system : planning.rules.systems().keySet()) {
            SideDraft side = link.side(system);
            // What is held already stays held for its own reason: a create of unknown outcome is not forgotten.
            if (side.record == null && side.held == null) {
                side.held = Reason.MATCH_REVIEW;
                planning.decided(link, system, Reason.MATCH_REVIEW);
            }
        }
    }

    private void release(LinkDraft link) {
        link.sides.values().forEach(side -> {
            if (side.held == Reason.MATCH_REVIEW || side.held == Reason.DUPLICATE_REVIEW) {
                side.held = null;
            }
        });
    }

    private void join(LinkDraft into, LinkDraft from) {
        from.sides.forEach((system, theirs) -> {
            partings.end(from, system, theirs);
            SideDraft ours = into.side(system);
            ours.secondaries.addAll(theirs.secondaries);
            if (theirs.record != null && ours.record == null) {
                ours.record = theirs.record;
                if (ours.held != null) {
                    ours.held = null;
                    planning.settled(into, system, null);
                }
                ours.presence = theirs.presence;
                ours.seen.putAll(theirs.seen);
                ours.sent.putAll(theirs.sent);
                ours.inFlight = ours.inFlight == null ? theirs.inFlight : ours.inFlight;
                ours.wanted = theirs.wanted;
                ours.lastInput = planning.seq;
                partings.joined(into, system);
                deciding.joinedSide(into, system);
            } else if (theirs.record != null) {
                ours.secondaries.add(theirs.record);
            } else if (ours.record == null) {
                inherit(into, system, ours, theirs);
            }
            if (theirs.held != null) {
                planning.settled(from, system, null);
            }
            theirs.standings.forEach((field, standing) -> {
                if (standing.stance() == Stance.HELD) {
                    planning.settled(from, system, field);
                }
            });
        });
        givenUp(into, from);
        into.apart.addAll(from.apart);
        into.apart.remove(into.id());
        into.apart.remove(from.id());
        from.sides.clear();
        from.agreed.clear();
        from.joinedInto = into.id();
        release(into);
        planning.decided(into, systemOf(into), Reason.JOINED);
        planning.reviews.add(new ReviewChange.Closed(Planning.reviewId(into.id(), from.id()), into.id()));
    }

    /** What the link that is taken over had agreed and the other has not is told, for nobody holds it any more. */
    private void givenUp(LinkDraft into, LinkDraft from) {
        from.agreed.forEach((name, agreed) -> planning.field(into, name).ifPresent(field -> {
            Value stays = into.agreed(field);
            if (!planning.equivalent(field, agreed.value(), stays)) {
                planning.decided(into, agreed.system(), field, Reason.JOINED, null, agreed.value(), stays);
            }
        }));
    }

    /** A create that was not answered may have made a record of both by now, and a person's no is one for both. */
    private void inherit(LinkDraft into, String system, SideDraft ours, SideDraft theirs) {
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

    private void separate(LinkDraft link, LinkDraft other) {
        link.apart.add(other.id());
        other.apart.add(link.id());
        release(link);
        release(other);
        planning.decided(link, systemOf(link), Reason.SEPARATED);
        planning.reviews.add(new ReviewChange.Closed(Planning.reviewId(link.id(), other.id()), link.id()));
    }
}
