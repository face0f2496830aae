package dev.crmsync.engine;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.store.Fence;
import dev.crmsync.spi.store.Store;
import dev.crmsync.spi.store.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** The secret that goes into digests of personal values: made once for each sync, and kept in its store. */
final class Salt {
    private static final String CURSOR = "salt";
    private static final Duration LEASE = Duration.ofSeconds(30);

    private Salt() {}

    /** The salt that is kept, or a new one; of several engines that start at once only one makes it. */
    static Bytes of(Store store, String sync, String owner, Instant now, Supplier<String> ids) {
        Optional<Bytes> kept = store.cursor(sync, CURSOR);
        if (kept.isPresent()) {
            return kept.get();
        }
        String lease = "salt/" + sync;
        OptionalLong token = store.lease(lease, owner, now, now.plus(LEASE));
        if (token.isPresent()) {
            try {
                // Whoever held the lease before may have made it since it was looked for.
                if (store.cursor(sync, CURSOR).isEmpty()) {
                    Unit unit = Unit.builder()
                            .cursor(CURSOR, Bytes.utf8(ids.get() + ids.get()))
                            .build();
                    store.commit(sync, List.of(unit), new Fence(lease, token.getAsLong()));
                }
            } finally {
                store.release(lease, owner);
            }
        }
        return store.cursor(sync, CURSOR)
                .orElseThrow(() -> SyncException.of(
                        Kind.TRANSIENT,
                        "sync " + sync + ": another engine is starting on an empty store at this moment; start again"));
    }
}
