package dev.crmsync.store.jdbc;

import dev.crmsync.spi.store.DueChange;
import dev.crmsync.spi.store.DueRow;
import dev.crmsync.spi.store.Lane;
import dev.crmsync.spi.store.Unit;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Writes the due work of what won. */
final class DueWork {
    static final String COLUMNS =
            "sync, link, system, lane, not_before, attempts, in_flight, waiting_on, claim_owner, claim_until";

    /** The order in which rows are locked, everywhere. */
    record Key(String system, String link) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::system).thenComparing(Key::link);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    /** A row with its claim; claimed until 0 means that it is not claimed. */
    record Slot(DueRow row, @Nullable String owner, long claimedUntil) {
        static Slot of(ResultSet row, StatementContext context) throws SQLException {
            String waitingOn = row.getString(8);
            return new Slot(
                    new DueRow(
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            Lanes.of(row.getInt(4)),
                            Micros.at(row.getLong(5)),
                            row.getInt(6),
                            row.getBoolean(7),
                            waitingOn.isEmpty() ? null : waitingOn),
                    row.getString(9),
                    row.getLong(10));
        }

        Key key() {
            return new Key(row.system(), row.link());
        }
    }

    private record ReadyKey(String sync, String system, Lane lane) {}

    private final Database database;
    // Rows of ready are never removed: once seen, always there.
    private final Set<ReadyKey> ready = ConcurrentHashMap.newKeySet();

    DueWork(Database database) {
        this.database = database;
    }

    /** Sees to it that each system and lane that gets work can have its turn, before that work is there. */
    void makeReady(String sync, List<Unit> units) {
        for (Unit unit : units) {
            for (DueChange change : unit.due()) {
                if (change instanceof DueChange.Put put) {
                    makeReady(sync, put.row().system(), put.row().lane());
                }
            }
        }
    }

    void makeReady(String sync, String system, Lane lane) {
        ReadyKey key = new ReadyKey(sync, system, lane);
        if (ready.contains(key)) {
            return;
        }
        database.write(handle -> {
            boolean missing = handle.createQuery(database.sql(
                            "SELECT served FROM #ready WHERE sync = :sync" + " AND system = :system AND lane = :lane"))
                    .bind("sync", sync)
                    .bind("system", system)
                    .bind("lane", Lanes.code(lane))
                    .mapTo(Long.class)
                    .findOne()
                    .isEmpty();
            return missing
                    ? handle.createUpdate(database.sql("INSERT INTO #ready (sync, system, lane, served)"
                                    + " VALUES (:sync, :system, :lane, 0)"))
                            .bind("sync", sync)
                            .bind("system", system)
                            .bind("lane", Lanes.code(lane))
                            .execute()
                    : 0;
        });
        ready.add(key);
    }

    void write(Handle handle, String sync, List<Unit> winners) {
        Map<Key, Slot> before = lock(handle, sync, winners);
        Map<Key, Slot> after = new TreeMap<>(before);
        for (Unit unit : winners) {
            unit.due().forEach(change -> apply(change, after));
            unit.wakes().forEach(parent -> after.replaceAll((key, slot) -> woken(slot, parent)));
        }
        save(handle, sync, before, after);
    }

    private Map<Key, Slot> lock(Handle handle, String sync, List<Unit> winners) {
        Map<String, Set<String>> wanted = new TreeMap<>();
        Set<String> parents = new TreeSet<>();
        for (Unit unit : winners) {
            parents.addAll(unit.wakes());
            for (DueChange change : unit.due()) {
                Key key = key(change);
                wanted.computeIfAbsent(key.system(), system -> new TreeSet<>()).add(key.link());
            }
        }
        // No child can come meanwhile: who begins to wait locks the parent, and so did we.
        for (InList list : InList.of(database.dialect(), parents)) {
            list.bind(handle.createQuery(database.sql("SELECT system, link FROM #due WHERE waiting_on <> '' AND ")
                            + list.sql(database.dialect(), "waiting_on", "sync", "waiting_on")))
                    .bind("sync", sync)
                    .map((row, context) -> new Key(row.getString(1), row.getString(2)))
                    .forEach(key -> wanted.computeIfAbsent(key.system(), system -> new TreeSet<>())
                            .add(key.link()));
        }
        Map<Key, Slot> slots = new TreeMap<>();
        wanted.forEach((system, links) -> {
            for (InList list : InList.of(database.dialect(), links)) {
                list.bind(handle.createQuery(database.sql("SELECT " + COLUMNS + " FROM #due WHERE ")
                                + list.sql(database.dialect(), "link", "sync", "link", "system")
                                + " ORDER BY link FOR UPDATE"))
                        .bind("sync", sync)
                        .bind("system", system)
                        .map(Slot::of)
                        .forEach(slot -> slots.put(slot.key(), slot));
            }
        });
        return slots;
    }

    private static Key key(DueChange change) {
        if (change instanceof DueChange.Put put) {
            return new Key(put.row().system(), put.row().link());
        }
        DueChange.Remove remove = (DueChange.Remove) change;
        return new Key(remove.system(), remove.link());
    }

    private static void apply(DueChange change, Map<Key, Slot> slots) {
        Key key = key(change);
        Slot standing = slots.get(key);
        if (change instanceof DueChange.Put put) {
            slots.put(
                    key,
                    standing == null || put.release()
                            ? new Slot(put.row(), null, 0)
                            : new Slot(put.over(standing.row()), standing.owner(), standing.claimedUntil()));
        } else if (change instanceof DueChange.Remove remove
                && standing != null
                && (remove.release() || standing.claimedUntil() == 0)) {
            slots.remove(key);
        }
    }

    private static Slot woken(Slot slot, String parent) {
        DueRow row = slot.row();
        return parent.equals(row.waitingOn())
                ? new Slot(
                        new DueRow(
                                row.sync(),
                                row.link(),
                                row.system(),
                                row.lane(),
                                Micros.at(0),
                                row.attempts(),
                                row.inFlight(),
                                null),
                        slot.owner(),
                        slot.claimedUntil())
                : slot;
    }

    private void save(Handle handle, String sync, Map<Key, Slot> before, Map<Key, Slot> after) {
        PreparedBatch deletes = handle.prepareBatch(
                database.sql("DELETE FROM #due WHERE sync = :sync AND link = :link AND system = :system"));
        PreparedBatch updates =
                handle.prepareBatch(database.sql("UPDATE #due SET lane = :lane, not_before = :notBefore,"
                        + " attempts = :attempts, in_flight = :inFlight, waiting_on = :waitingOn, claim_owner = :owner,"
                        + " claim_until = :until WHERE sync = :sync AND link = :link AND system = :system"));
        PreparedBatch inserts = handle.prepareBatch(database.sql("INSERT INTO #due (" + COLUMNS + ") VALUES (:sync,"
                + " :link, :system, :lane, :notBefore, :attempts, :inFlight, :waitingOn, :owner, :until)"));
        before.forEach((key, slot) -> {
            if (!after.containsKey(key)) {
                deletes.bind("sync", sync)
                        .bind("link", key.link())
                        .bind("system", key.system())
                        .add();
            }
        });
        after.forEach((key, slot) -> {
            Slot former = before.get(key);
            if (former == null) {
                add(inserts, slot);
            } else if (!former.equals(slot)) {
                add(updates, slot);
            }
        });
        LinkWrites.execute(deletes);
        LinkWrites.execute(updates);
        LinkWrites.execute(inserts);
    }

    private static void add(PreparedBatch batch, Slot slot) {
        DueRow row = slot.row();
        batch.bind("sync", row.sync())
                .bind("link", row.link())
                .bind("system", row.system())
                .bind("lane", Lanes.code(row.lane()))
                .bind("notBefore", Micros.of(row.notBefore()))
                .bind("attempts", row.attempts())
                .bind("inFlight", row.inFlight())
                .bind("waitingOn", row.waitingOn() == null ? "" : row.waitingOn())
                .bind("owner", slot.owner())
                .bind("until", slot.claimedUntil())
                .add();
    }
}
