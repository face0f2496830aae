package dev.crmsync.safety;

import dev.crmsync.ledger.SyncContext;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.store.Fence;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The right to fill and to empty the lane of held work of one sync: one run at a time, whatever engine it is in. */
final class RunLease {
    /** Longer than any single call may take; a run that died lets the next one begin after so long. */
    static final Duration LENGTH = Duration.ofMinutes(2);

    private final SyncContext context;
    private final String name;
    private final String owner;

    RunLease(SyncContext context, String owner) {
        this.context = context;
        this.name = "run/" + context.sync();
        this.owner = owner;
    }

    /** Takes or prolongs the lease; null when another run holds it. */
    @Nullable Fence take() {
        Instant now = context.now();
        OptionalLong token = context.store().lease(name, owner, now, now.plus(LENGTH));
        return token.isPresent() ? new Fence(name, token.getAsLong()) : null;
    }

    /** Takes or prolongs the lease, for a caller that cannot do without it. */
    Fence hold() {
        Fence fence = take();
        if (fence == null) {
            throw elsewhere();
        }
        return fence;
    }

    SyncException elsewhere() {
        return SyncException.of(
                Kind.TRANSIENT,
                "another run of sync " + context.sync() + " is under way, here or in another engine; try again when it"
                        + " has ended");
    }

    void release() {
        context.store().release(name, owner);
    }
}
