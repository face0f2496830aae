package dev.crmsync.store.jdbc;

import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.store.DeadLetterRow;
import dev.crmsync.spi.store.JournalEntry;
import dev.crmsync.spi.store.ReviewRow;
import dev.crmsync.spi.store.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Writes what is kept beside links and due work: journal, reviews, dead letters, cursors. */
final class Records {
    private final Database database;

    Records(Database database) {
        this.database = database;
    }

    void write(Handle handle, String sync, List<Unit> winners) {
        TreeSet<String> erased = new TreeSet<>();
        winners.forEach(unit -> erased.addAll(unit.erased()));
        erase(handle, sync, erased, "DELETE FROM #journal WHERE sync = :sync AND link = :link");
        writeJournal(handle, sync, winners);
        TreeMap<String, ReviewRow> reviews = new TreeMap<>();
        TreeMap<String, DeadLetterRow> letters = new TreeMap<>();
        TreeSet<String> gone = new TreeSet<>();
        TreeMap<String, Bytes> cursors = new TreeMap<>();
        for (Unit unit : winners) {
            unit.reviews().forEach(review -> reviews.put(review.id(), review));
            unit.deadLetters().forEach(letter -> {
                gone.remove(letter.id());
                letters.put(letter.id(), letter);
            });
            unit.deadLettersGone().forEach(id -> {
                letters.remove(id);
                gone.add(id);
            });
            cursors.putAll(unit.cursors());
        }
        writeReviews(handle, sync, reviews);
        writeLetters(handle, sync, letters, gone);
        erase(handle, sync, erased, "UPDATE #review SET personal = NULL WHERE sync = :sync AND link = :link");
        erase(handle, sync, erased, "UPDATE #dead_letter SET content = NULL WHERE sync = :sync AND link = :link");
        writeCursors(handle, sync, cursors);
    }

    private void erase(Handle handle, String sync, Set<String> links, String sql) {
        PreparedBatch batch = handle.prepareBatch(database.sql(sql));
        links.forEach(link -> batch.bind("sync", sync).bind("link", link).add());
        LinkWrites.execute(batch);
    }

    private void writeJournal(Handle handle, String sync, List<Unit> winners) {
        PreparedBatch batch = handle.prepareBatch(database.sql("INSERT INTO #journal (sync, link, seq, made_at, kind,"
                + " skeleton, personal) VALUES (:sync, :link, :seq, :at, :kind, :skeleton, :personal)"));
        for (Unit unit : winners) {
            for (JournalEntry entry : unit.journal()) {
                batch.bind("sync", sync)
                        .bind("link", entry.link())
                        .bind("seq", entry.seq())
                        .bind("at", Micros.of(entry.at()))
                        .bind("kind", entry.kind())
                        .bind("skeleton", entry.skeleton().toArray())
                        .bind("personal", array(entry.values()))
                        .add();
            }
        }
        LinkWrites.execute(batch);
    }

    private static byte @Nullable [] array(@Nullable Bytes bytes) {
        return bytes == null ? null : bytes.toArray();
    }

    private void writeReviews(Handle handle, String sync, Map<String, ReviewRow> reviews) {
        upsert(
                handle,
                "UPDATE #review SET link = :link, kind = :kind, opened_at = :openedAt, closed_at = :closedAt,"
                        + " unanswered = :unanswered, skeleton = :skeleton, personal = :personal"
                        + " WHERE sync = :sync AND id = :id",
                "INSERT INTO #review (sync, id, link, kind, opened_at, closed_at, unanswered, skeleton, personal) VALUES"
                        + " (:sync, :id, :link, :kind, :openedAt, :closedAt, :unanswered, :skeleton, :personal)",
                List.copyOf(reviews.values()),
                (batch, review) -> batch.bind("sync", sync)
                        .bind("id", review.id())
                        .bind("link", review.link())
                        .bind("kind", review.kind())
                        .bind("openedAt", Micros.of(review.openedAt()))
                        .bind("closedAt", review.closedAt() == null ? null : Micros.of(review.closedAt()))
                        .bind("unanswered", review.closedAt() == null)
                        .bind("skeleton", review.skeleton().toArray())
                        .bind("personal", array(review.values()))
                        .add());
    }

    private void writeLetters(Handle handle, String sync, Map<String, DeadLetterRow> letters, Set<String> gone) {
        upsert(
                handle,
                "UPDATE #dead_letter SET system = :system, link = :link, kind = :kind, reason = :reason, kept_at = :at,"
                        + " content = :content WHERE sync = :sync AND id = :id",
                "INSERT INTO #dead_letter (sync, id, system, link, kind, reason, kept_at, content) VALUES"
                        + " (:sync, :id, :system, :link, :kind, :reason, :at, :content)",
                List.copyOf(letters.values()),
                (batch, letter) -> batch.bind("sync", sync)
                        .bind("id", letter.id())
                        .bind("system", letter.system())
                        .bind("link", letter.link())
                        .bind("kind", letter.kind())
                        .bind("reason", letter.reason())
                        .bind("at", Micros.of(letter.at()))
                        .bind("content", array(letter.content()))
                        .add());
        PreparedBatch deletes =
                handle.prepareBatch(database.sql("DELETE FROM #dead_letter WHERE sync = :sync AND id = :id"));
        gone.forEach(id -> deletes.bind("sync", sync).bind("id", id).add());
        LinkWrites.execute(deletes);
    }

    private void writeCursors(Handle handle, String sync, Map<String, Bytes> cursors) {
        List<Map.Entry<String, Bytes>> set = cursors.entrySet().stream()
                .filter(cursor -> cursor.getValue().size() > 0)
                .toList();
        upsert(
                handle,
                "UPDATE #cursor SET content = :content WHERE sync = :sync AND name = :name",
                "INSERT INTO #cursor (sync, name, content) VALUES (:sync, :name, :content)",
                set,
                (batch, cursor) -> batch.bind("sync", sync)
                        .bind("name", cursor.getKey())
                        .bind("content", cursor.getValue().toArray())
                        .add());
        PreparedBatch deletes =
                handle.prepareBatch(database.sql("DELETE FROM #cursor WHERE sync = :sync AND name = :name"));
        cursors.forEach((name, value) -> {
            if (value.size() == 0) {
                deletes.bind("sync", sync).bind("name", name).add();
            }
        });
        LinkWrites.execute(deletes);
    }

    private interface Binder<T> {
        void add(PreparedBatch batch, T row);
    }

    /** Updates what stands and inserts the rest; the start-up self-test has proved that the counts can be trusted. */
    private <T> void upsert(Handle handle, String update, String insert, List<T> rows, Binder<T> binder) {
        if (rows.isEmpty()) {
            return;
        }
        List<T> missing = new ArrayList<>();
        try (PreparedBatch updates = handle.prepareBatch(database.sql(update))) {
            rows.forEach(row -> binder.add(updates, row));
            int[] counts = updates.execute();
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] == 0) {
                    missing.add(rows.get(i));
                }
            }
        }
        PreparedBatch inserts = handle.prepareBatch(database.sql(insert));
        missing.forEach(row -> binder.add(inserts, row));
        LinkWrites.execute(inserts);
    }
}
