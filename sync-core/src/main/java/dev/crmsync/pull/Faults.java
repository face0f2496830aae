package dev.crmsync.pull;

import dev.crmsync.ledger.Pauses;
import dev.crmsync.ledger.SyncContext;
import dev.crmsync.spi.SyncException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What to do when a listing fails: wait longer each time, and pause a system that refuses our credentials. */
final class Faults {
    private static final Logger LOG = LoggerFactory.getLogger(Faults.class);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration UNTOLD_LIMIT = Duration.ofSeconds(10);
    private static final int MOST_DOUBLINGS = 10;

    private final SyncContext context;
    private final String system;
    private int inARow;

    Faults(SyncContext context, String system) {
        this.context = context;
        this.system = system;
    }

    void none() {
        inARow = 0;
    }

    int inARow() {
        return inARow;
    }

    Step.Waits waits(RuntimeException fault) {
        inARow++;
        if (!(fault instanceof SyncException known)) {
            // The message of an unknown fault may hold anything, so only its kind is told.
            String kind = fault.getClass().getName();
            LOG.warn("{}/{}: the adapter threw {}, which it may not; tell its author", context.sync(), system, kind);
            return waits(LONGEST, kind, fault);
        }
        String reason = known.kind() + ": " + known.getMessage();
        return switch (known.kind()) {
            case RATE_LIMITED -> waits(known.retryAfter().orElse(UNTOLD_LIMIT), reason, fault);
            case TRANSIENT -> waits(known.retryAfter().orElseGet(this::backoff), reason, fault);
            case AUTH -> {
                new Pauses(context).pause(system, reason);
                yield waits(LONGEST, reason, fault);
            }
            default -> waits(LONGEST, reason, fault);
        };
    }

    /** Twice as long each time, and up to half as long again, so that engines do not come back all at once. */
    private Duration backoff() {
        Duration time = SHORTEST.multipliedBy(1L << Math.min(MOST_DOUBLINGS, inARow - 1));
        Duration capped = time.compareTo(LONGEST) < 0 ? time : LONGEST;
        return capped.plusMillis(
                (long) (capped.toMillis() / 2.0 * context.jitter().getAsDouble()));
    }

    private Step.Waits waits(Duration time, String reason, RuntimeException fault) {
        context.listener().deferred(context.sync(), system, time, reason);
        return new Step.Waits(time, reason, fault);
    }
}
