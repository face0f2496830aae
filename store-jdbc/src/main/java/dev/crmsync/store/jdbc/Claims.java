package dev.crmsync.store.jdbc;

import dev.crmsync.spi.store.DueRow;
import dev.crmsync.spi.store.Lane;
import dev.crmsync.spi.store.Turn;
import dev.crmsync.store.jdbc.DueWork.Slot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Whose turn it is, and who gets which work. */
final class Claims {
    private static final String RIPE =
            "d.lane = :lane AND d.waiting_on = '' AND d.not_before <= :now AND d.claim_until <= :now";

    private static final int MOST_CANDIDATES = 512;

    private record ServedTurn(Turn turn, long served) {
        static final Comparator<ServedTurn> ORDER = Comparator.comparing(
                        (ServedTurn served) -> served.turn().lane())
                .thenComparingLong(ServedTurn::served)
                .thenComparing(served -> served.turn().sync())
                .thenComparing(served -> served.turn().system());
    }

    private record Candidate(long notBefore, String link) {}

    private final Database database;

    Claims(Database database) {
        this.database = database;
    }

    List<Turn> turns(Handle handle, Collection<String> syncs, Instant now, int limit) {
        List<ServedTurn> turns = new ArrayList<>();
        // A scalar sub-query is a look at one end of an index; EXISTS may become a join over all due work.
        for (InList list : InList.of(database.dialect(), syncs)) {
            turns.addAll(list.bind(handle.createQuery(database.sql(
                                    "SELECT r.sync, r.system, r.lane, r.served FROM #ready r"
                                            + " WHERE r.lane <> :held AND r.sync IN ")
                            + list.sql()
                            + database.sql(" AND (SELECT 1 FROM #due d WHERE d.sync = r.sync AND d.system = r.system"
                                    + " AND d.lane = r.lane AND d.waiting_on = '' AND d.not_before <= :now"
                                    + " AND d.claim_until <= :now LIMIT 1) = 1"
                                    + " ORDER BY r.lane, r.served, r.sync, r.system LIMIT :limit")))
                    .bind("held", Lanes.code(Lane.HELD))
                    .bind("now", Micros.of(now))
                    .bind("limit", limit)
                    .map((row, context) -> new ServedTurn(
                            new Turn(row.getString(1), row.getString(2), Lanes.of(row.getInt(3))), row.getLong(4)))
                    .list());
        }
        return turns.stream()
                .sorted(ServedTurn.ORDER)
                .limit(limit)
                .map(ServedTurn::turn)
                .toList();
    }

    /**
     * Looks for candidates without a lock, then locks those that nobody else is at and looks again. Not every database
     * stops locking at its LIMIT; locks by key hold no row that is not wanted.
     */
    List<DueRow> claim(Handle handle, Turn turn, Instant now, int limit, String owner, Instant until) {
        List<DueRow> claimed = new ArrayList<>();
        Candidate last = new Candidate(Long.MIN_VALUE, "");
        while (turn.lane() != Lane.HELD && claimed.size() < limit) {
            int wanted = Math.min(limit - claimed.size(), MOST_CANDIDATES);
            List<Candidate> candidates = candidates(handle, turn, now, last, wanted);
            if (!candidates.isEmpty()) {
                last = candidates.get(candidates.size() - 1);
                claimed.addAll(lock(handle, turn, now, candidates));
            }
            if (candidates.size() < wanted) {
                break;
            }
        }
        mark(handle, claimed, owner, until);
        serve(handle, turn);
        return claimed.stream()
                .sorted(Comparator.comparing(DueRow::notBefore).thenComparing(DueRow::link))
                .toList();
    }

    private List<Candidate> candidates(Handle handle, Turn turn, Instant now, Candidate last, int wanted) {
        return handle.createQuery(database.sql("SELECT d.not_before, d.link FROM #due d"
                        + " WHERE d.sync = :sync AND d.system = :system AND " + RIPE
                        + " AND d.not_before >= :last AND (d.not_before > :last OR d.link > :lastLink)"
                        // All columns of the index, so that it is read in its own order.
                        + " ORDER BY d.sync, d.system, d.lane, d.waiting_on, d.not_before, d.link LIMIT :wanted"))
                .bind("sync", turn.sync())
                .bind("system", turn.system())
                .bind("lane", Lanes.code(turn.lane()))
                .bind("now", Micros.of(now))
                .bind("last", last.notBefore())
                .bind("lastLink", last.link())
                .bind("wanted", wanted)
                .map((row, context) -> new Candidate(row.getLong(1), row.getString(2)))
                .list();
    }

    private List<DueRow> lock(Handle handle, Turn turn, Instant now, List<Candidate> candidates) {
        List<DueRow> locked = new ArrayList<>();
        for (InList list : InList.of(
                database.dialect(), candidates.stream().map(Candidate::link).toList())) {
            locked.addAll(list.bind(handle.createQuery(
                            database.sql("SELECT " + DueWork.COLUMNS + " FROM #due d" + " WHERE " + RIPE + " AND ")
                                    + list.sql(database.dialect(), "link", "sync", "link", "system")
                                    + " FOR UPDATE SKIP LOCKED"))
                    .bind("sync", turn.sync())
                    .bind("system", turn.system())
                    .bind("lane", Lanes.code(turn.lane()))
                    .bind("now", Micros.of(now))
                    .map(Slot::of)
                    .map(Slot::row)
                    .list());
        }
        return locked;
    }

    Optional<DueRow> claimOne(
            Handle handle, String sync, String link, String system, Instant now, String owner, Instant until) {
        Optional<DueRow> row = handle.createQuery(database.sql("SELECT " + DueWork.COLUMNS + " FROM #due"
                        + " WHERE sync = :sync AND link = :link AND system = :system FOR UPDATE"))
                .bind("sync", sync)
                .bind("link", link)
                .bind("system", system)
                .map(Slot::of)
                .findOne()
                .filter(slot ->
                        slot.claimedUntil() <= Micros.of(now) && slot.row().lane() != Lane.HELD)
                .map(Slot::row);
        mark(handle, row.stream().toList(), owner, until);
        return row;
    }

    private void mark(Handle handle, List<DueRow> rows, String owner, Instant until) {
        PreparedBatch batch = handle.prepareBatch(database.sql("UPDATE #due SET claim_owner = :owner,"
                + " claim_until = :until WHERE sync = :sync AND link = :link AND system = :system"));
        rows.forEach(row -> batch.bind("owner", owner)
                .bind("until", Micros.of(until))
                .bind("sync", row.sync())
                .bind("link", row.link())
                .bind("system", row.system())
                .add());
        LinkWrites.execute(batch);
    }

    /** Gives back every claim. What its holder had begun is of unknown outcome to whoever claims it next. */
    void free(Handle handle) {
        handle.createUpdate(database.sql("UPDATE #due SET claim_owner = NULL, claim_until = 0 WHERE claim_until > 0"))
                .execute();
    }

    /** Last in its transaction: who serves the same turn waits for no more than the end of this one. */
    private void serve(Handle handle, Turn turn) {
        long ticket = Tickets.draw(handle, database, 1).get(0);
        handle.createUpdate(database.sql(
                        "UPDATE #ready SET served = :served WHERE sync = :sync AND system = :system AND lane = :lane"))
                .bind("served", ticket)
                .bind("sync", turn.sync())
                .bind("system", turn.system())
                .bind("lane", Lanes.code(turn.lane()))
                .execute();
    }
}
