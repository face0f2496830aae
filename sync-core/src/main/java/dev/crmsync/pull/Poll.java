package dev.crmsync.pull;

import dev.crmsync.ledger.Ledger;
import dev.crmsync.ledger.SyncContext;
import dev.crmsync.pacing.Pacer;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.ListsChanges;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.Page;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.store.Fence;
import dev.crmsync.spi.store.Lane;
import dev.crmsync.spi.store.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Polls what changed of one type at one system. The vendor's cursor is kept after the page that it follows, never before,
 * so that a killed poll sees a page twice rather than not at all. When the vendor no longer knows the cursor, the poll
 * begins at the present and a walk of all records is called for.
 *
 * <p>Not thread-safe: one step at a time.
 */
final class Poll {
    private final Feed feed;
    private final SyncContext context;
    private final Pacer pacer;
    private final String system;
    private final String type;
    private final ListsChanges lister;
    private final String cursor;
    private final Faults faults;
    private boolean begunAnew;

    Poll(Ledger ledger, Pacer pacer, String system, String type, ListsChanges lister) {
        this.feed = new Feed(ledger);
        this.context = ledger.context();
        this.pacer = pacer;
        this.system = system;
        this.type = type;
        this.lister = lister;
        this.cursor = "poll/" + system + "/" + type;
        this.faults = new Faults(context, system);
    }

    String system() {
        return system;
    }

    String type() {
        return type;
    }

    Step step(@Nullable Fence fence) {
        try {
            Step step = go(fence);
            if (!(step instanceof Step.Waits)) {
                faults.none();
            }
            return step;
        } catch (RuntimeException fault) {
            return faults.waits(fault);
        }
    }

    private Step go(@Nullable Fence fence) {
        Optional<String> kept = context.store().cursor(context.sync(), cursor).map(Bytes::toUtf8);
        if (kept.isEmpty()) {
            return begin(start(), Unit.builder(), fence);
        }
        Duration wait = pacer.acquire(Operation.LIST_CHANGES, Lane.LIVE);
        if (!wait.isZero()) {
            return new Step.Waits(wait, "pacing", null);
        }
        Page page;
        try {
            page = lister.changes(type, kept.get());
        } catch (SyncException fault) {
            if (fault.kind() == SyncException.Kind.VALIDATION && !begunAnew) {
                begunAnew = true;
                return begin(context.now(), WantedWalks.want(Unit.builder(), system, type), fence);
            }
            throw fault;
        }
        begunAnew = false;
        return keep(kept.get(), page, fence);
    }

    /** What changed while the last walk was under way may have changed behind its back: the poll begins where it began. */
    private Instant start() {
        Instant now = context.now();
        return new WalkMemory(context, system, type)
                .state()
                .map(WalkState::startedAt)
                .filter(walk -> walk.isBefore(now))
                .orElse(now);
    }

    private Step begin(Instant at, Unit.Builder unit, @Nullable Fence fence) {
        return commit(unit.cursor(cursor, Bytes.utf8(lister.cursorAt(type, at))), fence)
                ? new Step.Went(0)
                : Feed.overtaken();
    }

    private Step keep(String before, Page page, @Nullable Fence fence) {
        Set<ChangeEvent> events = new LinkedHashSet<>(page.events());
        int records = events.size();
        if (!feed.takes(events, Lane.LIVE, fence)) {
            return Feed.overtaken();
        }
        String next = page.next() == null ? before : page.next();
        if (!next.equals(before) && !commit(Unit.builder().cursor(cursor, Bytes.utf8(next)), fence)) {
            return Feed.overtaken();
        }
        // A cursor that stands still would give the same page again: what overlaps is looked at once a poll.
        return records == 0 || next.equals(before) ? new Step.CaughtUp(records) : new Step.Went(records);
    }

    private boolean commit(Unit.Builder unit, @Nullable Fence fence) {
        return context.store()
                .commit(context.sync(), List.of(unit.build()), fence)
                .get(0);
    }
}
