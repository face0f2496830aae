package dev.crmsync.engine;

import dev.crmsync.ledger.DeadLetters;
import dev.crmsync.ledger.Worked;
import dev.crmsync.spi.SyncException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose step is next. Without threads, steps are taken by whoever asks; with threads, one thread looks what is ready and
 * others do it. Thread-safe.
 */
final class Schedule {
    private static final Logger LOG = LoggerFactory.getLogger(SyncEngine.class);

    /** How often the store is looked at for work that another engine has left. */
    private static final Duration IDLE = Duration.ofSeconds(1);

    private final InstantSource clock;
    private final List<Activity> activities;
    private final Activity follower;
    private boolean closed;

    /** A schedule; what any activity does is work for the follower. */
    Schedule(InstantSource clock, List<Activity> activities, Activity follower) {
        this.clock = clock;
        this.activities = List.copyOf(activities);
        this.follower = follower;
    }

    /**
     * Takes one step of each activity that is not under way, in order; each knows itself whether its time has come. One that
     * fails keeps no other from its step: what the first of them threw is thrown at the end.
     */
    Worked step() {
        Worked all = Worked.NOTHING;
        RuntimeException first = null;
        for (Activity activity : activities) {
            if (claim(activity)) {
                Worked worked = Worked.NOTHING;
                try {
                    worked = activity.step.get();
                } catch (RuntimeException e) {
                    first = first == null ? e : first;
                } finally {
                    done(activity, worked, false);
                }
                all = all.and(worked);
            }
        }
        if (first != null) {
            throw first;
        }
        return all.any() ? new Worked(true, clock.instant()) : all;
    }

    private synchronized boolean claim(Activity activity) {
        if (activity.running) {
            return false;
        }
        activity.running = true;
        return true;
    }

    private synchronized void done(Activity activity, Worked worked, boolean failed) {
        Instant now = clock.instant();
        Instant soon = now.plus(IDLE);
        activity.running = false;
        if (worked.any()) {
            activity.next = now;
            wake(follower, now);
        } else if (activity.nudged && !failed) {
            activity.next = now;
        } else {
            activity.next = failed || worked.next() == null || worked.next().isAfter(soon) ? soon : worked.next();
        }
        activity.nudged = false;
        notifyAll();
    }

    /** There may be something to do for an activity that did not know of it. */
    synchronized void nudge(Activity activity) {
        wake(activity, clock.instant());
        notifyAll();
    }

    private static void wake(Activity activity, Instant now) {
        activity.next = now;
        activity.nudged = true;
    }

    /** Hands out steps until it is closed. */
    void run(Executor executor) {
        while (true) {
            List<Activity> ready;
            try {
                ready = await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            if (ready.isEmpty()) {
                return;
            }
            ready.forEach(activity -> hand(executor, activity));
        }
    }

    /** The activities that are ready and now marked as running; empty when closed. */
    private synchronized List<Activity> await() throws InterruptedException {
        while (!closed) {
            Instant now = clock.instant();
            List<Activity> ready = new ArrayList<>();
            for (Activity activity : activities) {
                if (activity.ready(now)) {
                    activity.running = true;
                    activity.nudged = false;
                    ready.add(activity);
                }
            }
            if (!ready.isEmpty()) {
                return ready;
            }
            wait(Math.max(1, Math.min(IDLE.toMillis(), untilNext(now))));
        }
        return List.of();
    }

    private long untilNext(Instant now) {
        return activities.stream()
                .filter(activity -> !activity.running)
                .mapToLong(activity -> Duration.between(now, activity.next).toMillis())
                .min()
                .orElse(IDLE.toMillis());
    }

    private void hand(Executor executor, Activity activity) {
        try {
            executor.execute(() -> attempt(activity));
        } catch (RejectedExecutionException e) {
            done(activity, Worked.NOTHING, true);
        }
    }

    private void attempt(Activity activity) {
        Worked worked = Worked.NOTHING;
        boolean failed = true;
        try {
            worked = activity.step.get();
            failed = false;
        } catch (SyncException e) {
            LOG.warn("{}: {}; it goes on by itself", activity.name, DeadLetters.reason(e));
        } catch (RuntimeException e) {
            LOG.error("{}: {}; it goes on by itself", activity.name, DeadLetters.reason(e));
        } finally {
            done(activity, worked, failed);
        }
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Waits until no step is under way, or the time has passed. */
    synchronized void awaitRest(Duration most) throws InterruptedException {
        long deadline = System.nanoTime() + most.toNanos();
        while (activities.stream().anyMatch(activity -> activity.running)) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return;
            }
            wait(left);
        }
    }
}
