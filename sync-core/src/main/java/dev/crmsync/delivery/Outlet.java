package dev.crmsync.delivery;

import dev.crmsync.ledger.Ledger;
import dev.crmsync.ledger.Pauses;
import dev.crmsync.ledger.SyncContext;
import dev.crmsync.pacing.Pacer;
import java.util.Map;
import java.util.Objects;

/**
 * What delivery needs of one sync. Thread-safe.
 *
 * @param ledger takes the inputs
 * @param pacers the pacer of each of its systems
 * @param pauses which of them are paused
 */
public record Outlet(Ledger ledger, Map<String, Pacer> pacers, Pauses pauses) {
    /** Copies the map. */
    public Outlet {
        pacers = Map.copyOf(pacers);
    }

    SyncContext context() {
        return ledger.context();
    }

    Pacer pacer(String system) {
        return Objects.requireNonNull(pacers.get(system), system);
    }
}
