package dev.crmsync.safety;

import dev.crmsync.ledger.Ledger;
import dev.crmsync.ledger.SyncContext;
import dev.crmsync.ledger.Worked;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.store.DueCount;
import dev.crmsync.spi.store.DueRow;
import dev.crmsync.spi.store.Fence;
import dev.crmsync.spi.store.Lane;
import dev.crmsync.spi.store.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Through which everything passes that is to be archived because it is gone elsewhere, however it was told: within a day no
 * more records than the budget of a run. What is more waits, all of it, for a plan to be approved. Thread-safe.
 */
public final class ArchiveGate {
    private static final Logger LOG = LoggerFactory.getLogger(ArchiveGate.class);
    private static final String CURSOR = "archives";
    private static final Duration WINDOW = Duration.ofDays(1);
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final Duration AFTER_REFUSAL = Duration.ofMinutes(10);

    private final SyncContext context;
    private final Budget budget;
    private final RunLease lease;
    private final PlanMemory plans;
    private final Held held;
    private Instant look = Instant.EPOCH;
    private boolean warned;

    /** How many records were let go since when. */
    private record Window(Instant since, long records) {
        static Window read(@Nullable Bytes kept, Instant now) {
            if (kept != null) {
                String[] parts = kept.toUtf8().split(" ", 2);
                Instant since = Instant.ofEpochMilli(Long.parseLong(parts[0]));
                if (since.plus(WINDOW).isAfter(now)) {
                    return new Window(since, Long.parseLong(parts[1]));
                }
            }
            return new Window(now, 0);
        }

        Bytes bytes() {
            return Bytes.utf8(since.toEpochMilli() + " " + records);
        }
    }

    /**
     * The gate of a sync.
     *
     * @param ledger takes what is let go
     * @param budget how many records may be archived within a day without approval
     */
    public ArchiveGate(Ledger ledger, Budget budget) {
        this.context = ledger.context();
        this.budget = budget;
        this.lease = new RunLease(context, "archives/" + context.ids().get());
        this.plans = new PlanMemory(context);
        this.held = new Held(ledger);
    }

    private boolean mayArchive() {
        return context.rules().get().policy().policies().values().stream()
                .flatMap(type -> type.records().values().stream())
                .anyMatch(rule -> rule.mayArchive());
    }

    /**
     * Lets go what waits, when there is room for all of it.
     *
     * @return whether anything was let go, and when to come again
     */
    public synchronized Worked step() {
        Instant now = context.now();
        if (!mayArchive()) {
            return new Worked(false, null);
        }
        if (now.isBefore(look)) {
            return new Worked(false, look);
        }
        look = now.plus(EVERY);
        boolean waits = context.store().countDue(context.sync()).stream().anyMatch(ArchiveGate::isHeld);
        boolean looking = plans.state().filter(state -> state.beingMade(now)).isPresent();
        boolean any = waits && !looking && letGo(now);
        return new Worked(any, look);
    }

    private static boolean isHeld(DueCount count) {
        return count.lane() == Lane.HELD && count.rows() > 0;
    }

    private boolean letGo(Instant now) {
        Fence fence = lease.take();
        if (fence == null) {
            return false;
        }
        try {
            Window window =
                    Window.read(context.store().cursor(context.sync(), CURSOR).orElse(null), now);
            long allowed = Math.max(0, budget.most(context.store().countLinks(context.sync())) - window.records());
            List<DueRow> archives = held.archives(allowed);
            if (archives.size() > allowed) {
                warn(allowed);
                look = now.plus(AFTER_REFUSAL);
                return false;
            }
            warned = false;
            // Counted before it is let go: a kill in between makes the day shorter, and archives nothing more.
            Unit counted = Unit.builder()
                    .cursor(CURSOR, new Window(window.since(), window.records() + archives.size()).bytes())
                    .build();
            boolean any = !archives.isEmpty()
                    && context.store()
                            .commit(context.sync(), List.of(counted), fence)
                            .get(0);
            if (any) {
                held.letArchivesGo(archives);
            }
            return any;
        } finally {
            lease.release();
        }
    }

    private void warn(long allowed) {
        if (!warned) {
            LOG.warn(
                    "{}: records are gone, and more than the {} that are left of a day's budget are to be archived elsewhere:"
                            + " none of them is; look at it with a dry run of the backfill, and apply it",
                    context.sync(),
                    allowed);
        }
        warned = true;
    }
}
