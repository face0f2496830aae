package dev.crmsync.pull;

import dev.crmsync.ledger.Arrival;
import dev.crmsync.ledger.Ledger;
import dev.crmsync.ledger.Observation;
import dev.crmsync.planning.Reason;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.store.Fence;
import dev.crmsync.spi.store.Lane;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hands what was listed to the ledger. */
final class Feed {
    private static final int TRIES = 3;
    private static final Duration OVERTAKEN = Duration.ofSeconds(1);

    private final Ledger ledger;
    private long matched;

    Feed(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Whether every event was taken, or became a dead letter; those that others overtook are handed in again. */
    boolean takes(Collection<ChangeEvent> events, Lane lane, @Nullable Fence fence) {
        List<Arrival> left = events.stream().map(Arrival::of).toList();
        matched = 0;
        for (int tries = 0; tries < TRIES && !left.isEmpty(); tries++) {
            Observation observation = ledger.observe(left, lane, fence);
            matched += observation.reasons().getOrDefault(Reason.MATCHED, 0L);
            left = observation.left();
        }
        return left.isEmpty();
    }

    /** How many records joined a link by an equal value when events were taken last. */
    long matched() {
        return matched;
    }

    static Step overtaken() {
        return new Step.Waits(OVERTAKEN, "others were faster, or the lease was lost", null);
    }
}
