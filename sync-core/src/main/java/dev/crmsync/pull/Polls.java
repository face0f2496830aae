package dev.crmsync.pull;

import dev.crmsync.ledger.Ledger;
import dev.crmsync.ledger.Pauses;
import dev.crmsync.ledger.SyncContext;
import dev.crmsync.pacing.Pacer;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.ListsChanges;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.store.Fence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * All polls of one sync. Each round takes one page of one poll whose time has come; several threads may take rounds at
 * once, so that a slow system delays nobody else's polls. Of several engines on one store one polls at a time. A paused
 * system is not polled. Thread-safe.
 */
public final class Polls {
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final SyncContext context;
    private final String owner;
    private final List<Entry> entries = new ArrayList<>();

    /** One poll, and when it is due. */
    private static final class Entry {
        private final Poll poll;
        private final Duration interval;
        private Instant due = Instant.EPOCH;
        private boolean busy;

        Entry(Poll poll, Duration interval) {
            this.poll = poll;
            this.interval = interval;
        }
    }

    /**
     * The polls of a sync.
     *
     * @param ledger takes what has changed
     * @param pacers the pacer of each system
     * @param intervals how long each system is left alone once a poll has caught up; systems that are not named, and
     *     types that the policy or the mapping leaves out, are not polled
     * @param owner tells this engine from others on the same store
     * @throws SyncException of kind CONFIGURATION when a named system cannot list changes
     */
    public Polls(Ledger ledger, Map<String, Pacer> pacers, Map<String, Duration> intervals, String owner) {
        this.context = ledger.context();
        this.owner = owner;
        intervals.forEach((system, interval) -> {
            if (!(context.adapter(system) instanceof ListsChanges lister)) {
                throw SyncException.configuration("system " + system
                                + " cannot list changes; switch its polls off, and rely on webhooks and sweeps")
                        .inSystem(system);
            }
            for (RecordType type : Listings.types(context, system)) {
                if (Listings.can(context, system, type.name(), Operation.LIST_CHANGES)) {
                    Poll poll = new Poll(ledger, Listings.pacer(pacers, system), system, type.name(), lister);
                    entries.add(new Entry(poll, interval));
                }
            }
        });
    }

    /**
     * Takes one page of the poll that has been due longest.
     *
     * @return what was done, and when to come again
     */
    public Pulled step() {
        Instant now = context.now();
        Entry entry = take(now);
        if (entry == null) {
            return new Pulled(false, next());
        }
        boolean worked = false;
        // Another engine may hold the lease, and may have died: then this one takes over when the lease has lapsed.
        Instant due = now.plus(entry.interval.compareTo(LEASE) < 0 ? entry.interval : LEASE);
        try {
            if (new Pauses(context).reason(entry.poll.system()).isEmpty()) {
                Step step = under(lease(entry.poll, now), entry.poll);
                worked = step instanceof Step.Went || step instanceof Step.CaughtUp caughtUp && caughtUp.records() > 0;
                due = step == null ? due : due(step, context.now(), entry.interval);
            }
        } finally {
            giveBack(entry, due);
        }
        return new Pulled(worked, next());
    }

    /**
     * Makes the polls of a system due at once.
     *
     * @param system the system
     */
    public synchronized void now(String system) {
        entries.stream()
                .filter(entry -> entry.poll.system().equals(system))
                .forEach(entry -> entry.due = Instant.EPOCH);
    }

    private @Nullable Step under(@Nullable Fence lease, Poll poll) {
        if (lease == null) {
            return null;
        }
        Step step = poll.step(lease);
        if (step instanceof Step.CaughtUp) {
            context.store().release(lease.lease(), owner);
        }
        return step;
    }

    private static Instant due(Step step, Instant now, Duration interval) {
        if (step instanceof Step.Went) {
            return now;
        }
        return now.plus(step instanceof Step.Waits waits ? waits.time() : interval);
    }

    private @Nullable Fence lease(Poll poll, Instant now) {
        String name = "poll/" + context.sync() + "/" + poll.system() + "/" + poll.type();
        OptionalLong token = context.store().lease(name, owner, now, now.plus(LEASE));
        return token.isPresent() ? new Fence(name, token.getAsLong()) : null;
    }

    private synchronized @Nullable Entry take(Instant now) {
        Entry first = null;
        for (Entry entry : entries) {
            boolean ready = !entry.busy && !entry.due.isAfter(now);
            if (ready && (first == null || entry.due.isBefore(first.due))) {
                first = entry;
            }
        }
        if (first != null) {
            first.busy = true;
        }
        return first;
    }

    private synchronized void giveBack(Entry entry, Instant due) {
        entry.busy = false;
        entry.due = due;
    }

    private synchronized @Nullable Instant next() {
        Instant next = null;
        for (Entry entry : entries) {
            if (!entry.busy && (next == null || entry.due.isBefore(next))) {
                next = entry.due;
            }
        }
        return next;
    }
}
