package dev.crmsync.quickstart;

import dev.crmsync.engine.Status;
import dev.crmsync.engine.SyncEngine;
import dev.crmsync.spi.store.DueCount;
import dev.crmsync.spi.store.Lane;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Waits until every webhook was delivered and everything that was due is done. */
final class Drain {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration LOOK = Duration.ofMillis(250);

    /** What comes up later than this only waits for an hour to pass, or for a person. */
    private static final Duration SOON = Duration.ofMinutes(2);

    private final Accounts accounts;
    private final SyncEngine engine;
    private final ProgressBar bar;
    private final Json admin = new Json();

    Drain(Accounts accounts, SyncEngine engine, ProgressBar bar) {
        this.accounts = accounts;
        this.engine = engine;
        this.bar = bar;
    }

    void await(String what) {
        Instant begun = Instant.now();
        long most = 1;
        long done = 0;
        int quiet = 0;
        while (quiet < 3) {
            boolean delivered = quiet(accounts.kirimAdmin());
            for (CrmAccount crm : accounts.crms()) {
                delivered = quiet(crm.admin()) && delivered;
            }
            Status status = engine.status(Embedding.SYNC);
            long open = open(status);
            most = Math.max(most, open);
            done = Math.max(done, most - open);
            Duration time = Duration.between(begun, Instant.now());
            bar.show(what, done, most, done / Math.max(0.001, time.toMillis() / 1000.0), null);
            quiet = delivered && open == 0 ? quiet + 1 : 0;
            if (time.compareTo(PATIENCE) > 0) {
                throw new IllegalStateException(what + ": still at work after " + PATIENCE + ": " + status);
            }
            Json.pause(LOOK);
        }
        bar.end();
    }

    private static long open(Status status) {
        Instant next = status.nextDue();
        boolean later = next == null || next.isAfter(Instant.now().plus(SOON));
        long due = status.due().stream()
                .filter(count -> count.lane() != Lane.HELD)
                .mapToLong(later ? DueCount::inFlight : DueCount::rows)
                .sum();
        return status.inbox() + due;
    }

    private boolean quiet(@Nullable String side) {
        return admin.post(side + "/flush?retries=true&wait_ms=2000", Json.object())
                .path("quiet")
                .asBoolean();
    }
}
