package dev.crmsync.store.jdbc;

import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.store.DeadLetterRow;
import dev.crmsync.spi.store.JournalEntry;
import dev.crmsync.spi.store.ReviewRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Reads journal, reviews, dead letters and cursors. */
final class RecordReads {
    private static final String REVIEW =
            "SELECT id, link, kind, opened_at, closed_at, skeleton, personal FROM #review WHERE sync = :sync";
    private static final String LETTER =
            "SELECT id, system, link, kind, reason, kept_at, content FROM #dead_letter WHERE sync = :sync";

    private final Database database;

    RecordReads(Database database) {
        this.database = database;
    }

    List<JournalEntry> journal(Handle handle, String sync, String link, long before, int limit) {
        return handle.createQuery(database.sql("SELECT seq, made_at, kind, skeleton, personal FROM #journal"
                        + " WHERE sync = :sync AND link = :link AND seq < :before ORDER BY seq DESC, n LIMIT :limit"))
                .bind("sync", sync)
                .bind("link", link)
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> new JournalEntry(
                        link,
                        row.getLong(1),
                        Micros.at(row.getLong(2)),
                        row.getString(3),
                        Bytes.of(row.getBytes(4)),
                        bytes(row.getBytes(5))))
                .list();
    }

    Optional<ReviewRow> review(Handle handle, String sync, String id) {
        return handle.createQuery(database.sql(REVIEW + " AND id = :id"))
                .bind("sync", sync)
                .bind("id", id)
                .map(RecordReads::review)
                .findOne();
    }

    List<ReviewRow> openReviews(Handle handle, String sync, @Nullable String after, int limit) {
        return handle.createQuery(database.sql(
                        REVIEW + " AND unanswered = TRUE AND id > :after ORDER BY sync, unanswered, id LIMIT :limit"))
                .bind("sync", sync)
                .bind("after", after == null ? "" : after)
                .bind("limit", limit)
                .map(RecordReads::review)
                .list();
    }

    private static ReviewRow review(ResultSet row, StatementContext context) throws SQLException {
        long closedAt = row.getLong(5);
        boolean open = row.wasNull();
        return new ReviewRow(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                Micros.at(row.getLong(4)),
                open ? null : Micros.at(closedAt),
                Bytes.of(row.getBytes(6)),
                bytes(row.getBytes(7)));
    }

    Optional<DeadLetterRow> deadLetter(Handle handle, String sync, String id) {
        return handle.createQuery(database.sql(LETTER + " AND id = :id"))
                .bind("sync", sync)
                .bind("id", id)
                .map(RecordReads::deadLetter)
                .findOne();
    }

    List<DeadLetterRow> deadLetters(Handle handle, String sync, @Nullable String after, int limit) {
        return handle.createQuery(database.sql(LETTER + " AND id > :after ORDER BY id LIMIT :limit"))
                .bind("sync", sync)
                .bind("after", after == null ? "" : after)
                .bind("limit", limit)
                .map(RecordReads::deadLetter)
                .list();
    }

    private static DeadLetterRow deadLetter(ResultSet row, StatementContext context) throws SQLException {
        return new DeadLetterRow(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                Micros.at(row.getLong(6)),
                bytes(row.getBytes(7)));
    }

    private static @Nullable Bytes bytes(byte @Nullable [] content) {
        return content == null ? null : Bytes.of(content);
    }

    Optional<Bytes> cursor(Handle handle, String sync, String name) {
        return handle.createQuery(database.sql("SELECT content FROM #cursor WHERE sync = :sync AND name = :name"))
                .bind("sync", sync)
                .bind("name", name)
                .map((row, context) -> Bytes.of(row.getBytes(1)))
                .findOne();
    }
}
