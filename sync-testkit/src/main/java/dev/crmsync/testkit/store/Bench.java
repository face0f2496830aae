package dev.crmsync.testkit.store;

import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.spi.store.DueChange;
import dev.crmsync.spi.store.DueRow;
import dev.crmsync.spi.store.InboxEvent;
import dev.crmsync.spi.store.JournalEntry;
import dev.crmsync.spi.store.Lane;
import dev.crmsync.spi.store.LinkChange;
import dev.crmsync.spi.store.LinkRow;
import dev.crmsync.spi.store.MatchKey;
import dev.crmsync.spi.store.Store;
import dev.crmsync.spi.store.Turn;
import dev.crmsync.spi.store.Unit;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The store under test, names that no other rule uses, and short words for what rules are made of. */
final class Bench {
    static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    static final String CRM = "crm";
    static final String KIRIM = "kirim";

    final Store store;
    final Store other;
    final String sync = "s-" + UUID.randomUUID();
    final String otherSync = "t-" + UUID.randomUUID();

    Bench(Store store, Store other) {
        this.store = store;
        this.other = other;
    }

    static Instant at(long seconds) {
        return T0.plusSeconds(seconds);
    }

    // What is committed

    static LinkRow row(String id, long version) {
        return new LinkRow(id, "contact", version, "rules-1", Bytes.utf8(id + "@" + version));
    }

    static LinkChange change(String id, long expected) {
        return new LinkChange(expected, row(id, expected + 1), Set.of(), Set.of(), Set.of(), Set.of());
    }

    static LinkChange holding(String id, long expected, RecordRef... added) {
        return new LinkChange(expected, row(id, expected + 1), Set.of(added), Set.of(), Set.of(), Set.of());
    }

    static LinkChange leaving(String id, long expected, RecordRef... removed) {
        return new LinkChange(expected, row(id, expected + 1), Set.of(), Set.of(removed), Set.of(), Set.of());
    }

    static LinkChange bearing(String id, long expected, MatchKey... added) {
        return new LinkChange(expected, row(id, expected + 1), Set.of(), Set.of(), Set.of(added), Set.of());
    }

    static RecordRef ref(String id) {
        return new RecordRef(CRM, "contact", id);
    }

    static MatchKey email(String digest) {
        return new MatchKey("contact", "email", digest);
    }

    static InboxEvent event(int shard, String key) {
        return new InboxEvent(shard, KIRIM, key, T0, Bytes.utf8("event " + key));
    }

    static JournalEntry entry(String link, long seq, String text) {
        return new JournalEntry(link, seq, at(seq), "decision", Bytes.utf8(text), Bytes.utf8("values of " + text));
    }

    DueRow due(String link, Lane lane, Instant notBefore) {
        return new DueRow(sync, link, CRM, lane, notBefore, 0, false, null);
    }

    DueRow waiting(String link, String parent) {
        return new DueRow(sync, link, CRM, Lane.LIVE, T0, 0, false, parent);
    }

    Turn turn(Lane lane) {
        return new Turn(sync, CRM, lane);
    }

    static Unit unit(LinkChange... changes) {
        Unit.Builder unit = Unit.builder();
        for (LinkChange change : changes) {
            unit.link(change);
        }
        return unit.build();
    }

    // What is done

    boolean commit(Unit unit) {
        return commit(List.of(unit)).get(0);
    }

    List<Boolean> commit(List<Unit> units) {
        return store.commit(sync, units, null);
    }

    void commit(LinkChange... changes) {
        that(commit(unit(changes)), "a unit without a rival must win");
    }

    void put(DueRow... rows) {
        change(false, rows);
    }

    void putReleasing(DueRow... rows) {
        change(true, rows);
    }

    private void change(boolean release, DueRow... rows) {
        Unit.Builder unit = Unit.builder();
        for (DueRow row : rows) {
            unit.due(new DueChange.Put(row, release));
        }
        that(commit(unit.build()), "a unit without links must win");
    }

    void remove(String link, boolean release) {
        commit(Unit.builder().due(new DueChange.Remove(link, CRM, release)).build());
    }

    List<String> claim(Lane lane, Instant now, int limit) {
        return store.claim(turn(lane), now, limit, "engine-1", now.plusSeconds(60)).stream()
                .map(DueRow::link)
                .toList();
    }

    List<DueRow> allDue() {
        return store.walkDue(sync, Set.of(Lane.values()), null, 10_000);
    }

    DueRow onlyDue() {
        List<DueRow> rows = allDue();
        equal(rows.size(), 1, "rows of due work");
        return rows.get(0);
    }

    long version(String link) {
        return store.links(sync, List.of(link)).stream()
                .mapToLong(LinkRow::version)
                .findFirst()
                .orElse(0);
    }

    // What is asserted

    static void that(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("— " + what);
        }
    }

    static void equal(@Nullable Object actual, @Nullable Object expected, String what) {
        if (!Objects.equals(actual, expected)) {
            throw new AssertionError("— " + what + ": expected " + expected + ", found " + actual);
        }
    }

    static void refused(Runnable call, String what) {
        try {
            call.run();
        } catch (IllegalArgumentException expected) {
            return;
        }
        throw new AssertionError("— " + what + " must be refused with an IllegalArgumentException");
    }
}
