package dev.crmsync.delivery;

import dev.crmsync.ledger.DeadLetters;
import dev.crmsync.ledger.SyncContext;
import dev.crmsync.ledger.Worked;
import dev.crmsync.pacing.Pacer;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.Archives;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.ReadsMany;
import dev.crmsync.spi.adapter.ReadsOne;
import dev.crmsync.spi.adapter.WritesMany;
import dev.crmsync.spi.adapter.WritesOne;
import dev.crmsync.spi.store.DueRow;
import dev.crmsync.spi.store.Lane;
import dev.crmsync.spi.store.Store;
import dev.crmsync.spi.store.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what is due, turn by turn, fairly across syncs, systems and lanes. One system has one turn at a time in an engine,
 * so that a slow one keeps only itself waiting. Thread-safe.
 */
public final class Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    /** How many turns are looked at, at least: some may be of systems that a sync had once. */
    private static final int TURNS = 1000;

    /** A read, the writes that follow from it elsewhere, the reads that these call for, and one to spare. */
    private static final int ROUNDS = 4;

    /** When to look again at work that is due and cannot be done now. */
    private static final Duration AGAIN = Duration.ofMillis(200);

    private final Store store;
    private final Map<String, Outlet> outlets;
    private final DeliverySettings settings;
    private final Executor turns;
    private final Executor calls;
    private final Silence silence = new Silence();
    private final Absent absent = new Absent();
    private final HalfDone halfDone = new HalfDone();
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final Object rest = new Object();

    /**
     * Delivers for syncs on one store.
     *
     * @param store where they are kept
     * @param outlets what is needed of each sync, by its name
     * @param settings how work is done
     * @param turns runs turns, each of which waits for its calls
     * @param calls runs calls of adapters; it may be the one that runs turns only when it never lacks threads
     */
    public Delivery(
            Store store, Map<String, Outlet> outlets, DeliverySettings settings, Executor turns, Executor calls) {
        this.store = store;
        this.outlets = new TreeMap<>(outlets);
        this.settings = settings;
        this.turns = turns;
        this.calls = calls;
    }

    /**
     * Takes the turns that are up and not being taken: one at each system, and that of its best lane, so that a worse one
     * has none before the better one is empty.
     *
     * @return whether there was one, and when the next is up
     * @throws SyncException of kind TRANSIENT when the store fails
     */
    public Worked step() {
        if (outlets.isEmpty()) {
            return Worked.NOTHING;
        }
        Instant now = now();
        boolean any = false;
        boolean passed = false;
        Set<String> served = new HashSet<>();
        for (Turn turn : store.turns(outlets.keySet(), now, turnsAtMost())) {
            String place = place(turn);
            Taken taken = served.contains(place) ? Taken.LATER : take(turn, place);
            if (taken == Taken.NOW) {
                served.add(place);
            }
            any |= taken == Taken.NOW;
            passed |= taken == Taken.LATER;
        }
        return new Worked(any, any ? now : next(now, passed));
    }

    /** All that there can be: those of paused systems are never taken, come first for it, and must hide nobody else's. */
    private int turnsAtMost() {
        int systems = outlets.values().stream()
                .mapToInt(outlet -> outlet.context().adapters().size())
                .sum();
        return Math.max(TURNS, systems * Lane.values().length);
    }

    private static String place(Turn turn) {
        return turn.sync() + "/" + turn.system();
    }

    private Instant now() {
        return outlets.values().iterator().next().context().now();
    }

    private @Nullable Instant next(Instant now, boolean passed) {
        Instant next = passed ? now.plus(AGAIN) : null;
        for (String sync : outlets.keySet()) {
            Instant due = store.nextDue(sync).orElse(null);
            if (due != null && due.isAfter(now)) {
                next = Worked.earlier(next, due);
            }
        }
        return next;
    }

    /** What became of a turn. */
    private enum Taken {
        NOW,
        /** Somebody is at the system, or no calls are left for now. */
        LATER,
        /** The system is paused or unknown here: looking again does not help. */
        NEVER
    }

    private Taken take(Turn turn, String place) {
        Outlet outlet = outlets.get(turn.sync());
        if (outlet == null
                || !outlet.context().adapters().containsKey(turn.system())
                || outlet.pauses().reason(turn.system()).isPresent()) {
            return Taken.NEVER;
        } else if (!busy.add(place)) {
            return Taken.LATER;
        }
        boolean begun = false;
        try {
            int most = rows(outlet, turn.system(), turn.lane());
            if (most > 0) {
                turns.execute(() -> serve(outlet, turn, place, most));
                begun = true;
            }
        } catch (RejectedExecutionException e) {
            LOG.debug("{}: no thread for a turn", place);
        } finally {
            if (!begun) {
                free(place);
            }
        }
        return begun ? Taken.NOW : Taken.LATER;
    }

    /** For how many rows a call could be made now, whatever each needs: a row that is claimed only to be put back costs a commit. */
    private int rows(Outlet outlet, String system, Lane lane) {
        Adapter adapter = outlet.context().adapter(system);
        Map<Operation, Integer> together = new EnumMap<>(Operation.class);
        if (adapter instanceof WritesOne) {
            together.put(Operation.WRITE_ONE, 1);
        }
        if (adapter instanceof WritesMany many) {
            together.put(Operation.WRITE_MANY, many.writeBatchSize());
        }
        if (adapter instanceof ReadsOne) {
            together.put(Operation.READ_ONE, 1);
        }
        if (adapter instanceof ReadsMany many) {
            together.put(Operation.READ_MANY, many.readBatchSize());
        }
        if (adapter instanceof Archives) {
            together.put(Operation.ARCHIVE, 1);
        }
        long most = settings.rows();
        long room = together.isEmpty() ? most : 0;
        Pacer pacer = outlet.pacer(system);
        for (Map.Entry<Operation, Integer> operation : together.entrySet()) {
            long calls = Math.min(most, pacer.availableNow(operation.getKey(), lane));
            room = Math.max(room, calls * Math.max(1, operation.getValue()));
        }
        return (int) Math.min(most, room);
    }

    private void serve(Outlet outlet, Turn turn, String place, int most) {
        try {
            SyncContext context = outlet.context();
            Instant now = context.now();
            List<DueRow> rows = new ArrayList<>();
            for (String link : halfDone.take(place, turn.lane(), most)) {
                claim(outlet, link, turn.system()).ifPresent(rows::add);
            }
            if (rows.size() < most) {
                Instant until = now.plus(settings.claim());
                rows.addAll(store.claim(turn, now, most - rows.size(), settings.owner(), until));
            }
            if (!rows.isEmpty()) {
                shift(outlet, turn.system()).work(rows);
            }
        } catch (SyncException e) {
            // What was claimed is claimed again once the claim has lapsed.
            LOG.warn("{}: a turn was broken off: {}", place, DeadLetters.reason(e));
            if (e.kind() != SyncException.Kind.TRANSIENT) {
                throw e;
            }
        } finally {
            free(place);
        }
    }

    private void free(String place) {
        synchronized (rest) {
            busy.remove(place);
            rest.notifyAll();
        }
    }

    /**
     * Does at once what is due for a link, out of turn, and what becomes due at other systems by it. What a system puts off
     * is left to its time.
     *
     * @param sync the sync
     * @param link supplies the link, which may become another one on the way
     */
    public void now(String sync, Supplier<String> link) {
        Outlet outlet = outlets.get(sync);
        if (outlet == null) {
            return;
        }
        Set<String> willing = new TreeSet<>(outlet.context().adapters().keySet());
        boolean any = true;
        for (int round = 0; round < ROUNDS && any; round++) {
            any = false;
            for (String system : List.copyOf(willing)) {
                Optional<DueRow> row = claim(outlet, link.get(), system);
                if (row.isPresent() && !shift(outlet, system).work(List.of(row.get()))) {
                    willing.remove(system);
                }
                any |= row.isPresent();
            }
        }
    }

    private Shift shift(Outlet outlet, String system) {
        return new Shift(outlet, system, settings, silence, absent, halfDone, calls);
    }

    private Optional<DueRow> claim(Outlet outlet, String link, String system) {
        if (outlet.pauses().reason(system).isPresent()) {
            return Optional.empty();
        }
        Instant now = outlet.context().now();
        return store.claimOne(outlet.context().sync(), link, system, now, settings.owner(), now.plus(settings.claim()));
    }

    /**
     * Whether a turn is being taken.
     *
     * @return true while one is
     */
    public boolean busy() {
        return !busy.isEmpty();
    }

    /**
     * Waits until no turn is being taken.
     *
     * @param most how long at most
     * @throws InterruptedException when the thread is interrupted
     */
    public void awaitRest(Duration most) throws InterruptedException {
        synchronized (rest) {
            long deadline = System.nanoTime() + most.toNanos();
            long left = most.toMillis();
            while (!busy.isEmpty() && left > 0) {
                rest.wait(left);
                left = (deadline - System.nanoTime()) / 1_000_000;
            }
        }
    }
}
