package dev.crmsync.planning;

import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.model.ChangeEvent;

/** Takes in the answers to reads, and to look-ups of creates whose outcome is unknown. */
final class Reading {
    private final Planning planning;
    private final Observing observing;
    private final Writing writing;

    Reading(Planning planning, Observing observing, Writing writing) {
        this.planning = planning;
        this.observing = observing;
        this.writing = writing;
    }

    void outcome(LinkDraft link, Input.ReadOutcome input) {
        SideDraft side = link.side(input.system());
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
                observing.lost(
                        link,
                        input.system(),
                        side,
                        gone.restorable() ? Presence.ARCHIVED : Presence.DELETED,
                        Reason.GONE,
                        gone.asOf());
                side.lastInput = planning.seq;
            }
        } else if (read instanceof Read.NotVisible) {
            observing.lost(link, input.system(), side, Presence.NOT_VISIBLE, Reason.NOT_VISIBLE, null);
            side.lastInput = planning.seq;
        } else if (read instanceof Read.MergedInto merged && merged.record() != null) {
            found(link, input, side, merged.record(), false);
        }
    }

    /**
     * An answer supersedes all that was seen before, unless something arrived between its issue and itself: then the read
     * is repeated, a few times at the most.
     */
    private void found(LinkDraft link, Input.ReadOutcome input, SideDraft side, ChangeEvent record, boolean lookup) {
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
        observing.observe(link, record, true, input.references());
        if (!overtaken) {
            observing.disprove(link, record);
        }
        boolean unsettled = side.wanted != null;
        if (side.inFlight != null && side.inFlight.unknown()) {
            side.inFlight = null;
        }
        side.lastInput = planning.seq;
        if (!unsettled) {
            side.lastRead = planning.seq;
            side.readAt = planning.at;
        }
    }
}
