package dev.crmsync.safety;

import dev.crmsync.ledger.Pauses;
import dev.crmsync.ledger.Progress;
import dev.crmsync.ledger.SyncContext;
import dev.crmsync.pacing.Sleeper;
import dev.crmsync.pull.Step;
import dev.crmsync.pull.Walk;
import dev.crmsync.pull.WalkReport;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.store.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Takes walks from their beginning to their end while the caller waits, and tells how far they are. */
final class Walker {
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(20);
    private static final int MOST_FAILURES = 8;

    private final SyncContext context;
    private final Sleeper sleeper;
    private final RunLease lease;
    private final Map<String, Progress> walking = new ConcurrentHashMap<>();

    Walker(SyncContext context, Sleeper sleeper, RunLease lease) {
        this.context = context;
        this.sleeper = sleeper;
        this.lease = lease;
    }

    /** How far each walk of the run that is under way is. */
    List<Progress> progress() {
        return List.copyOf(new TreeMap<>(walking).values());
    }

    void rest() {
        walking.clear();
    }

    /** Walks to the end, in the lane of held work. */
    WalkReport walk(Walk walk, Instant since) {
        Rate rate = null;
        while (true) {
            refusePaused(walk.system());
            Step step = walk.step(Lane.HELD, since, lease.hold());
            if (rate == null) {
                rate = new Rate(context.now(), walk.listed());
            }
            tell(walk, rate);
            if (step instanceof Step.Ended ended) {
                return ended.report();
            } else if (step instanceof Step.Waits waits) {
                refuseHopeless(walk, waits.fault());
                sleep(waits.time());
            }
        }
    }

    private void tell(Walk walk, Rate rate) {
        Instant now = context.now();
        long done = walk.listed();
        long total = walk.expected().orElse(-1);
        Progress progress = new Progress(
                "walk",
                walk.system(),
                walk.type(),
                done,
                total,
                rate.perSecond(now, done),
                rate.left(now, done, total));
        walking.put(walk.system() + "/" + walk.type(), progress);
        context.listener().progress(context.sync(), progress);
    }

    private void refusePaused(String system) {
        new Pauses(context).reason(system).ifPresent(reason -> {
            throw SyncException.of(
                            Kind.AUTH,
                            "system " + system + " is paused (" + reason
                                    + "): mend the cause, resume it, and call again to go on where the walk stopped")
                    .inSystem(system);
        });
    }

    private void refuseHopeless(Walk walk, @Nullable RuntimeException fault) {
        if (fault == null) {
            return;
        }
        refusePaused(walk.system());
        Kind kind = fault instanceof SyncException known ? known.kind() : Kind.PERMANENT;
        if (kind == Kind.RATE_LIMITED || kind == Kind.TRANSIENT && walk.failures() < MOST_FAILURES) {
            return;
        }
        throw SyncException.of(
                        kind,
                        "the walk of " + walk.system() + " " + walk.type() + " failed after " + walk.listed()
                                + " records (" + kind
                                + "); nothing was concluded or written. Call again to go on there",
                        fault)
                .inSystem(walk.system());
    }

    /** Sleeps in short pieces, so that the lease does not lapse. */
    private void sleep(Duration time) {
        Duration left = time;
        try {
            while (left.compareTo(Duration.ZERO) > 0) {
                Duration piece = left.compareTo(LONGEST_SLEEP) < 0 ? left : LONGEST_SLEEP;
                sleeper.sleep(piece);
                left = left.minus(piece);
                lease.hold();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw SyncException.of(
                    Kind.TRANSIENT, "the run was interrupted; call again to go on where it stopped", interrupted);
        }
    }
}
