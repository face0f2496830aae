package dev.crmsync.planning;

import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.NativeValue;
import java.util.List;
import java.util.Map;

/** Takes in what an event says of fields that plainly stand as they were: the common case, told without asking more. */
final class UnchangedFields {
    private final Planning planning;
    private final LinkDraft link;
    private final SideDraft side;
    private final ChangeEvent event;
    private final Map<String, NativeValue> slots;

    UnchangedFields(
            Planning planning, LinkDraft link, SideDraft side, ChangeEvent event, Map<String, NativeValue> slots) {
        this.planning = planning;
        this.link = link;
        this.side = side;
        this.event = event;
        this.slots = slots;
    }

    /** Takes a field in when every slot that is told shows what it was last seen to hold; otherwise nothing is done. */
    boolean takes(Carried carried) {
        if (carried.field().target() != null || !plainlySame(carried)) {
            return false;
        }
        List<String> names = carried.slots();
        for (int i = 0; i < names.size(); i++) {
            NativeValue raw = slots.get(names.get(i));
            if (raw != null) {
                side.seenAgain(names.get(i), raw, event.asOf());
            }
        }
        planning.decided(
                link,
                event.ref().system(),
                side,
                carried,
                Reason.UNCHANGED,
                event.asOf(),
                planning.held(link, event.ref().system(), side, carried));
        return true;
    }

    private boolean plainlySame(Carried carried) {
        List<String> names = carried.slots();
        for (int i = 0; i < names.size(); i++) {
            NativeValue raw = slots.get(names.get(i));
            if (raw != null && (!raw.equals(Planning.at(side.seen, names.get(i))) || awaited(names.get(i), raw))) {
                return false;
            }
        }
        return true;
    }

    /** Whether something else is being sent to a slot. */
    private boolean awaited(String slot, NativeValue raw) {
        NativeValue sent = side.inFlight == null ? null : side.inFlight.slots().get(slot);
        return sent != null && !sent.equals(raw);
    }
}
