package dev.crmsync.planning;

import dev.crmsync.spi.model.RecordRef;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Changes which records a link holds. */
final class Relinking {
    private final Planning planning;
    private final Partings partings;
    private final Joining joining;
    private final Detaching detaching;
    private final Map<String, LinkDraft> links;

    Relinking(Planning planning, Map<String, LinkDraft> links) {
        this.planning = planning;
        this.partings = new Partings(planning);
        this.joining = new Joining(planning);
        this.detaching = new Detaching(planning);
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
            join(link(joined.into()), link(joined.from()), false);
        } else if (change instanceof IdentityChange.Merged merged) {
            merge(link(merged.into()), link(merged.from()), merged.gone(), merged.survivor());
        } else if (change instanceof IdentityChange.Converted converted) {
            detaching.convert(link(converted.link()), converted.from());
        } else if (change instanceof IdentityChange.Split split) {
            detaching.split(link(split.link()), split.ref(), link(split.own()));
        } else if (change instanceof IdentityChange.Unlinked unlinked) {
            detaching.unlink(link(unlinked.link()), unlinked.ref(), link(unlinked.own()));
        } else if (change instanceof IdentityChange.Followed followed) {
            detaching.follow(link(followed.link()), followed.ref());
        } else if (change instanceof IdentityChange.Separated separated) {
            separate(link(separated.link()), link(separated.other()));
        } else {
            throw new IllegalArgumentException(change.getClass().getSimpleName() + " is told, and cannot be planned");
        }
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
            if (side.held != null) {
                side.held = null;
                planning.settled(link, ref.system(), null);
            }
        } else if (!side.record.equals(ref.id()) && side.gone()) {
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
        side.forget();
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

    /**
     * What the record is now may be told by nobody: it is read, and joins as whatever is first seen. Held against what the old one had, what
     * it never had would seem to be taken away. A write under way to the old id is answered for that one.
     */
    private void rekey(LinkDraft link, RecordRef from, RecordRef to) {
        SideDraft side = link.side(to.system());
        if (from.id().equals(side.record)) {
            InFlight flight = side.inFlight;
            partings.back(link, to.system());
            side.standings.keySet().forEach(field -> planning.settled(link, to.system(), field));
            side.forget();
            side.record = to.id();
            side.presence = Presence.MENTIONED;
            side.inFlight = flight;
        } else if (!to.id().equals(side.record)) {
            side.secondaries.add(to.id());
        }
        side.secondaries.add(from.id());
        if (side.record != null) {
            side.secondaries.remove(side.record);
        }
        if (to.id().equals(side.record)) {
            side.want(Reason.REKEYED, planning.seq);
            side.lastInput = planning.seq;
        }
        planning.decided(link, to.system(), Reason.REKEYED);
    }

    /**
     * The system has said that two records are one, and so are their links. Where both have a record in a third system nothing
     * says that these are one record too: a person is told that one of them is followed no longer.
     */
    private void merge(LinkDraft into, LinkDraft from, RecordRef gone, RecordRef survivor) {
        List<String> both = join(into, from, true);
        both.stream().filter(system -> !system.equals(survivor.system())).forEach(system -> {
            planning.ask(into, system, null, Reason.DUPLICATE_REVIEW, null);
            planning.decided(into, system, Reason.DUPLICATE_REVIEW);
        });
        rekey(into, gone, survivor);
    }

    private List<String> join(LinkDraft into, LinkDraft from, boolean merged) {
        List<String> both = joining.join(into, from, merged);
        release(into);
        planning.decided(into, systemOf(into), Reason.JOINED);
        planning.reviews.add(new ReviewChange.Closed(Planning.reviewId(into.id(), from.id()), into.id()));
        return both;
    }

    /**
     * No record is made of either until a person has answered: not where the other has one, and not in a third system either,
     * where both would make one.
     */
    private void suspect(LinkDraft link, LinkDraft other, IdentityChange.Suspected suspicion) {
        boolean apart = link.apart.contains(other.id()) || other.apart.contains(link.id());
        boolean anew = Set.of(IdentityChange.MERGED_RECORD, IdentityChange.KEYED_RECORD)
                .contains(suspicion.field());
        if (apart && !anew || link.id().equals(other.id())) {
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

    private void separate(LinkDraft link, LinkDraft other) {
        link.apart.add(other.id());
        other.apart.add(link.id());
        release(link);
        release(other);
        planning.decided(link, systemOf(link), Reason.SEPARATED);
        planning.reviews.add(new ReviewChange.Closed(Planning.reviewId(link.id(), other.id()), link.id()));
    }
}
