package dev.crmsync.planning;

import dev.crmsync.spi.field.Value;
import java.util.Map;

/** Blanks are filled, and full values stand where they are. */
final class FillIfEmptyRule extends SharedRule {
    FillIfEmptyRule(Planning planning, Standings standings) {
        super(planning, standings);
    }

    @Override
    Reason differing(Sight sight) {
        return Reason.BASELINE_KEPT;
    }

    @Override
    Reason edited(Sight sight) {
        Agreed origin = origin(sight);
        boolean supplier = origin != null && origin.system().equals(sight.system());
        if (!supplier && !sight.nothingAgreed()) {
            return keep(sight, Reason.FILLS_BLANKS_ONLY);
        }
        agree(sight, Reason.SUPPLIED);
        for (Map.Entry<String, SideDraft> other : sight.link().sides.entrySet()) {
            if (!other.getKey().equals(sight.system()) && full(sight, other.getKey(), other.getValue())) {
                standings.keep(sight.link(), other.getKey(), sight.field(), Reason.FILLS_BLANKS_ONLY);
            }
        }
        return Reason.SUPPLIED;
    }

    /** Whether a system holds another full value, or is just being given one. */
    private boolean full(Sight sight, String system, SideDraft side) {
        Value held = planning.held(sight.link(), system, sight.field());
        boolean holds = held != null && !held.isBlank() && !planning.equivalent(sight.field(), held, sight.value());
        InFlight flight = side.inFlight;
        boolean given = flight != null
                && planning.carrying(system, sight.link().type(), sight.field())
                        .map(mapped -> planning.lenses().slotsOf(mapped, sight.field()))
                        .map(slots -> slots.stream().anyMatch(flight.slots()::containsKey))
                        .orElse(false);
        return holds || given;
    }
}
