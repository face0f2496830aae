package dev.crmsync.safety;

import dev.crmsync.ledger.Ledger;
import dev.crmsync.ledger.Progress;
import dev.crmsync.ledger.SyncContext;
import dev.crmsync.pacing.Pacer;
import dev.crmsync.pacing.Sleeper;
import dev.crmsync.pull.DigestSet;
import dev.crmsync.pull.Listings;
import dev.crmsync.pull.Walk;
import dev.crmsync.pull.WalkReport;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.store.DueCount;
import dev.crmsync.spi.store.Fence;
import dev.crmsync.spi.store.Lane;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Brings everything into step that was there before the sync, or that was missed: all records of all types are walked at
 * all systems, and what would have to be read or written is held back until the plan of it is applied. What a person does
 * meanwhile goes out at once, as ever.
 *
 * <p>It may be killed at any point: called again, {@link #dryRun} goes on with the page that was kept last, and {@link
 * #apply} ends what it began. One run of a sync at a time, whatever engine it is in. Thread-safe; calls that walk wait
 * for each other, and return when they are done.
 */
public final class Backfill {
    private final Ledger ledger;
    private final SyncContext context;
    private final Map<String, Pacer> pacers;
    private final Budget budget;
    private final RunLease lease;
    private final PlanMemory memory;
    private final Held held;
    private final Walker walker;
    private final RulesSweep rules;

    /**
     * The backfill of a sync.
     *
     * @param ledger takes what is listed
     * @param pacers the pacer of each system
     * @param budget how much may be changed without approval
     * @param sleeper lets time pass while a vendor asks to be left alone
     */
    public Backfill(Ledger ledger, Map<String, Pacer> pacers, Budget budget, Sleeper sleeper) {
        this.ledger = ledger;
        this.context = ledger.context();
        this.pacers = Map.copyOf(pacers);
        this.budget = budget;
        this.lease = new RunLease(context, "backfill/" + context.ids().get());
        this.walker = new Walker(context, sleeper, lease);
        this.memory = new PlanMemory(context);
        this.held = new Held(ledger);
        this.rules = new RulesSweep(ledger);
    }

    /**
     * Walks everything and says what would be done. Writes nothing anywhere but in the engine's own store. Until the plan
     * is applied, or replaced by another, it stays there.
     *
     * @return the plan
     * @throws SyncException when a system cannot be listed; nothing was concluded from what is missing, and calling again
     *     goes on where it stopped
     */
    public synchronized BackfillPlan dryRun() {
        try {
            begin();
            List<WalkReport> walks = new ArrayList<>();
            Instant since = memory.state().map(RunState::since).orElseThrow();
            while (rules.next() != null && !rules.step(lease.hold())) {
                // What the rules in force ask of links that nobody lists is a part of the plan too.
            }
            for (Walk walk : Listings.walks(ledger, pacers)) {
                walks.add(walker.walk(walk, since));
            }
            return plan(walks);
        } finally {
            lease.release();
            walker.rest();
        }
    }

    /**
     * Lets the work of a plan go, to be done beside what people do, and slower than that. Work that has gone out live in
     * the meantime, or is not needed any more, is left out; any other difference is refused.
     *
     * @param planHash the plan's {@link BackfillPlan#hash()}
     * @return how many pieces of work were let go
     * @throws SyncException of kind VALIDATION when it is not the plan that waits, or the plan has moved
     */
    public synchronized int apply(String planHash) {
        return apply(planHash, Integer.MAX_VALUE);
    }

    /**
     * As {@link #apply(String)}, for a first few records: the rest stays held until another plan is applied.
     *
     * @param planHash the plan's {@link BackfillPlan#hash()}
     * @param most the most records to be changed, above 0
     * @return how many pieces of work were let go
     * @throws SyncException of kind VALIDATION when it is not the plan that waits, or the plan has moved
     */
    public synchronized int apply(String planHash, int most) {
        try {
            Fence fence = lease.hold();
            RunState state = memory.state().filter(RunState::hasPlan).orElse(null);
            if (state == null) {
                throw refused(planHash, "no plan waits");
            }
            if (!state.planHash().equals(planHash)) {
                throw refused(planHash, "the plan that waits is " + state.planHash());
            }
            refuseMoved(state);
            // After a kill from here on the same call ends what it began.
            RunState approved =
                    state.phase() == RunState.Phase.PLANNED ? state.lettingGo(context.now(), counts(Lane.HELD)) : state;
            keep(approved, fence);
            int moved = most == Integer.MAX_VALUE ? held.letGo() : held.letGo(most);
            keep(approved.delivering(), fence);
            memory.forgetWork(state.rows(), fence);
            return moved;
        } finally {
            lease.release();
        }
    }

    /**
     * Drops the plan that waits. The work that it named stays held until a sweep or a run lets it go within its budget.
     */
    public synchronized void discard() {
        try {
            Fence fence = lease.hold();
            Optional<RunState> state = memory.state().filter(kept -> kept.phase() != RunState.Phase.DELIVERING);
            if (state.isPresent()) {
                memory.drop(fence);
                memory.forgetWork(state.get().rows(), fence);
            }
        } finally {
            lease.release();
        }
    }

    /**
     * Walks everything, and lets the work go when it is within the budget.
     *
     * @return the plan that was applied
     * @throws SyncException of kind VALIDATION when it is above the budget: nothing was written, and the message names the
     *     plan to approve; or as {@link #dryRun}
     */
    public synchronized BackfillPlan run() {
        BackfillPlan plan = dryRun();
        if (!plan.withinBudget()) {
            throw SyncException.of(
                            Kind.VALIDATION,
                            "sync " + context.sync() + ": the backfill would change " + plan.changes()
                                    + " records, and its budget is " + plan.allowed()
                                    + "; nothing was written. Look at the plan, then call apply(\"" + plan.hash()
                                    + "\"), or give a larger budget")
                    .about(plan.hash());
        }
        apply(plan.hash());
        return plan;
    }

    /**
     * The plan that waits to be applied.
     *
     * @return its hash, or empty when none waits
     */
    public Optional<String> waiting() {
        return memory.state().filter(RunState::hasPlan).map(RunState::planHash);
    }

    /**
     * How far the backfill is: the walk that is under way in this engine, or else the work that was let go, system by
     * system.
     *
     * @return one entry for each system that has anything to do with it; none when nothing was begun
     */
    public List<Progress> progress() {
        List<Progress> now = new ArrayList<>(walker.progress());
        if (now.isEmpty()) {
            memory.state().filter(RunState::approved).ifPresent(state -> delivering(state, now));
        }
        return now;
    }

    private void delivering(RunState state, List<Progress> progress) {
        SortedMap<String, Long> left = counts(Lane.BACKFILL);
        counts(Lane.RETRY).forEach((system, rows) -> left.merge(system, rows, Long::sum));
        Rate rate = new Rate(state.since(), 0);
        Instant now = context.now();
        state.totals().forEach((system, total) -> {
            long done = Math.max(0, total - left.getOrDefault(system, 0L));
            progress.add(new Progress(
                    "deliver", system, null, done, total, rate.perSecond(now, done), rate.left(now, done, total)));
        });
    }

    private void begin() {
        Fence fence = lease.hold();
        Instant now = context.now().truncatedTo(ChronoUnit.MILLIS);
        boolean resumes = memory.state()
                .filter(state -> state.phase() == RunState.Phase.WALKING && state.beingMade(now))
                .isPresent();
        if (!resumes) {
            int rows = memory.state().map(RunState::rows).orElse(0);
            keep(RunState.walking(now), fence);
            memory.forgetWork(rows, fence);
        }
    }

    private BackfillPlan plan(List<WalkReport> walks) {
        Fence fence = lease.hold();
        String rulesHash = context.rules().get().hash();
        memory.beginWork();
        PlanDraft draft = new PlanDraft(context, pacers, rulesHash, digest -> memory.keepWork(digest, fence));
        held.look(work -> {
            draft.add(work);
            return true;
        });
        BackfillPlan plan = draft.plan(budget, walks);
        int rows = memory.endWork(fence);
        keep(RunState.planned(plan.madeAt(), plan.hash(), rulesHash, rows), fence);
        return plan;
    }

    private void refuseMoved(RunState state) {
        DigestSet approved = memory.work(state.rows());
        long[] moved = {0};
        if (state.rulesHash().equals(context.rules().get().hash())) {
            held.look(work -> {
                moved[0] += approved.contains(work.digest()) ? 0 : 1;
                return true;
            });
        } else {
            moved[0] = Math.max(
                    1,
                    held.changes(Long.MAX_VALUE) + held.archives(Long.MAX_VALUE).size());
        }
        if (moved[0] > 0) {
            throw refused(state.planHash(), "it has moved: " + moved[0] + " pieces of work are not as they were shown");
        }
    }

    private SyncException refused(String planHash, String problem) {
        return SyncException.of(
                        Kind.VALIDATION,
                        "plan " + planHash + " of sync " + context.sync() + " cannot be applied: " + problem
                                + ". Nothing was written; call dryRun() and look at the plan that it gives")
                .about(planHash);
    }

    private SortedMap<String, Long> counts(Lane lane) {
        SortedMap<String, Long> counts = new TreeMap<>();
        for (DueCount count : context.store().countDue(context.sync())) {
            if (count.lane() == lane) {
                counts.merge(count.system(), count.rows(), Long::sum);
            }
        }
        return counts;
    }

    private void keep(RunState state, Fence fence) {
        if (!memory.keep(state, fence)) {
            throw lease.elsewhere();
        }
    }
}
