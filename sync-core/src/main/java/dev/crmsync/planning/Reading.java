package dev.crmsync.planning;

import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;

/** Takes in the answers to reads, and to look-ups of creates whose outcome is unknown. */
final class Reading {
    private final Planning planning;
    private final Observing observing;
    private final Writing writing;
    private final Partings partings;

    Reading(Planning planning, Observing observing, Writing writing) {
        this.planning = planning;
        this.observing = observing;
        this.writing = writing;
        this.partings = new Partings(planning);
    }

    void outcome(LinkDraft link, Input.ReadOutcome input) {
        if (link.erased) {
            planning.decided(link, input.system(), Reason.ERASED);
            return;
        }
        SideDraft side = link.side(input.system());
        if (side.presence == Presence.IGNORED) {
            planning.decided(link, input.system(), Reason.UNLINKED);
            return;
        }
        InFlight flight = side.inFlight;
        boolean lookup = flight != null && flight.create() && flight.unknown();
        Read read = input.read();
        if (read instanceof Read.Found found) {
            if (lookup) {
                writing.confirm(link, input.system(), found.record().ref());
            }
            found(link, input, side, found.record(), lookup);
        } else if (read instanceof Read.Gone gone) {
            if (lookup && flight != null) {
                writing.absent(link, input.system(), side, flight);
            } else {
                Presence presence = gone.restorable() ? Presence.ARCHIVED : Presence.DELETED;
                observing.gone(link, input.system(), side, presence, gone.asOf(), false);
                side.lastInput = planning.seq;
            }
        } else if (read instanceof Read.NotVisible) {
            observing.outOfSight(link, input.system(), side, null);
            side.lastInput = planning.seq;
        } else if (read instanceof Read.MergedInto merged && merged.record() != null) {
            found(link, input, side, merged.record(), false);
        }
    }

    /** Whether the system itself says that an answer is older than something that it has told. */
    private static boolean datedBefore(SideDraft side, ChangeEvent record) {
        return side.seen.values().stream().anyMatch(seen -> record.asOf().compare(seen.asOf()) == AsOf.Order.BEFORE);
    }

    /**
     * An answer supersedes all that was seen before, unless something arrived between its issue and itself: then the read
     * is repeated, a few times at the most. The last one is accepted, but takes nothing back that is dated after it.
     */
    private void found(LinkDraft link, Input.ReadOutcome input, SideDraft side, ChangeEvent record, boolean lookup) {
        if (!lookup && side.secondaries.contains(record.ref().id())) {
            // It was asked for while it was the primary one: the record that is now is still to be read.
            observing.observe(link, record, true, input.references());
            return;
        }
        boolean overtaken = side.lastInput > input.issued();
        WantedRead wanted = side.wanted;
        int raced = wanted == null ? 0 : wanted.raced();
        if (overtaken && !lookup && raced + 1 < Rules.RACES) {
            side.wanted = new WantedRead(
                    wanted == null ? Reason.UNORDERED : wanted.reason(),
                    wanted == null ? planning.seq : wanted.seq(),
                    raced + 1);
            planning.decided(link, input.system(), Reason.OVERTAKEN, record.asOf());
            return;
        }
        if (overtaken && !lookup) {
            planning.decided(link, input.system(), Reason.RACED);
        }
        side.wanted = null;
        if (wanted != null) {
            // It was there when it was asked, and that was not before the read was wanted.
            partings.alive(link, input.system(), wanted.seq());
            if (wanted.reason() == Reason.GONE) {
                // It was said to be gone, and is there: somebody may have brought it back.
                partings.cameBack(link, input.system(), null, record.asOf().to());
            }
        }
        observing.observe(link, record, !overtaken || lookup || !datedBefore(side, record), input.references());
        // A look-up may find another record under our key: that one says nothing of what the primary one holds.
        boolean primary = record.ref().id().equals(side.record);
        if (!overtaken && primary) {
            observing.disprove(link, record);
            if (record.evidence() != Evidence.INDEX) {
                new Replacements(side).read();
            }
        }
        boolean unsettled = side.wanted != null;
        if (side.inFlight != null && side.inFlight.unknown()) {
            side.inFlight = null;
        }
        side.lastInput = planning.seq;
        if (!unsettled && (primary || !lookup)) {
            side.lastRead = planning.seq;
            side.readAt = planning.at;
        }
    }
}
