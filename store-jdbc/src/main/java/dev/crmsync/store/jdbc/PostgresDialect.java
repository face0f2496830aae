package dev.crmsync.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** PostgreSQL 14 or newer. */
final class PostgresDialect implements Dialect {
    @Override
    public String product() {
        return "PostgreSQL";
    }

    @Override
    public String folder() {
        return "postgresql";
    }

    @Override
    public boolean locksShared() {
        return true;
    }

    @Override
    public boolean seeksWholeRows() {
        return false;
    }

    @Override
    public int mostListed() {
        return 512;
    }

    @Override
    public String tickets(String sequence) {
        return "SELECT nextval('" + sequence + "') FROM generate_series(1, :n)";
    }

    @Override
    public boolean isDuplicate(SQLException e) {
        return "23505".equals(e.getSQLState());
    }

    @Override
    public boolean isPassing(SQLException e) {
        return false;
    }

    /** The server is another process: what it loses with its own death is what its operator configured. */
    @Override
    public Optional<String> oneWriterAtATime(Connection connection) {
        return Optional.empty();
    }

    @Override
    public Optional<String> losesCommits(Connection connection) throws SQLException {
        return Optional.empty();
    }
}
