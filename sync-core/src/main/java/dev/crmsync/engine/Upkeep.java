package dev.crmsync.engine;

import dev.crmsync.ledger.Ledger;
import dev.crmsync.ledger.Successors;
import dev.crmsync.ledger.SyncContext;
import dev.crmsync.ledger.Worked;
import dev.crmsync.planning.LinkState;
import dev.crmsync.spi.store.DueRow;
import dev.crmsync.spi.store.Lane;
import dev.crmsync.spi.store.Store;
import dev.crmsync.spi.store.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Keeps the store of one sync in order, once an hour by one engine: forgets what is old, and wakes what was left asleep. */
final class Upkeep {
    private static final Duration EVERY = Duration.ofHours(1);
    private static final int ROWS = 1000;

    private final SyncContext context;
    private final Ledger ledger;
    private final String owner;
    private final Ages ages;
    private final Reach reach;
    private Instant next = Instant.EPOCH;

    /** How long processed events are known, and how long the journal is kept. */
    record Ages(Duration inbox, Duration journal) {}

    Upkeep(SyncContext context, String owner, Ages ages, Reach reach) {
        this.context = context;
        this.ledger = new Ledger(context);
        this.owner = owner;
        this.ages = ages;
        this.reach = reach;
    }

    synchronized Worked step() {
        Instant now = context.now();
        if (now.isBefore(next)) {
            return new Worked(false, next);
        }
        // Its holder does it for all engines; who is refused looks again when the lease has lapsed.
        next = now.plus(EVERY);
        Store store = context.store();
        boolean woken = false;
        if (store.lease("upkeep/" + context.sync(), owner, now, next).isPresent()) {
            woken = wakeTheForgotten();
            reach.forgetting(now.minus(ages.journal()));
            int removed = ROWS;
            for (int page = 0; page < ROWS && removed > 0; page++) {
                removed = store.trim(context.sync(), now.minus(ages.inbox()), now.minus(ages.journal()), ROWS);
            }
        }
        return new Worked(woken, next);
    }

    /** An engine that stopped just after it made work wait may not have seen that the wait was over already. */
    private boolean wakeTheForgotten() {
        boolean woken = false;
        Set<Lane> all = EnumSet.allOf(Lane.class);
        DueRow after = null;
        List<DueRow> page;
        do {
            page = context.store().walkDue(context.sync(), all, after, ROWS);
            woken |= wake(page);
            after = page.isEmpty() ? null : page.get(page.size() - 1);
        } while (page.size() == ROWS);
        return woken;
    }

    private boolean wake(List<DueRow> page) {
        Map<String, Set<String>> awaited = new TreeMap<>();
        for (DueRow row : page) {
            if (row.waitingOn() != null) {
                awaited.computeIfAbsent(row.waitingOn(), parent -> new TreeSet<>())
                        .add(row.system());
            }
        }
        Map<String, LinkState> parents = ledger.load(awaited.keySet());
        Unit.Builder wakes = Unit.builder();
        boolean woken = false;
        for (Map.Entry<String, Set<String>> waits : awaited.entrySet()) {
            LinkState parent = Successors.of(waits.getKey(), known -> load(parents, known));
            if (parent != null && waits.getValue().stream().anyMatch(system -> parent.referable(system) != null)) {
                wakes.wake(waits.getKey());
                woken = true;
            }
        }
        if (woken) {
            context.store().commit(context.sync(), List.of(wakes.build()), null);
        }
        return woken;
    }

    private @Nullable LinkState load(Map<String, LinkState> parents, String id) {
        LinkState known = parents.get(id);
        return known != null ? known : ledger.load(List.of(id)).get(id);
    }
}
