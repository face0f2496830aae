package dev.crmsync.store.jdbc;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Forgets what is old. */
final class Keeping {
    private record Entry(String link, long seq, long n) {}

    private final Database database;

    Keeping(Database database) {
        this.database = database;
    }

    int trim(Handle handle, String sync, Instant inboxBefore, Instant journalBefore, int limit) {
        return trimInbox(handle, sync, inboxBefore, limit) + trimJournal(handle, sync, journalBefore, limit);
    }

    private int trimInbox(Handle handle, String sync, Instant before, int limit) {
        List<Long> old = handle.createQuery(database.sql("SELECT id FROM #inbox WHERE sync = :sync AND done = TRUE"
                        + " AND received_at < :before ORDER BY received_at LIMIT :limit"))
                .bind("sync", sync)
                .bind("before", Micros.of(before))
                .bind("limit", limit)
                .mapTo(Long.class)
                .list();
        PreparedBatch batch = handle.prepareBatch(database.sql("DELETE FROM #inbox WHERE sync = :sync AND id = :id"));
        old.stream()
                .sorted()
                .forEach(id -> batch.bind("sync", sync).bind("id", id).add());
        return LinkWrites.execute(batch);
    }

    private int trimJournal(Handle handle, String sync, Instant before, int limit) {
        List<Entry> old = handle.createQuery(database.sql("SELECT link, seq, n FROM #journal WHERE sync = :sync"
                        + " AND made_at < :before ORDER BY made_at LIMIT :limit"))
                .bind("sync", sync)
                .bind("before", Micros.of(before))
                .bind("limit", limit)
                .map((row, context) -> new Entry(row.getString(1), row.getLong(2), row.getLong(3)))
                .list();
        PreparedBatch batch = handle.prepareBatch(
                database.sql("DELETE FROM #journal WHERE sync = :sync AND link = :link AND seq = :seq AND n = :n"));
        old.stream()
                .sorted(Comparator.comparingLong(Entry::n))
                .forEach(entry -> batch.bind("sync", sync)
                        .bind("link", entry.link())
                        .bind("seq", entry.seq())
                        .bind("n", entry.n())
                        .add());
        return LinkWrites.execute(batch);
    }
}
