package dev.crmsync.store.jdbc;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.spi.store.LinkChange;
import dev.crmsync.spi.store.MatchKey;
import dev.crmsync.spi.store.Unit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Writes what won: links, the records that they hold, and the match keys that they bear. */
final class LinkWrites {
    private record Bearing(MatchKey key, String link) implements Comparable<Bearing> {
        private static final Comparator<Bearing> ORDER = Comparator.comparing((Bearing bearing) -> bearing.key.type())
                .thenComparing(bearing -> bearing.key.field())
                .thenComparing(bearing -> bearing.key.digest())
                .thenComparing(Bearing::link);

        @Override
        public int compareTo(Bearing other) {
            return ORDER.compare(this, other);
        }
    }

    private final Database database;

    LinkWrites(Database database) {
        this.database = database;
    }

    void write(Handle handle, String sync, List<Unit> winners, Standing standing) {
        List<LinkChange> changes = winners.stream()
                .flatMap(unit -> unit.links().stream())
                .sorted(Comparator.comparing(change -> change.next().id()))
                .toList();
        writeRows(handle, sync, changes);
        writeRecords(
                handle,
                sync,
                "DELETE FROM #ref WHERE sync = :sync AND system = :system AND type = :type AND external_id = :id"
                        + " AND link = :link",
                standing.left());
        writeRecords(
                handle,
                sync,
                "INSERT INTO #ref (sync, system, type, external_id, link) VALUES (:sync, :system, :type, :id, :link)",
                standing.joined());
        writeKeys(handle, sync, changes);
    }

    private void writeRows(Handle handle, String sync, List<LinkChange> changes) {
        PreparedBatch inserts =
                handle.prepareBatch(database.sql("INSERT INTO #link (sync, id, type, version, rules_hash, document)"
                        + " VALUES (:sync, :id, :type, :version, :rules, :document)"));
        PreparedBatch updates = handle.prepareBatch(database.sql(
                "UPDATE #link SET type = :type, version = :version, rules_hash = :rules, document = :document"
                        + " WHERE sync = :sync AND id = :id AND version = :expected"));
        for (LinkChange change : changes) {
            (change.expected() == 0 ? inserts : updates.bind("expected", change.expected()))
                    .bind("sync", sync)
                    .bind("id", change.next().id())
                    .bind("type", change.next().type())
                    .bind("version", change.next().version())
                    .bind("rules", change.next().rulesHash())
                    .bind("document", change.next().document().toArray())
                    .add();
        }
        execute(inserts);
        int expected = updates.size();
        if (execute(updates) != expected) {
            // They were found under lock with this very version: somebody writes past the locks.
            throw SyncException.of(
                    SyncException.Kind.PERMANENT,
                    "a link changed while it was locked; let nothing but this library write to its tables");
        }
    }

    private void writeRecords(Handle handle, String sync, String sql, Map<RecordRef, String> records) {
        PreparedBatch batch = handle.prepareBatch(database.sql(sql));
        records.forEach((ref, link) -> batch.bind("sync", sync)
                .bind("system", ref.system())
                .bind("type", ref.type())
                .bind("id", ref.id())
                .bind("link", link)
                .add());
        execute(batch);
    }

    /** A key that is borne already is removed first: the link is locked, so nobody else writes its keys. */
    private void writeKeys(Handle handle, String sync, List<LinkChange> changes) {
        Set<Bearing> gone = new TreeSet<>();
        Set<Bearing> borne = new TreeSet<>();
        for (LinkChange change : changes) {
            String link = change.next().id();
            change.keysRemoved().forEach(key -> gone.add(new Bearing(key, link)));
            change.keysAdded().forEach(key -> borne.add(new Bearing(key, link)));
            if (change.expected() > 0) {
                change.keysAdded().forEach(key -> gone.add(new Bearing(key, link)));
            }
        }
        writeKeys(
                handle,
                sync,
                "DELETE FROM #match_key WHERE sync = :sync AND type = :type AND field = :field AND digest = :digest"
                        + " AND link = :link",
                gone);
        writeKeys(
                handle,
                sync,
                "INSERT INTO #match_key (sync, type, field, digest, link)"
                        + " VALUES (:sync, :type, :field, :digest, :link)",
                borne);
    }

    private void writeKeys(Handle handle, String sync, String sql, Set<Bearing> bearings) {
        PreparedBatch batch = handle.prepareBatch(database.sql(sql));
        bearings.forEach(bearing -> batch.bind("sync", sync)
                .bind("type", bearing.key().type())
                .bind("field", bearing.key().field())
                .bind("digest", bearing.key().digest())
                .bind("link", bearing.link())
                .add());
        execute(batch);
    }

    /** Runs a batch unless it is empty, and tells how many rows it touched. */
    static int execute(PreparedBatch batch) {
        try (batch) {
            return batch.size() == 0 ? 0 : IntStream.of(batch.execute()).sum();
        }
    }
}
