package dev.crmsync.memory;

import dev.crmsync.spi.store.InboxEvent;
import dev.crmsync.spi.store.InboxRow;
import java.time.Instant;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** The inbox of one sync: events that wait, and the keys of those that are processed. */
final class InboxTable {
    private record Key(String system, String dedupeKey) {
        static Key of(InboxEvent event) {
            return new Key(event.system(), event.dedupeKey());
        }
    }

    private record Processed(Key key, Instant receivedAt) {}

    private final TreeMap<Integer, TreeMap<Long, InboxRow>> waiting = new TreeMap<>();
    private final TreeMap<Long, Integer> shards = new TreeMap<>();
    private final TreeMap<Long, Processed> processed = new TreeMap<>();
    private final Set<Key> keys = new HashSet<>();
    private long last;

    int accept(List<InboxEvent> events) {
        int fresh = 0;
        for (InboxEvent event : events) {
            if (keys.add(Key.of(event))) {
                long id = ++last;
                waiting.computeIfAbsent(event.shard(), shard -> new TreeMap<>()).put(id, new InboxRow(id, event));
                shards.put(id, event.shard());
                fresh++;
            }
        }
        return fresh;
    }

    List<InboxRow> pending(int shard, int limit) {
        TreeMap<Long, InboxRow> rows = waiting.get(shard);
        return rows == null
                ? List.of()
                : rows.values().stream().limit(Math.max(0, limit)).toList();
    }

    List<Integer> pendingShards() {
        return List.copyOf(waiting.keySet());
    }

    long countPending() {
        return shards.size();
    }

    void done(long id) {
        Integer shard = shards.remove(id);
        if (shard == null) {
            return;
        }
        waiting.computeIfPresent(shard, (same, rows) -> {
            InboxRow row = rows.remove(id);
            if (row != null) {
                processed.put(id, new Processed(Key.of(row.event()), row.event().receivedAt()));
            }
            return rows.isEmpty() ? null : rows;
        });
    }

    int trim(Instant before, int limit) {
        int removed = 0;
        Iterator<Processed> oldest = processed.values().iterator();
        while (removed < limit && oldest.hasNext()) {
            Processed row = oldest.next();
            if (row.receivedAt().isBefore(before)) {
                oldest.remove();
                keys.remove(row.key());
                removed++;
            }
        }
        return removed;
    }
}
