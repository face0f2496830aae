package dev.crmsync.pull;

import dev.crmsync.ledger.DeadLetters;
import dev.crmsync.ledger.SyncContext;
import dev.crmsync.pacing.PacedCalls;
import dev.crmsync.pacing.Pacer;
import dev.crmsync.pacing.Sleeper;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.ReplaysWebhooks;
import dev.crmsync.spi.store.Lane;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Looks for what was missed during an outage: first what vendors kept for us, then what a walk of all records shows. */
public final class Recovery {
    private final SyncContext context;
    private final PacedCalls calls;
    private final WantedWalks walks;

    /**
     * The recovery of a sync.
     *
     * @param context the sync
     * @param pacers the pacer of each system
     * @param sleeper lets time pass while a vendor asks to be left alone
     */
    public Recovery(SyncContext context, Map<String, Pacer> pacers, Sleeper sleeper) {
        this.context = context;
        this.calls = new PacedCalls(pacers, sleeper, Lane.LIVE, () -> {});
        this.walks = new WantedWalks(context);
    }

    /**
     * Asks every vendor that can for its webhooks again, and calls for walks.
     *
     * @param from when the outage began
     * @return what was asked for, system by system
     */
    public SortedMap<String, Recovered> recover(Instant from) {
        SortedMap<String, Recovered> recovered = new TreeMap<>();
        for (String system : context.adapters().keySet()) {
            List<String> types = Listings.walkable(context, system);
            types.forEach(type -> walks.want(system, type));
            recovered.put(system, replayed(system, from, types));
        }
        return recovered;
    }

    private Recovered replayed(String system, Instant from, List<String> types) {
        if (!(context.adapter(system) instanceof ReplaysWebhooks replays)) {
            return new Recovered(-1, false, types, null);
        }
        try {
            ReplaysWebhooks.Replayed replayed =
                    calls.call(system, Operation.ADMIN, () -> replays.replay(from, context.now()));
            return new Recovered(replayed.deliveries(), replayed.capped(), types, null);
        } catch (RuntimeException fault) {
            return new Recovered(-1, false, types, DeadLetters.reason(fault));
        }
    }
}
