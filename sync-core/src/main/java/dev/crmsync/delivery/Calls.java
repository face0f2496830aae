package dev.crmsync.delivery;

import dev.crmsync.ledger.DeadLetters;
import dev.crmsync.ledger.SyncContext;
import dev.crmsync.pacing.Pacer;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.store.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes calls to one system: paced, a few at once, and with every failure of a whole call told apart. */
final class Calls {
    /** How long a quota is left alone that is spent, when nobody says for how long. */
    static final Duration UNTOLD = Duration.ofSeconds(10);

    private final Outlet outlet;
    private final SyncContext context;
    private final String system;
    private final Pacer pacer;
    private final DeliverySettings settings;
    private final Executor executor;
    private volatile @Nullable String refused;

    Calls(Outlet outlet, String system, DeliverySettings settings, Executor executor) {
        this.outlet = outlet;
        this.context = outlet.context();
        this.system = system;
        this.pacer = outlet.pacer(system);
        this.settings = settings;
        this.executor = executor;
    }

    /** Runs calls, so many at a time, and returns when all are done. */
    void run(List<Runnable> calls) {
        for (int from = 0; from < calls.size(); from += settings.parallel()) {
            List<CompletableFuture<Void>> running = new ArrayList<>();
            for (Runnable call : calls.subList(from, Math.min(calls.size(), from + settings.parallel()))) {
                running.add(CompletableFuture.runAsync(call, executor));
            }
            try {
                CompletableFuture.allOf(running.toArray(CompletableFuture[]::new))
                        .join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof RuntimeException cause ? cause : e;
            }
        }
    }

    /**
     * Makes one call for some jobs when there is room for it; otherwise, and when it fails as a whole, the jobs are put
     * back.
     *
     * @param unclear what becomes of the jobs when nobody can tell whether the call took effect
     */
    void call(Operation operation, Lane lane, Collection<Job> jobs, Runnable call, Consumer<String> unclear) {
        String why = refused;
        if (why != null) {
            putBack(jobs, context.now(), false, why);
            return;
        }
        Duration wait = pacer.acquire(operation, lane);
        if (!wait.isZero()) {
            putBack(jobs, context.now().plus(wait), false, "no calls are left for now");
            return;
        }
        try {
            call.run();
        } catch (SyncException e) {
            failed(e, operation, jobs, unclear);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            // What one record can bring about must not break off the work on its neighbours, whatever it is.
            unclear.accept(DeadLetters.reason(e));
        }
    }

    private void failed(SyncException e, Operation operation, Collection<Job> jobs, Consumer<String> unclear) {
        String reason = DeadLetters.reason(e);
        Instant now = context.now();
        if (e.kind() == Kind.AUTH) {
            refused = reason;
            outlet.pauses().pause(system, reason);
            putBack(jobs, now, false, reason);
        } else if (e.kind() == Kind.RATE_LIMITED) {
            Duration time = e.retryAfter().orElse(UNTOLD);
            pacer.block(operation, time);
            putBack(jobs, now.plus(time), false, reason);
        } else {
            Duration asked = e.retryAfter().orElse(Duration.ZERO);
            jobs.forEach(job -> job.asked = asked);
            unclear.accept(reason);
        }
    }

    static void putBack(Collection<Job> jobs, Instant until, boolean failed, String reason) {
        jobs.forEach(job -> job.putBack(until, failed, reason));
    }

    /** When a job that failed is tried again: later each time, and not before the system wants to be asked. */
    Instant afterFailure(Job job) {
        Duration wait =
                settings.backoff(job.row.attempts() + 1, context.jitter().getAsDouble());
        return context.now().plus(wait.compareTo(job.asked) > 0 ? wait : job.asked);
    }
}
