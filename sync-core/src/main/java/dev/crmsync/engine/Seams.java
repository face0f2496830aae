package dev.crmsync.engine;

import dev.crmsync.discovery.Providers;
import dev.crmsync.ledger.SyncListener;
import dev.crmsync.pacing.Sleeper;
import dev.crmsync.spi.store.Store;
import java.time.InstantSource;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** Where the engine touches the outside world. */
record Seams(
        Store store,
        InstantSource clock,
        Supplier<String> ids,
        DoubleSupplier jitter,
        Providers providers,
        SyncListener listener,
        Sleeper sleeper,
        Options options) {}
