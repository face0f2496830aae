package dev.crmsync.store.jdbc;

import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.spi.store.LinkRow;
import dev.crmsync.spi.store.MatchKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** What is asked about links, the records that they hold and the match keys that they bear. */
final class Links {
    private record Kind(String system, String type) {}

    private record Named(String type, String field) {}

    private final Database database;

    Links(Database database) {
        this.database = database;
    }

    List<LinkRow> rows(Handle handle, String sync, Collection<String> ids) {
        List<LinkRow> rows = new ArrayList<>();
        for (InList list : InList.of(database.dialect(), ids)) {
            rows.addAll(list.bind(handle.createQuery(
                            database.sql("SELECT id, type, version, rules_hash, document FROM #link WHERE ")
                                    + list.sql(database.dialect(), "id", "sync", "id")))
                    .bind("sync", sync)
                    .map(Links::row)
                    .list());
        }
        return rows;
    }

    List<LinkRow> walk(Handle handle, String sync, @Nullable String after, int limit) {
        return handle.createQuery(database.sql("SELECT id, type, version, rules_hash, document FROM #link"
                        + " WHERE sync = :sync AND id > :after ORDER BY id LIMIT :limit"))
                .bind("sync", sync)
                .bind("after", after == null ? "" : after)
                .bind("limit", limit)
                .map(Links::row)
                .list();
    }

    private static LinkRow row(ResultSet row, StatementContext context) throws SQLException {
        return new LinkRow(
                row.getString(1), row.getString(2), row.getLong(3), row.getString(4), Bytes.of(row.getBytes(5)));
    }

    long count(Handle handle, String sync) {
        return handle.createQuery(database.sql("SELECT COUNT(*) FROM #link WHERE sync = :sync"))
                .bind("sync", sync)
                .mapTo(Long.class)
                .one();
    }

    Map<RecordRef, String> holders(Handle handle, String sync, Collection<RecordRef> refs) {
        Map<Kind, List<String>> kinds = new HashMap<>();
        refs.forEach(ref -> kinds.computeIfAbsent(new Kind(ref.system(), ref.type()), kind -> new ArrayList<>())
                .add(ref.id()));
        Map<RecordRef, String> holders = new HashMap<>();
        kinds.forEach((kind, ids) -> {
            for (InList list : InList.of(database.dialect(), ids)) {
                list.bind(handle.createQuery(database.sql("SELECT external_id, link FROM #ref WHERE ")
                                + list.sql(database.dialect(), "external_id", "sync", "system", "type", "external_id")))
                        .bind("sync", sync)
                        .bind("system", kind.system())
                        .bind("type", kind.type())
                        .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                        .forEach(found -> holders.put(
                                new RecordRef(kind.system(), kind.type(), found.getKey()), found.getValue()));
            }
        });
        return holders;
    }

    Map<MatchKey, List<String>> bearers(Handle handle, String sync, Collection<MatchKey> keys) {
        Map<Named, List<String>> fields = new HashMap<>();
        keys.forEach(key -> fields.computeIfAbsent(new Named(key.type(), key.field()), field -> new ArrayList<>())
                .add(key.digest()));
        Map<MatchKey, List<String>> bearers = new HashMap<>();
        fields.forEach((field, digests) -> {
            for (InList list : InList.of(database.dialect(), digests)) {
                list.bind(handle.createQuery(database.sql(bearersOf(list))))
                        .bind("sync", sync)
                        .bind("type", field.type())
                        .bind("field", field.field())
                        .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                        .forEach(found -> bearers.computeIfAbsent(
                                        new MatchKey(field.type(), field.field(), found.getKey()),
                                        key -> new ArrayList<>())
                                .add(found.getValue()));
            }
        });
        return bearers;
    }

    /** A digest is not the whole key, so a database that seeks lists only as whole keys is given a table of them. */
    private String bearersOf(InList list) {
        String given = " WHERE k.sync = :sync AND k.type = :type AND k.field = :field";
        String select = database.dialect().seeksWholeRows()
                ? "SELECT DISTINCT k.digest, k.link FROM (VALUES " + list.rows("VARCHAR(64)")
                        + ") v (digest) JOIN #match_key k ON k.digest = v.digest" + given
                : "SELECT k.digest, k.link FROM #match_key k" + given + " AND k.digest IN " + list.sql();
        return select + " ORDER BY k.digest, k.link";
    }

    /** Locks links against each other commit, in the order of their ids, and tells the versions of those that exist. */
    Map<String, Long> lock(Handle handle, String sync, Collection<String> ids) {
        Map<String, Long> versions = new TreeMap<>();
        for (InList list : InList.of(database.dialect(), ids)) {
            list.bind(handle.createQuery(database.sql("SELECT id, version FROM #link WHERE ")
                            + list.sql(database.dialect(), "id", "sync", "id")
                            + " ORDER BY id FOR UPDATE"))
                    .bind("sync", sync)
                    .map((row, context) -> Map.entry(row.getString(1), row.getLong(2)))
                    .forEach(found -> versions.put(found.getKey(), found.getValue()));
        }
        return versions;
    }
}
