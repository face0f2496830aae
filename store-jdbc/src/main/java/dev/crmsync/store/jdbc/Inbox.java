package dev.crmsync.store.jdbc;

import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.store.InboxEvent;
import dev.crmsync.spi.store.InboxRow;
import dev.crmsync.spi.store.Unit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Events between their arrival and their plan, and the keys of those that are processed. */
final class Inbox {
    private record Key(String system, String dedupeKey) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::system).thenComparing(Key::dedupeKey);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    private final Database database;

    Inbox(Database database) {
        this.database = database;
    }

    int accept(Handle handle, String sync, List<InboxEvent> events) {
        Map<Key, InboxEvent> fresh = new LinkedHashMap<>();
        events.forEach(event -> fresh.putIfAbsent(new Key(event.system(), event.dedupeKey()), event));
        forgetKnown(handle, sync, fresh);
        if (fresh.isEmpty()) {
            return 0;
        }
        // Numbers go by arrival, inserts by key: two that accept the same events wait for each other, not in a ring.
        List<Long> tickets = Tickets.draw(handle, database, fresh.size());
        Map<Key, InboxRow> rows = new TreeMap<>();
        fresh.forEach((key, event) -> rows.put(key, new InboxRow(tickets.get(rows.size()), event)));
        PreparedBatch batch =
                handle.prepareBatch(database.sql("INSERT INTO #inbox (sync, id, shard, system, dedupe_key,"
                        + " received_at, done, content) VALUES (:sync, :id, :shard, :system, :key, :receivedAt, FALSE,"
                        + " :content)"));
        rows.values()
                .forEach(row -> batch.bind("sync", sync)
                        .bind("id", row.id())
                        .bind("shard", row.event().shard())
                        .bind("system", row.event().system())
                        .bind("key", row.event().dedupeKey())
                        .bind("receivedAt", Micros.of(row.event().receivedAt()))
                        .bind("content", row.event().content().toArray())
                        .add());
        LinkWrites.execute(batch);
        return rows.size();
    }

    private void forgetKnown(Handle handle, String sync, Map<Key, InboxEvent> fresh) {
        Map<String, List<String>> bySystem = new TreeMap<>();
        fresh.keySet()
                .forEach(key -> bySystem.computeIfAbsent(key.system(), system -> new ArrayList<>())
                        .add(key.dedupeKey()));
        bySystem.forEach((system, keys) -> {
            for (InList list : InList.of(database.dialect(), keys)) {
                list.bind(handle.createQuery(database.sql("SELECT dedupe_key FROM #inbox WHERE ")
                                + list.sql(database.dialect(), "dedupe_key", "sync", "system", "dedupe_key")))
                        .bind("sync", sync)
                        .bind("system", system)
                        .mapTo(String.class)
                        .forEach(known -> fresh.remove(new Key(system, known)));
            }
        });
    }

    void write(Handle handle, String sync, List<Unit> winners) {
        List<InboxEvent> events =
                winners.stream().flatMap(unit -> unit.inbox().stream()).toList();
        if (!events.isEmpty()) {
            accept(handle, sync, events);
        }
        TreeSet<Long> done = new TreeSet<>();
        winners.forEach(unit -> done.addAll(unit.inboxDone()));
        PreparedBatch batch = handle.prepareBatch(database.sql(
                "UPDATE #inbox SET done = TRUE, content = NULL WHERE sync = :sync AND id = :id AND done = FALSE"));
        done.forEach(id -> batch.bind("sync", sync).bind("id", id).add());
        LinkWrites.execute(batch);
    }

    List<InboxRow> pending(Handle handle, String sync, int shard, int limit) {
        return handle.createQuery(database.sql("SELECT id, shard, system, dedupe_key, received_at, content FROM #inbox"
                        + " WHERE sync = :sync AND done = FALSE AND shard = :shard"
                        + " ORDER BY sync, done, shard, id LIMIT :limit"))
                .bind("sync", sync)
                .bind("shard", shard)
                .bind("limit", limit)
                .map((row, context) -> new InboxRow(
                        row.getLong(1),
                        new InboxEvent(
                                row.getInt(2),
                                row.getString(3),
                                row.getString(4),
                                Micros.at(row.getLong(5)),
                                Bytes.of(row.getBytes(6)))))
                .list();
    }

    /** Steps from shard to shard through the index: there are few shards, and there may be very many events. */
    List<Integer> pendingShards(Handle handle, String sync) {
        List<Integer> shards = new ArrayList<>();
        Optional<Integer> next = nextShard(handle, sync, -1);
        while (next.isPresent()) {
            shards.add(next.get());
            next = nextShard(handle, sync, next.get());
        }
        return shards;
    }

    private Optional<Integer> nextShard(Handle handle, String sync, int after) {
        return handle.createQuery(database.sql("SELECT shard FROM #inbox WHERE sync = :sync AND done = FALSE"
                        + " AND shard > :after ORDER BY sync, done, shard LIMIT 1"))
                .bind("sync", sync)
                .bind("after", after)
                .mapTo(Integer.class)
                .findOne();
    }

    long countPending(Handle handle, String sync) {
        return handle.createQuery(database.sql("SELECT COUNT(*) FROM #inbox WHERE sync = :sync AND done = FALSE"))
                .bind("sync", sync)
                .mapTo(Long.class)
                .one();
    }
}
