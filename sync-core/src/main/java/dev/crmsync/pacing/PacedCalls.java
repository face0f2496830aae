package dev.crmsync.pacing;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.store.Lane;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Makes calls that may be repeated, in the caller's thread: when there is room for one, and again when the vendor asks to be
 * left alone or fails for a while. Thread-safe.
 */
public final class PacedCalls {
    private static final int TRIES = 5;

    /** How long a system is left alone that limits us and does not say for how long. */
    private static final Duration UNTOLD = Duration.ofSeconds(10);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    /** Short enough that no lease lapses in between. */
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(20);

    private final Map<String, Pacer> pacers;
    private final Sleeper sleeper;
    private final Lane lane;
    private final Runnable alive;

    /**
     * Calls on behalf of one run.
     *
     * @param pacers the pacer of each system
     * @param sleeper lets time pass
     * @param lane on whose behalf
     * @param alive called between any two waits: a run that may not go on throws here
     */
    public PacedCalls(Map<String, Pacer> pacers, Sleeper sleeper, Lane lane, Runnable alive) {
        this.pacers = Map.copyOf(pacers);
        this.sleeper = sleeper;
        this.lane = lane;
        this.alive = alive;
    }

    /**
     * Makes one call.
     *
     * @param system the system that is called
     * @param operation the kind of call
     * @param call the call, to be repeated when the system limits us or cannot answer for a moment
     * @param <T> what it gives
     * @return what it gave
     * @throws SyncException what the last of several tries threw; TRANSIENT when the thread was interrupted
     */
    public <T> T call(String system, Operation operation, Supplier<T> call) {
        Pacer pacer = Objects.requireNonNull(pacers.get(system), system);
        for (int tries = 1; ; tries++) {
            Duration wait = pacer.acquire(operation, lane);
            while (!wait.isZero()) {
                sleep(wait);
                wait = pacer.acquire(operation, lane);
            }
            try {
                return call.get();
            } catch (SyncException e) {
                boolean passes = e.kind() == Kind.RATE_LIMITED || e.kind() == Kind.TRANSIENT;
                if (!passes || tries == TRIES) {
                    throw e;
                } else if (e.kind() == Kind.RATE_LIMITED) {
                    pacer.block(operation, e.retryAfter().orElse(UNTOLD));
                } else {
                    sleep(e.retryAfter().orElse(FIRST_PAUSE.multipliedBy(1L << tries)));
                }
            }
        }
    }

    private void sleep(Duration time) {
        Duration left = time;
        try {
            while (left.compareTo(Duration.ZERO) > 0) {
                Duration piece = left.compareTo(LONGEST_SLEEP) < 0 ? left : LONGEST_SLEEP;
                sleeper.sleep(piece);
                left = left.minus(piece);
                alive.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SyncException.of(Kind.TRANSIENT, "the thread was interrupted; call again, it goes on from there", e);
        }
    }
}
