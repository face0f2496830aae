package dev.crmsync.store.jdbc;

import dev.crmsync.spi.store.DueCount;
import dev.crmsync.spi.store.DueRow;
import dev.crmsync.spi.store.Lane;
import dev.crmsync.store.jdbc.DueWork.Slot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** What is asked about due work as a whole; and the moving of a whole lane. */
final class DueReads {
    private record Ready(String system, Lane lane) {}

    private final Database database;
    private final DueWork due;

    DueReads(Database database, DueWork due) {
        this.database = database;
        this.due = due;
    }

    List<DueRow> walk(Handle handle, String sync, Set<Lane> lanes, @Nullable DueRow after, int limit) {
        if (lanes.isEmpty()) {
            return List.of();
        }
        // Our own numbers, so they may stand in the text.
        String codes = lanes.stream()
                .map(lane -> Integer.toString(Lanes.code(lane)))
                .sorted()
                .collect(Collectors.joining(","));
        return handle.createQuery(database.sql("SELECT " + DueWork.COLUMNS + " FROM #due WHERE sync = :sync"
                        + " AND link >= :link AND (link > :link OR system > :system) AND lane IN (" + codes + ")"
                        + " ORDER BY sync, link, system LIMIT :limit"))
                .bind("sync", sync)
                .bind("link", after == null ? "" : after.link())
                .bind("system", after == null ? "" : after.system())
                .bind("limit", limit)
                .map(Slot::of)
                .map(Slot::row)
                .list();
    }

    int move(String sync, Lane from, Lane to) {
        if (from == to) {
            return 0;
        }
        List<String> systems = database.read(handle -> ready(handle, sync)).stream()
                .filter(ready -> ready.lane() == from)
                .map(Ready::system)
                .toList();
        systems.forEach(system -> due.makeReady(sync, system, to));
        return database.write(handle -> systems.stream()
                .mapToInt(system -> handle.createUpdate(database.sql(
                                "UPDATE #due SET lane = :to WHERE sync = :sync AND system = :system AND lane = :from"))
                        .bind("to", Lanes.code(to))
                        .bind("sync", sync)
                        .bind("system", system)
                        .bind("from", Lanes.code(from))
                        .execute())
                .sum());
    }

    private List<Ready> ready(Handle handle, String sync) {
        return handle.createQuery(
                        database.sql("SELECT system, lane FROM #ready WHERE sync = :sync ORDER BY system, lane"))
                .bind("sync", sync)
                .map((row, context) -> new Ready(row.getString(1), Lanes.of(row.getInt(2))))
                .list();
    }

    List<DueCount> counts(Handle handle, String sync) {
        return handle.createQuery(database.sql("SELECT system, lane, COUNT(*),"
                        + " SUM(CASE WHEN in_flight THEN 1 ELSE 0 END),"
                        + " SUM(CASE WHEN waiting_on <> '' THEN 1 ELSE 0 END)"
                        + " FROM #due WHERE sync = :sync GROUP BY system, lane ORDER BY system, lane"))
                .bind("sync", sync)
                .map((row, context) -> new DueCount(
                        row.getString(1), Lanes.of(row.getInt(2)), row.getLong(3), row.getLong(4), row.getLong(5)))
                .list();
    }

    Optional<Instant> next(Handle handle, String sync) {
        OptionalLong next = ready(handle, sync).stream()
                .filter(ready -> ready.lane() != Lane.HELD)
                .flatMap(ready -> next(handle, sync, ready).stream())
                .mapToLong(Long::longValue)
                .min();
        return next.isPresent() ? Optional.of(Micros.at(next.getAsLong())) : Optional.empty();
    }

    /** Claimed work that is not older than the first unclaimed work cannot come up earlier, so few rows are looked at. */
    private Optional<Long> next(Handle handle, String sync, Ready ready) {
        String turn = " FROM #due WHERE sync = :sync AND system = :system AND lane = :lane AND waiting_on = ''";
        Optional<Long> free = bind(
                        handle.createQuery(database.sql("SELECT not_before" + turn + " AND claim_until = 0"
                                + " ORDER BY sync, system, lane, waiting_on, not_before LIMIT 1")),
                        sync,
                        ready)
                .mapTo(Long.class)
                .findOne();
        Optional<Long> lapse = bind(
                        handle.createQuery(database.sql("SELECT MIN(GREATEST(not_before, claim_until))" + turn
                                + " AND claim_until > 0 AND not_before < :free")),
                        sync,
                        ready)
                .bind("free", free.orElse(Long.MAX_VALUE))
                .map((row, context) -> {
                    long time = row.getLong(1);
                    return row.wasNull() ? Optional.<Long>empty() : Optional.of(time);
                })
                .one();
        return free.isPresent() && lapse.isPresent()
                ? Optional.of(Math.min(free.get(), lapse.get()))
                : free.or(() -> lapse);
    }

    private static Query bind(Query query, String sync, Ready ready) {
        return query.bind("sync", sync).bind("system", ready.system()).bind("lane", Lanes.code(ready.lane()));
    }
}
