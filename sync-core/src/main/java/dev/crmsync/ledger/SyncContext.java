package dev.crmsync.ledger;

import dev.crmsync.planning.Rules;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * What every room needs to know of one sync: its name, where its state is kept, its rules and adapters, and the seams to
 * the outside world. Immutable; everything in it is thread-safe.
 *
 * @param sync the sync's name; every key in the store begins with it
 * @param store where its state is kept
 * @param rules supplies the rules that hold now
 * @param adapters the adapter of each of its systems, by the system's name
 * @param clock the engine's only clock
 * @param ids supplies ids that no other call on any machine supplies, at most 64 characters
 * @param jitter supplies numbers from 0 (inclusive) to 1 (exclusive)
 * @param listener is told what happens; it never throws
 * @param salt goes into the digests of personal values; secret, and the same for all engines of one store
 * @param beside what is done beside the planning of inputs
 */
public record SyncContext(
        String sync,
        Store store,
        Supplier<Rules> rules,
        SortedMap<String, Adapter> adapters,
        InstantSource clock,
        Supplier<String> ids,
        DoubleSupplier jitter,
        SyncListener listener,
        Bytes salt,
        Beside beside) {
    /** Copies the map and guards the listener. */
    public SyncContext {
        adapters = Collections.unmodifiableSortedMap(new TreeMap<>((Map<String, Adapter>) adapters));
        listener = GuardedListener.of(listener);
    }

    /**
     * A sync beside which nothing is done.
     *
     * @param sync the sync's name; every key in the store begins with it
     * @param store where its state is kept
     * @param rules supplies the rules that hold now
     * @param adapters the adapter of each of its systems, by the system's name
     * @param clock the engine's only clock
     * @param ids supplies ids that no other call on any machine supplies, at most 64 characters
     * @param jitter supplies numbers from 0 (inclusive) to 1 (exclusive)
     * @param listener is told what happens; it never throws
     * @param salt goes into the digests of personal values; secret, and the same for all engines of one store
     */
    public SyncContext(
            String sync,
            Store store,
            Supplier<Rules> rules,
            SortedMap<String, Adapter> adapters,
            InstantSource clock,
            Supplier<String> ids,
            DoubleSupplier jitter,
            SyncListener listener,
            Bytes salt) {
        this(sync, store, rules, adapters, clock, ids, jitter, listener, salt, Beside.NOTHING);
    }

    /**
     * The engine's time.
     *
     * @return now
     */
    public Instant now() {
        return clock.instant();
    }

    /**
     * The adapter of a system.
     *
     * @param system the system's name
     * @return its adapter
     * @throws SyncException of kind CONFIGURATION when the sync has no such system
     */
    public Adapter adapter(String system) {
        Adapter adapter = adapters.get(system);
        if (adapter == null) {
            throw SyncException.configuration("sync " + sync + " has no system '" + system + "'; it has "
                            + adapters.keySet() + ": name one of these, or define it with Sync.system(..)")
                    .inSystem(system);
        }
        return adapter;
    }

    @Override
    public String toString() {
        return "SyncContext[" + sync + ", systems=" + adapters.keySet() + "]";
    }
}
