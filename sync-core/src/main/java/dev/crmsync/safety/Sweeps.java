package dev.crmsync.safety;

import dev.crmsync.ledger.Ledger;
import dev.crmsync.ledger.Pauses;
import dev.crmsync.ledger.SyncContext;
import dev.crmsync.pacing.Pacer;
import dev.crmsync.pull.Listings;
import dev.crmsync.pull.Pulled;
import dev.crmsync.pull.Step;
import dev.crmsync.pull.Walk;
import dev.crmsync.pull.WantedWalks;
import dev.crmsync.spi.store.Fence;
import dev.crmsync.spi.store.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The walks that find, every so often, what webhooks and polls have missed, and once, what changed rules ask for. What they
 * find is held back until the walk has ended, and let go only when it is within the budget; else it waits for a plan to be
 * approved, as it does while a plan of a backfill waits. A walk that a poll calls for is taken out of turn. Thread-safe: one
 * step at a time.
 */
public final class Sweeps {
    private static final Logger LOG = LoggerFactory.getLogger(Sweeps.class);
    private static final Duration BUSY = Duration.ofSeconds(30);

    private final SyncContext context;
    private final Budget budget;
    private final RunLease lease;
    private final PlanMemory plans;
    private final WantedWalks wanted;
    private final Held held;
    private final RulesSweep rules;
    private final List<Entry> entries = new ArrayList<>();
    private Instant rulesLook = Instant.EPOCH;
    private long letGo;

    /** One walk, and when it is looked at next. */
    private static final class Entry {
        private final Walk walk;
        private final @Nullable Duration interval;
        private Instant look = Instant.EPOCH;

        Entry(Walk walk, @Nullable Duration interval) {
            this.walk = walk;
            this.interval = interval;
        }
    }

    /**
     * The sweeps of a sync.
     *
     * @param ledger takes what is listed
     * @param pacers the pacer of each system
     * @param intervals how long after its beginning a walk of a system is repeated; systems that are not named are walked
     *     only when a poll calls for it
     * @param budget how much a sweep may change without approval
     */
    public Sweeps(Ledger ledger, Map<String, Pacer> pacers, Map<String, Duration> intervals, Budget budget) {
        this.context = ledger.context();
        this.budget = budget;
        this.lease = new RunLease(context, "sweeps/" + context.ids().get());
        this.plans = new PlanMemory(context);
        this.wanted = new WantedWalks(context);
        this.held = new Held(ledger);
        this.rules = new RulesSweep(ledger);
        Listings.walks(ledger, pacers).forEach(walk -> entries.add(new Entry(walk, intervals.get(walk.system()))));
    }

    /**
     * Takes one step of the walk whose turn it is.
     *
     * @return what was done, and when to come again
     */
    public synchronized Pulled step() {
        Instant now = context.now();
        Instant page = rules.next();
        if (page != null && !page.isAfter(now) && !rulesLook.isAfter(now)) {
            boolean worked = rulesStep();
            return new Pulled(worked, next());
        }
        for (Entry entry : entries) {
            if (!entry.look.isAfter(now)) {
                Instant begin = begin(entry, now);
                if (begin != null && paused(entry, now)) {
                    continue;
                }
                if (begin != null) {
                    boolean worked = step(entry, begin);
                    return new Pulled(worked, next());
                }
            }
        }
        return new Pulled(false, next());
    }

    private boolean rulesStep() {
        Fence fence = lease.take();
        if (fence == null) {
            rulesLook = context.now().plus(BUSY);
            return false;
        }
        try {
            if (rules.step(fence)) {
                settle();
            }
            return true;
        } finally {
            lease.release();
        }
    }

    /** Since when a walk counts: the one that is under way, or one that begins now; null when none is due. */
    private @Nullable Instant begin(Entry entry, Instant now) {
        String system = entry.walk.system();
        Instant last = entry.walk.startedAt().orElse(null);
        if (last != null && entry.walk.underWay()) {
            return last;
        }
        if (wanted.wanted(system, entry.walk.type())) {
            return now;
        }
        // A walk may be called for at any time, and not only by this engine.
        Instant again = now.plus(BUSY);
        Instant due = entry.interval == null ? again : last == null ? now : last.plus(entry.interval);
        entry.look = due.isBefore(again) ? due : again;
        return due.isAfter(now) ? null : now;
    }

    private boolean paused(Entry entry, Instant now) {
        boolean paused = new Pauses(context).reason(entry.walk.system()).isPresent();
        if (paused) {
            entry.look = now.plus(BUSY);
        }
        return paused;
    }

    private boolean step(Entry entry, Instant since) {
        Fence fence = lease.take();
        if (fence == null) {
            entry.look = context.now().plus(BUSY);
            return false;
        }
        try {
            boolean begins = !entry.walk.underWay();
            Step step = entry.walk.step(Lane.HELD, since, fence);
            if (begins && entry.walk.underWay()) {
                wanted.begun(entry.walk.system(), entry.walk.type());
            }
            if (step instanceof Step.Waits waits) {
                entry.look = context.now().plus(waits.time());
                return false;
            }
            if (step instanceof Step.Ended) {
                settle();
            }
            return true;
        } finally {
            lease.release();
        }
    }

    /**
     * Lets go what a walk has found, unless that is too much or somebody is looking at a plan. Walks that overlap share one
     * budget: a failing one must not let the others go over it piece by piece.
     */
    private void settle() {
        long allowed = Math.max(0, budget.most(context.store().countLinks(context.sync())) - letGo);
        boolean looking =
                plans.state().filter(state -> state.beingMade(context.now())).isPresent();
        long changes = held.changes(allowed);
        if (looking || changes > allowed) {
            LOG.warn(
                    "{}: a sweep found work that is held back ({}); look at it with a dry run of the backfill, and apply it",
                    context.sync(),
                    looking ? "a plan waits to be applied" : "more than the " + allowed + " records of its budget");
            return;
        }
        held.letOthersGo();
        boolean overlapped = entries.stream().anyMatch(entry -> entry.walk.underWay());
        letGo = overlapped ? letGo + changes : 0;
    }

    private @Nullable Instant next() {
        Instant page = rules.next();
        Stream<Instant> looks = entries.stream().map(entry -> entry.look);
        return (page == null ? looks : Stream.concat(looks, Stream.of(page.isBefore(rulesLook) ? rulesLook : page)))
                .min(Instant::compareTo)
                .orElse(null);
    }
}
