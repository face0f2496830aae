package dev.crmsync.store.jdbc;

import dev.crmsync.spi.SyncException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/**
 * Brings the tables to the version of this library. What was installed stands in the library's own table {@code
 * schema_history}; its row 0 is the lock by which one engine installs while others wait. Statements may be run again: a
 * database without transactions around them may have stopped in the middle.
 */
final class Installer {
    private static final int LOCK = 0;
    private static final int LOCK_TRIES = 30;

    private final DataSource dataSource;
    private final Dialect dialect;
    private final String prefix;
    private final InstantSource clock;

    Installer(DataSource dataSource, Dialect dialect, String prefix, InstantSource clock) {
        this.dataSource = dataSource;
        this.dialect = dialect;
        this.prefix = prefix;
        this.clock = clock;
    }

    void install(List<Migration> migrations) throws SQLException {
        try (Connection worker = dataSource.getConnection()) {
            worker.setAutoCommit(true);
            makeHistory(worker);
            makeRow(worker, LOCK);
            makeRow(worker, SelfTest.PROBE);
            if (!missing(worker, migrations).isEmpty()) {
                installLocked(worker, migrations);
            }
        }
    }

    private String history() {
        return prefix + "schema_history";
    }

    /** Two engines may make it at once, and databases differ in who of them is told so: what counts is that it is there. */
    private void makeHistory(Connection worker) throws SQLException {
        try (Statement statement = worker.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS " + history() + " (version INTEGER NOT NULL,"
                    + " checksum VARCHAR(64) NOT NULL, installed_at BIGINT NOT NULL, PRIMARY KEY (version))");
        } catch (SQLException e) {
            try {
                installed(worker);
            } catch (SQLException alsoUnreadable) {
                e.addSuppressed(alsoUnreadable);
                throw e;
            }
        }
    }

    private void makeRow(Connection worker, int version) throws SQLException {
        if (!exists(worker, version)) {
            try {
                insert(worker, version, "");
            } catch (SQLException e) {
                if (!dialect.isDuplicate(e)) {
                    throw e;
                }
            }
        }
    }

    private boolean exists(Connection worker, int version) throws SQLException {
        try (PreparedStatement query =
                worker.prepareStatement("SELECT version FROM " + history() + " WHERE version = ?")) {
            query.setInt(1, version);
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        }
    }

    private void insert(Connection worker, int version, String checksum) throws SQLException {
        try (PreparedStatement insert = worker.prepareStatement(
                "INSERT INTO " + history() + " (version, checksum, installed_at) VALUES (?, ?, ?)")) {
            insert.setInt(1, version);
            insert.setString(2, checksum);
            insert.setLong(3, Micros.of(clock.instant()));
            insert.executeUpdate();
        }
    }

    private void installLocked(Connection worker, List<Migration> migrations) throws SQLException {
        try (Connection keeper = dataSource.getConnection()) {
            keeper.setAutoCommit(false);
            try {
                lock(keeper);
                for (Migration migration : missing(worker, migrations)) {
                    install(worker, migration);
                }
            } finally {
                keeper.rollback();
                keeper.setAutoCommit(true);
            }
        }
    }

    /** Waits for whoever installs now; a database may give up waiting sooner than the other is done. */
    private void lock(Connection keeper) throws SQLException {
        for (int tries = 1; ; tries++) {
            try (Statement statement = keeper.createStatement()) {
                statement
                        .executeQuery("SELECT version FROM " + history() + " WHERE version = " + LOCK + " FOR UPDATE")
                        .close();
                return;
            } catch (SQLException e) {
                if (tries == LOCK_TRIES || Failures.translate(e, dialect).kind() != SyncException.Kind.TRANSIENT) {
                    throw e;
                }
                keeper.rollback();
            }
        }
    }

    private void install(Connection worker, Migration migration) throws SQLException {
        worker.setAutoCommit(false);
        try (Statement statement = worker.createStatement()) {
            for (String sql : migration.statements(prefix)) {
                statement.execute(sql);
            }
            insert(worker, migration.version(), migration.checksum());
            worker.commit();
        } catch (SQLException e) {
            worker.rollback();
            throw e;
        } finally {
            worker.setAutoCommit(true);
        }
    }

    private Map<Integer, String> installed(Connection worker) throws SQLException {
        Map<Integer, String> installed = new TreeMap<>();
        try (Statement statement = worker.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT version, checksum FROM " + history() + " WHERE version > " + LOCK)) {
            while (rows.next()) {
                installed.put(rows.getInt(1), rows.getString(2));
            }
        }
        return installed;
    }

    private List<Migration> missing(Connection worker, List<Migration> migrations) throws SQLException {
        Map<Integer, String> installed = installed(worker);
        int newest =
                installed.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
        if (newest > migrations.size()) {
            throw SyncException.configuration("the tables " + prefix + "* are of version " + newest
                    + " and this crm-sync knows versions up to " + migrations.size()
                    + "; use the newer crm-sync that made them, or another table prefix");
        }
        for (Migration migration : migrations) {
            String checksum = installed.get(migration.version());
            if (checksum != null && !checksum.equals(migration.checksum())) {
                throw SyncException.configuration("migration " + migration.version() + " of the tables " + prefix
                        + "* was installed with other SQL (checksum " + checksum + ", this crm-sync has "
                        + migration.checksum() + "); use a released crm-sync, or restore the row in " + history());
            }
        }
        return migrations.stream()
                .filter(migration -> !installed.containsKey(migration.version()))
                .toList();
    }
}
