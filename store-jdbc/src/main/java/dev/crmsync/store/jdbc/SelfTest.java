package dev.crmsync.store.jdbc;

import dev.crmsync.spi.SyncException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;

/**
 * Asks the database at start-up for what every commit relies on: that a transaction sees what others committed and
 * nothing that they did not, that updates tell how many rows they found, in batches too, and that an acknowledged
 * commit is not lost with the process. Drivers, pools and servers can be configured otherwise, and then compare-and-set
 * would lose updates without a word. It works on a row of its own in the history of the tables, so several engines may
 * run it at once.
 */
final class SelfTest {
    /** The row on which it works. */
    static final int PROBE = -1;

    private static final int NOBODY = -2;

    private final DataSource dataSource;
    private final Dialect dialect;
    private final String history;

    SelfTest(DataSource dataSource, Dialect dialect, String prefix) {
        this.dataSource = dataSource;
        this.dialect = dialect;
        this.history = prefix + "schema_history";
    }

    /** Whether transactions of fresh connections are READ COMMITTED already. */
    static boolean readCommittedByDefault(Connection fresh) throws SQLException {
        return fresh.getTransactionIsolation() == Connection.TRANSACTION_READ_COMMITTED;
    }

    void run() throws SQLException {
        try (Connection one = dataSource.getConnection();
                Connection two = dataSource.getConnection()) {
            dialect.losesCommits(one).ifPresent(remedy -> {
                throw SyncException.configuration(remedy);
            });
            two.setAutoCommit(true);
            int isolation = one.getTransactionIsolation();
            one.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            one.setAutoCommit(false);
            try {
                checkCounts(one);
                checkDirtyRead(one, two);
                one.rollback();
                checkFreshRead(one, two);
            } finally {
                one.rollback();
                one.setAutoCommit(true);
                one.setTransactionIsolation(isolation);
            }
        }
    }

    private void checkCounts(Connection one) throws SQLException {
        String mark = mark();
        int changed = update(one, PROBE, mark);
        // Nothing changes here, and the row is found all the same.
        int found = update(one, PROBE, mark);
        refuseUnless(
                changed == 1 && found == 1 && update(one, NOBODY, mark) == 0,
                "updates do not tell how many rows they found; let the driver count found rows"
                        + " (on MariaDB: no useAffectedRows)");
        int[] updated;
        try (PreparedStatement batch = one.prepareStatement(update())) {
            for (int version : new int[] {PROBE, NOBODY, PROBE}) {
                batch.setString(1, mark);
                batch.setInt(2, version);
                batch.addBatch();
            }
            updated = batch.executeBatch();
        }
        int[] inserted;
        int first = -ThreadLocalRandom.current().nextInt(10, Integer.MAX_VALUE - 10);
        try (PreparedStatement batch = one.prepareStatement(
                "INSERT INTO " + history + " (version, checksum, installed_at) VALUES (?, ?, 0)")) {
            for (int i = 0; i < 2; i++) {
                batch.setInt(1, first - i);
                batch.setString(2, mark);
                batch.addBatch();
            }
            inserted = batch.executeBatch();
        }
        refuseUnless(
                Arrays.equals(updated, new int[] {1, 0, 1}) && Arrays.equals(inserted, new int[] {1, 1}),
                "batches do not tell how many rows each of their statements found; switch off what rewrites batches"
                        + " (on PostgreSQL: reWriteBatchedInserts, on MariaDB: useBulkStmts)");
    }

    private void checkDirtyRead(Connection one, Connection two) throws SQLException {
        String mark = mark();
        update(one, PROBE, mark);
        refuseUnless(
                !mark.equals(read(two)),
                "transactions see what others have not committed; let the database isolate them (on H2: no LOCK_MODE=0)");
    }

    private void checkFreshRead(Connection one, Connection two) throws SQLException {
        String before = read(one);
        update(two, PROBE, mark());
        refuseUnless(
                !before.equals(read(one)),
                "a transaction does not see what others commit meanwhile, although READ COMMITTED was asked for;"
                        + " let the DataSource honour setTransactionIsolation");
    }

    private static String mark() {
        return UUID.randomUUID().toString();
    }

    private String update() {
        return "UPDATE " + history + " SET checksum = ? WHERE version = ?";
    }

    private int update(Connection connection, int version, String mark) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(update())) {
            update.setString(1, mark);
            update.setInt(2, version);
            return update.executeUpdate();
        }
    }

    private String read(Connection connection) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT checksum FROM " + history + " WHERE version = " + PROBE)) {
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getString(1) : "";
            }
        }
    }

    private static void refuseUnless(boolean holds, String why) {
        if (!holds) {
            throw SyncException.configuration("this database cannot keep the store as it is configured: " + why);
        }
    }
}
