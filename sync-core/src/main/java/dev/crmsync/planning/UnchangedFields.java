package dev.crmsync.planning;

import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.NativeValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes in what an event says of fields that plainly stand as they were: the common case, told without asking more. */
final class UnchangedFields {
    private final Planning planning;
    private final LinkDraft link;
    private final SideDraft side;
    private final ChangeEvent event;
    private final String system;
    private final Frozen<NativeValue> slots;

    UnchangedFields(Planning planning, LinkDraft link, SideDraft side, ChangeEvent event, Frozen<NativeValue> slots) {
        this.planning = planning;
        this.link = link;
        this.side = side;
        this.event = event;
        this.system = event.ref().system();
        this.slots = slots;
    }

    /** Takes a field in when every slot that is told shows what it was last seen to hold; otherwise nothing is done. */
    boolean takes(Carried carried) {
        if (carried.field().target() != null || !plainlySame(carried)) {
            return false;
        }
        List<String> names = carried.slots();
        for (int i = 0; i < names.size(); i++) {
            // What tells of a field tells of one slot at least.
            if (names.size() == 1 || slots.containsKey(names.get(i))) {
                side.seenAgain(side.seen.indexOf(names.get(i), carried.place(i)), event.asOf());
            }
        }
        Value agreed = link.agreed(carried);
        Value held = planning.held(system, side, carried, agreed);
        planning.left(link, system, side, carried, Reason.UNCHANGED, event.asOf(), held, agreed);
        return true;
    }

    private boolean plainlySame(Carried carried) {
        List<String> names = carried.slots();
        for (int i = 0; i < names.size(); i++) {
            NativeValue raw = slots.get(names.get(i), carried.place(i));
            if (raw != null && (!raw.equals(seen(names.get(i), carried.place(i))) || awaited(names.get(i), raw))) {
                return false;
            }
        }
        return true;
    }

    private @Nullable NativeValue seen(String slot, int place) {
        Seen seen = side.seen.get(slot, place);
        return seen == null ? null : seen.raw();
    }

    /** Whether something else is being sent to a slot. */
    private boolean awaited(String slot, NativeValue raw) {
        NativeValue sent = side.inFlight == null ? null : side.inFlight.slots().get(slot);
        return sent != null && !sent.equals(raw);
    }
}
