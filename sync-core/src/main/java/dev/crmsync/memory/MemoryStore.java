package dev.crmsync.memory;

import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.spi.store.DeadLetterRow;
import dev.crmsync.spi.store.DueCount;
import dev.crmsync.spi.store.DueRow;
import dev.crmsync.spi.store.Fence;
import dev.crmsync.spi.store.InboxEvent;
import dev.crmsync.spi.store.InboxRow;
import dev.crmsync.spi.store.JournalEntry;
import dev.crmsync.spi.store.Lane;
import dev.crmsync.spi.store.LinkRow;
import dev.crmsync.spi.store.MatchKey;
import dev.crmsync.spi.store.ReviewRow;
import dev.crmsync.spi.store.Store;
import dev.crmsync.spi.store.Turn;
import dev.crmsync.spi.store.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Store} in memory. It keeps every rule of the interface but one: it does not outlive its process. Everything
 * that it answers is in a stable order, so that the same calls give the same answers. Thread-safe: one call at a time.
 * Closing it does nothing, so that an engine that is started again on the same object finds what the former one left.
 */
public final class MemoryStore implements Store {
    private final Map<String, SyncTables> syncs = new TreeMap<>();
    private final Leases leases = new Leases();
    private long served;

    /** Makes an empty store. */
    public MemoryStore() {}

    private SyncTables tables(String sync) {
        return syncs.computeIfAbsent(sync, SyncTables::new);
    }

    // Links

    @Override
    public synchronized List<LinkRow> links(String sync, Collection<String> ids) {
        return tables(sync).links.rows(ids);
    }

    @Override
    public synchronized List<LinkRow> walkLinks(String sync, @Nullable String after, int limit) {
        return tables(sync).links.walk(after, limit);
    }

    @Override
    public synchronized Map<RecordRef, String> linkIds(String sync, Collection<RecordRef> refs) {
        return tables(sync).links.holders(refs);
    }

    @Override
    public synchronized Map<MatchKey, List<String>> matches(String sync, Collection<MatchKey> keys) {
        return tables(sync).links.bearers(keys);
    }

    @Override
    public synchronized long countLinks(String sync) {
        return tables(sync).links.count();
    }

    // Commit

    @Override
    public synchronized List<Boolean> commit(String sync, List<Unit> units, @Nullable Fence fence) {
        refuseNonsense(sync, units);
        boolean fenced = fence != null && !leases.holds(fence);
        SyncTables tables = tables(sync);
        List<Boolean> won = new ArrayList<>(units.size());
        for (Unit unit : units) {
            won.add(!fenced && tables.apply(unit));
        }
        return won;
    }

    private static void refuseNonsense(String sync, List<Unit> units) {
        Set<String> seen = new HashSet<>();
        for (Unit unit : units) {
            unit.links().forEach(change -> {
                if (!seen.add(change.next().id())) {
                    throw new IllegalArgumentException("link " + change.next().id()
                            + " is changed twice in one commit; commit one change after the other");
                }
            });
            unit.due().forEach(change -> DueTable.refuseForeign(sync, change));
        }
    }

    // Inbox

    @Override
    public synchronized int accept(String sync, List<InboxEvent> events) {
        return tables(sync).inbox.accept(events);
    }

    @Override
    public synchronized List<InboxRow> pending(String sync, int shard, int limit) {
        return tables(sync).inbox.pending(shard, limit);
    }

    @Override
    public synchronized List<Integer> pendingShards(String sync) {
        return tables(sync).inbox.pendingShards();
    }

    @Override
    public synchronized long countPending(String sync) {
        return tables(sync).inbox.countPending();
    }

    // Due work

    @Override
    public synchronized List<Turn> turns(Collection<String> of, Instant now, int limit) {
        List<DueTable.ServedTurn> turns = new ArrayList<>();
        for (String sync : new HashSet<>(of)) {
            turns.addAll(tables(sync).due.turns(now));
        }
        return turns.stream()
                .sorted(DueTable.ServedTurn.ORDER)
                .limit(Math.max(0, limit))
                .map(DueTable.ServedTurn::turn)
                .toList();
    }

    @Override
    public synchronized List<DueRow> claim(Turn turn, Instant now, int limit, String owner, Instant until) {
        return tables(turn.sync()).due.claim(turn, now, limit, until, ++served);
    }

    @Override
    public synchronized Optional<DueRow> claimOne(
            String sync, String link, String system, Instant now, String owner, Instant until) {
        return tables(sync).due.claimOne(link, system, now, until);
    }

    @Override
    public synchronized List<DueRow> walkDue(String sync, Set<Lane> lanes, @Nullable DueRow after, int limit) {
        return tables(sync).due.walk(lanes, after, limit);
    }

    @Override
    public synchronized int moveLane(String sync, Lane from, Lane to) {
        return tables(sync).due.move(from, to);
    }

    @Override
    public synchronized List<DueCount> countDue(String sync) {
        return tables(sync).due.counts();
    }

    @Override
    public synchronized Optional<Instant> nextDue(String sync) {
        return tables(sync).due.next();
    }

    // Journal, reviews, dead letters, cursors

    @Override
    public synchronized List<JournalEntry> journal(String sync, String link, long before, int limit) {
        return tables(sync).journal.read(link, before, limit);
    }

    @Override
    public synchronized Optional<ReviewRow> review(String sync, String id) {
        return Optional.ofNullable(tables(sync).reviews.get(id));
    }

    @Override
    public synchronized List<ReviewRow> openReviews(String sync, @Nullable String after, int limit) {
        return SyncTables.beyond(tables(sync).reviews, after).values().stream()
                .filter(review -> review.closedAt() == null)
                .limit(Math.max(0, limit))
                .toList();
    }

    @Override
    public synchronized List<DeadLetterRow> deadLetters(String sync, @Nullable String after, int limit) {
        return SyncTables.beyond(tables(sync).deadLetters, after).values().stream()
                .limit(Math.max(0, limit))
                .toList();
    }

    @Override
    public synchronized Optional<DeadLetterRow> deadLetter(String sync, String id) {
        return Optional.ofNullable(tables(sync).deadLetters.get(id));
    }

    @Override
    public synchronized Optional<Bytes> cursor(String sync, String name) {
        return Optional.ofNullable(tables(sync).cursors.get(name));
    }

    // Leases and house-keeping

    @Override
    public synchronized OptionalLong lease(String name, String owner, Instant now, Instant until) {
        return leases.take(name, owner, now, until);
    }

    @Override
    public synchronized void release(String name, String owner) {
        leases.release(name, owner);
    }

    @Override
    public synchronized int trim(String sync, Instant inboxBefore, Instant journalBefore, int limit) {
        return tables(sync).inbox.trim(inboxBefore, limit)
                + tables(sync).journal.trim(journalBefore, limit);
    }

    @Override
    public void close() {
        // Nothing was opened.
    }
}
