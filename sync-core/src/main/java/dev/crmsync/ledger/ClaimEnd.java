package dev.crmsync.ledger;

import dev.crmsync.spi.store.DueRow;
import dev.crmsync.spi.store.Lane;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a claim is given back. Immutable.
 *
 * @param row the claimed row
 * @param dropped whether nothing is tried again until something else makes it due
 * @param lane the lane that it goes on in
 * @param attempts how often it was tried in vain
 * @param until the earliest time at which it is tried again, or null for at once
 */
record ClaimEnd(
        DueRow row,
        boolean dropped,
        Lane lane,
        int attempts,
        @Nullable Instant until) {
    /** A link at a system. */
    record Place(String link, String system) {}

    /** As if it had never been tried. */
    static ClaimEnd released(DueRow row) {
        return new ClaimEnd(row, false, row.lane() == Lane.RETRY ? Lane.LIVE : row.lane(), 0, null);
    }

    static ClaimEnd dropped(DueRow row) {
        return new ClaimEnd(row, true, row.lane(), 0, null);
    }

    Place place() {
        return new Place(row.link(), row.system());
    }
}
