package dev.crmsync.pull;

import dev.crmsync.ledger.Ledger;
import dev.crmsync.ledger.SyncContext;
import dev.crmsync.pacing.Pacer;
import dev.crmsync.pull.WalkReport.Conclusion;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.ListsAll;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.Page;
import dev.crmsync.spi.adapter.ReadsMany;
import dev.crmsync.spi.adapter.ReadsOne;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.store.Fence;
import dev.crmsync.spi.store.Lane;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Walks all records of one type at one system, page by page, and then looks into what was not listed. It may be stopped
 * between any two steps, and killed within one: another process goes on from the page that was kept last, and a page that
 * is seen twice changes nothing. A page that fails proves nothing, and absence is only ever answered by a read.
 *
 * <p>Not thread-safe: one step at a time, under a lease where several engines share a store.
 */
public final class Walk {
    private static final int TRIES = 3;

    private final Ledger ledger;
    private final SyncContext context;
    private final Pacer pacer;
    private final String system;
    private final String type;
    private final Adapter adapter;
    private final ListsAll lister;
    private final WalkMemory memory;
    private final Faults faults;
    private final Feed feed;
    private @Nullable Instant current;
    private int begunAnew;
    private @Nullable Concluding concluding;

    /**
     * A walk.
     *
     * @param ledger takes what is listed
     * @param pacer paces the system's calls
     * @param system the system, whose adapter lists all records
     * @param type the record type
     * @throws SyncException of kind CONFIGURATION when the system cannot list all its records
     */
    public Walk(Ledger ledger, Pacer pacer, String system, String type) {
        this.ledger = ledger;
        this.context = ledger.context();
        this.pacer = pacer;
        this.system = system;
        this.type = type;
        this.adapter = context.adapter(system);
        if (!(adapter instanceof ListsAll lists)) {
            throw SyncException.configuration(
                            "system " + system + " cannot list all its records; leave it out of walks")
                    .inSystem(system);
        }
        this.lister = lists;
        this.memory = new WalkMemory(context, system, type);
        this.faults = new Faults(context, system);
        this.feed = new Feed(ledger);
    }

    /**
     * The system that is walked.
     *
     * @return its name
     */
    public String system() {
        return system;
    }

    /**
     * The record type that is walked.
     *
     * @return its name
     */
    public String type() {
        return type;
    }

    /**
     * How many rows were listed so far in the walk that is under way or was the last.
     *
     * @return 0 or more
     */
    public long listed() {
        return memory.state().map(WalkState::rows).orElse(0L);
    }

    /**
     * How many records the last complete walk listed.
     *
     * @return the number, or empty when there was none
     */
    public OptionalLong expected() {
        Optional<WalkMemory.Base> base = memory.base();
        return base.isPresent() ? OptionalLong.of(base.get().records()) : OptionalLong.empty();
    }

    /**
     * When the walk that is under way, or was the last, began.
     *
     * @return the time, or empty when there was none
     */
    public Optional<Instant> startedAt() {
        return memory.state().map(WalkState::startedAt);
    }

    /**
     * Whether a walk is under way.
     *
     * @return true when one has begun and has not ended
     */
    public boolean underWay() {
        return memory.state()
                .filter(state -> state.phase() != WalkState.Phase.FINISHED)
                .isPresent();
    }

    /**
     * How often in a row the system has failed since it last answered.
     *
     * @return 0 or more
     */
    public int failures() {
        return faults.inARow();
    }

    /**
     * Takes one step: one page, or one piece of looking into absences.
     *
     * @param lane the lane of work that becomes due by it
     * @param since a walk that began before this is begun anew; one that began later is gone on with, or is the answer
     * @param fence the lease under which the step is taken, or null
     * @return what it did, never {@link Step.CaughtUp}
     */
    public Step step(Lane lane, Instant since, @Nullable Fence fence) {
        try {
            Step step = go(lane, since.truncatedTo(ChronoUnit.MILLIS), fence);
            if (!(step instanceof Step.Waits)) {
                faults.none();
            }
            return step;
        } catch (RuntimeException fault) {
            return faults.waits(fault);
        }
    }

    private Step go(Lane lane, Instant since, @Nullable Fence fence) {
        WalkState state = memory.state().orElse(null);
        if (state == null || state.startedAt().isBefore(since)) {
            return begin(state, fence);
        }
        if (state.phase() == WalkState.Phase.FINISHED) {
            return new Step.Ended(state.report(system, type));
        }
        if (!state.startedAt().equals(current)) {
            // Begun by another process, or by one that was killed: the question may be another by now.
            goOn(state.startedAt());
            if (!state.fingerprint().equals(lister.scopeFingerprint(type))) {
                return begin(state, fence);
            }
        }
        return state.phase() == WalkState.Phase.LISTING ? list(state, lane, fence) : conclude(state, lane, fence);
    }

    private Step begin(@Nullable WalkState former, @Nullable Fence fence) {
        WalkState begun = WalkState.begun(context.now().truncatedTo(ChronoUnit.MILLIS), lister.scopeFingerprint(type));
        goOn(begun.startedAt());
        return memory.begin(begun, former == null ? 0 : former.pages(), fence) ? new Step.Went(0) : Feed.overtaken();
    }

    private void goOn(Instant startedAt) {
        current = startedAt;
        concluding = null;
    }

    private Step list(WalkState state, Lane lane, @Nullable Fence fence) {
        Duration wait = pacer.acquire(Operation.LIST_ALL, Lane.BACKFILL);
        if (!wait.isZero()) {
            return new Step.Waits(wait, "pacing", null);
        }
        Page page;
        try {
            page = lister.list(type, state.cursor());
        } catch (SyncException fault) {
            boolean cursorIsBad = fault.kind() == SyncException.Kind.VALIDATION && state.cursor() != null;
            if (cursorIsBad && begunAnew < TRIES) {
                begunAnew++;
                return begin(state, fence);
            }
            throw fault;
        }
        LinkedHashSet<ChangeEvent> events = new LinkedHashSet<>(page.events());
        if (!feed.takes(events, lane, fence)) {
            return Feed.overtaken();
        }
        LinkedHashSet<String> ids = new LinkedHashSet<>();
        events.forEach(event -> ids.add(event.ref().id()));
        // A cursor that stands still would be walked for ever, and proves nothing.
        boolean stuck = page.next() != null && page.next().equals(state.cursor());
        WalkState next = state.after(ids.size(), feed.matched(), stuck ? null : page.next(), page.complete() && !stuck);
        return memory.keep(next, ids, fence) ? new Step.Went(ids.size()) : Feed.overtaken();
    }

    private Step conclude(WalkState state, Lane lane, @Nullable Fence fence) {
        boolean readable = (adapter instanceof ReadsOne || adapter instanceof ReadsMany)
                && Listings.can(context, system, type, Operation.READ_ONE);
        if (!state.complete() || !readable) {
            Conclusion none = readable ? Conclusion.PARTIAL : Conclusion.NOT_READABLE;
            WalkState finished = state.finished(none, state.rows(), 0, 0);
            return memory.finish(finished, null, fence) ? ended(finished.report(system, type)) : Feed.overtaken();
        }
        Concluding work = concluding;
        if (work == null) {
            Absences absences = new Absences(context, ledger::load, system, type, memory.seen(state.pages()));
            work = new Concluding(context, feed, memory, absences, system, type);
            concluding = work;
        }
        if (!work.looked()) {
            return work.look();
        }
        // The question may have changed while it was being answered.
        if (!state.fingerprint().equals(lister.scopeFingerprint(type))) {
            return begin(state, fence);
        }
        Step step = work.step(state, lane, fence);
        return step instanceof Step.Ended done ? ended(done.report()) : step;
    }

    private Step ended(WalkReport report) {
        concluding = null;
        begunAnew = 0;
        return new Step.Ended(report);
    }
}
