package dev.crmsync.intake;

import dev.crmsync.json.EventCodec;
import dev.crmsync.ledger.Arrival;
import dev.crmsync.ledger.DeadLetters;
import dev.crmsync.ledger.Ledger;
import dev.crmsync.ledger.Observation;
import dev.crmsync.ledger.Shards;
import dev.crmsync.ledger.SyncContext;
import dev.crmsync.ledger.Worked;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.spi.store.Fence;
import dev.crmsync.spi.store.InboxRow;
import dev.crmsync.spi.store.Lane;
import dev.crmsync.spi.store.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Plans the events that wait in the inbox. The events of one record are in one shard, and one worker at a time has a
 * shard by a fenced lease: so they are planned in the order in which they came. Thread-safe.
 */
public final class Intake {
    /** How many rows of a shard one step looks at. */
    private static final int ROWS = 500;

    /** When to come back to events that others kept overtaking. */
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final Ledger ledger;
    private final SyncContext context;
    private final IntakeSettings settings;
    private final EventCodec codec = new EventCodec();

    /**
     * Plans the events of a sync.
     *
     * @param ledger takes the events
     * @param settings how events are taken in
     */
    public Intake(Ledger ledger, IntakeSettings settings) {
        this.ledger = ledger;
        this.context = ledger.context();
        this.settings = settings;
    }

    /**
     * Plans what waits and has been gathered long enough, one page of each shard.
     *
     * @return whether anything was planned, and when the next record has been gathered
     * @throws dev.crmsync.spi.SyncException of kind TRANSIENT when the store fails; what was planned before stays
     */
    public Worked step() {
        Worked worked = Worked.NOTHING;
        for (int shard : context.store().pendingShards(context.sync())) {
            worked = worked.and(step(shard));
        }
        return worked;
    }

    private Worked step(int shard) {
        String lease = "inbox/" + context.sync() + "/" + shard;
        Instant now = context.now();
        OptionalLong token = context.store().lease(lease, settings.owner(), now, now.plus(settings.lease()));
        if (token.isEmpty()) {
            // Its holder works, or its lease lapses within this time.
            return new Worked(false, now.plus(settings.lease()));
        }
        Worked worked = plan(shard, new Fence(lease, token.getAsLong()));
        if (!worked.any() && worked.next() == null) {
            context.store().release(lease, settings.owner());
        }
        return worked;
    }

    private Worked plan(int shard, Fence fence) {
        List<InboxRow> rows = context.store().pending(context.sync(), shard, ROWS);
        Instant now = context.now();
        Instant next = null;
        List<Arrival> ripe = new ArrayList<>();
        for (Gathered gathered : gather(rows, fence)) {
            Instant until = gathered.since.plus(settings.window());
            if (until.isAfter(now)) {
                next = Worked.earlier(next, until);
            } else {
                ripe.addAll(gathered.arrivals);
            }
        }
        if (ripe.isEmpty()) {
            return new Worked(false, next);
        }
        Observation observation = ledger.observe(ripe, Lane.LIVE, fence);
        boolean any = observation.left().size() < ripe.size();
        return new Worked(any, any ? now : now.plus(AGAIN));
    }

    /** The events of one record that wait together. */
    private static final class Gathered {
        private final Instant since;
        private final List<Arrival> arrivals = new ArrayList<>();

        Gathered(Instant since) {
            this.since = since;
        }
    }

    private List<Gathered> gather(List<InboxRow> rows, Fence fence) {
        Map<RecordRef, Gathered> byRecord = new LinkedHashMap<>();
        for (InboxRow row : rows) {
            ChangeEvent event = decode(row, fence);
            if (event != null) {
                byRecord.computeIfAbsent(
                                event.ref(), ref -> new Gathered(row.event().receivedAt()))
                        .arrivals
                        .add(new Arrival(event, List.of(row.id())));
            }
        }
        return List.copyOf(byRecord.values());
    }

    /** The event, or null when it cannot be read: then it becomes a dead letter, for it would stop its shard for ever. */
    private @Nullable ChangeEvent decode(InboxRow row, Fence fence) {
        try {
            return codec.decode(row.event().content());
        } catch (RuntimeException e) {
            String reason = DeadLetters.reason(e);
            Unit unit = Unit.builder()
                    .deadLetter(DeadLetters.of(
                            context,
                            DeadLetters.EVENT,
                            row.event().system(),
                            null,
                            reason,
                            row.event().content()))
                    .inboxDone(row.id())
                    .build();
            if (context.store().commit(context.sync(), List.of(unit), fence).get(0)) {
                context.listener().deadLetter(context.sync(), row.event().system(), DeadLetters.EVENT, reason);
            }
            return null;
        }
    }

    /** Gives back the shards that this engine holds, so that others need not wait for the leases to lapse. */
    public void release() {
        for (int shard = 0; shard < Shards.COUNT; shard++) {
            context.store().release("inbox/" + context.sync() + "/" + shard, settings.owner());
        }
    }
}
