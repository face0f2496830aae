package dev.crmsync.pull;

import dev.crmsync.ledger.Arrival;
import dev.crmsync.ledger.Ledger;
import dev.crmsync.ledger.Observation;
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
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.spi.store.Fence;
import dev.crmsync.spi.store.Lane;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
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
    private static final Duration OVERTAKEN = Duration.ofSeconds(1);
    private static final int TRIES = 3;
    private static final int READS_A_STEP = 100;

    /** More absences than this, and more than a share of what is known, put the listing itself in doubt. */
    private static final long MANY = 500;

    private static final double MANY_SHARE = 0.1;

    private final Ledger ledger;
    private final SyncContext context;
    private final Pacer pacer;
    private final String system;
    private final String type;
    private final Adapter adapter;
    private final ListsAll lister;
    private final WalkMemory memory;
    private final Faults faults;
    private @Nullable Instant current;
    private int begunAnew;
    private @Nullable Absences absences;
    private @Nullable Verdict verdict;

    /** What is to be done about absences, and how far that is. */
    private record Verdict(Conclusion conclusion, List<String> toAsk, int asked) {}

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
            return new Step.Ended(report(state));
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
        return memory.begin(begun, former == null ? 0 : former.pages(), fence) ? new Step.Went(0) : overtaken();
    }

    private void goOn(Instant startedAt) {
        current = startedAt;
        absences = null;
        verdict = null;
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
        if (!observe(List.copyOf(events), lane, fence)) {
            return overtaken();
        }
        LinkedHashSet<String> ids = new LinkedHashSet<>();
        events.forEach(event -> ids.add(event.ref().id()));
        // A cursor that stands still would be walked for ever, and proves nothing.
        boolean stuck = page.next() != null && page.next().equals(state.cursor());
        WalkState next = state.after(ids.size(), stuck ? null : page.next(), page.complete() && !stuck);
        return memory.keep(next, ids, fence) ? new Step.Went(ids.size()) : overtaken();
    }

    private boolean observe(List<ChangeEvent> events, Lane lane, @Nullable Fence fence) {
        List<Arrival> left = events.stream().map(Arrival::of).toList();
        for (int tries = 0; tries < TRIES && !left.isEmpty(); tries++) {
            Observation observed = ledger.observe(left, lane, fence);
            left = observed.left();
        }
        return left.isEmpty();
    }

    private Step conclude(WalkState state, Lane lane, @Nullable Fence fence) {
        if (!state.complete()) {
            return finish(state, new Verdict(Conclusion.PARTIAL, List.of(), 0), null, fence);
        }
        if (!(adapter instanceof ReadsOne) && !(adapter instanceof ReadsMany)) {
            return finish(state, new Verdict(Conclusion.NOT_READABLE, List.of(), 0), null, fence);
        }
        if (absences == null) {
            absences = new Absences(context, ledger::load, system, type, memory.seen(state.pages()));
        }
        if (!absences.ended()) {
            return new Step.Went(absences.step());
        }
        if (verdict == null) {
            // The question may have changed while it was being answered.
            if (!state.fingerprint().equals(lister.scopeFingerprint(type))) {
                return begin(state, fence);
            }
            verdict = judge(state, absences);
        }
        return verdict.asked() < verdict.toAsk().size()
                ? ask(verdict, lane, fence)
                : finish(state, verdict, absences, fence);
    }

    private Verdict judge(WalkState state, Absences found) {
        if (found.listed() == 0 && found.known() > 0) {
            return new Verdict(Conclusion.EMPTY, List.of(), 0);
        }
        boolean sameQuestion = memory.base()
                .map(base -> base.fingerprint().equals(state.fingerprint()))
                .orElse(false);
        if (!sameQuestion) {
            return new Verdict(Conclusion.BASELINE, List.of(), 0);
        }
        DigestSet lacked = memory.lacked();
        List<String> newly =
                found.absent().stream().filter(id -> !lacked.contains(id)).toList();
        return newly.size() > Math.max(MANY, MANY_SHARE * found.known())
                ? new Verdict(Conclusion.TOO_MANY, List.of(), 0)
                : new Verdict(Conclusion.PROVED, newly, 0);
    }

    private Step ask(Verdict given, Lane lane, @Nullable Fence fence) {
        int to = Math.min(given.toAsk().size(), given.asked() + READS_A_STEP);
        AsOf now = AsOf.at(context.now());
        List<ChangeEvent> gaps = given.toAsk().subList(given.asked(), to).stream()
                .map(id -> ChangeEvent.of(new RecordRef(system, type, id), ChangeKind.GAP, now, Evidence.LISTING))
                .toList();
        if (!observe(gaps, lane, fence)) {
            return overtaken();
        }
        verdict = new Verdict(given.conclusion(), given.toAsk(), to);
        return new Step.Went(gaps.size());
    }

    private Step finish(WalkState state, Verdict given, @Nullable Absences found, @Nullable Fence fence) {
        boolean measures = given.conclusion() == Conclusion.PROVED || given.conclusion() == Conclusion.BASELINE;
        long records = found == null ? state.rows() : found.listed();
        List<String> absent = found == null ? List.of() : found.absent();
        WalkState finished = state.finished(given.conclusion(), records, absent.size(), given.asked());
        if (!memory.finish(finished, measures ? state.fingerprint() : null, records, absent, fence)) {
            return overtaken();
        }
        absences = null;
        verdict = null;
        begunAnew = 0;
        return new Step.Ended(report(finished));
    }

    private WalkReport report(WalkState finished) {
        Conclusion conclusion = finished.conclusion() == null ? Conclusion.PARTIAL : finished.conclusion();
        return new WalkReport(
                system, type, finished.startedAt(), finished.rows(), finished.absent(), finished.asked(), conclusion);
    }

    private static Step overtaken() {
        return new Step.Waits(OVERTAKEN, "others were faster, or the lease was lost", null);
    }
}
