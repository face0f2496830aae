package dev.crmsync.store.jdbc;

import dev.crmsync.spi.SyncException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * What differs from database to database: the folder of its migrations, a few words of SQL, its error codes. Everything
 * else is the SQL that they share. Another database is one more class here and one more folder.
 */
interface Dialect {
    /** All that are known. */
    List<Dialect> ALL = List.of(new H2Dialect(), new PostgresDialect());

    static Dialect of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return ALL.stream()
                .filter(dialect -> dialect.product().equals(product))
                .findFirst()
                .orElseThrow(() -> SyncException.configuration("JdbcStore does not know the database \"" + product
                        + "\"; give it a DataSource of H2 or PostgreSQL, or implement dev.crmsync.spi.store.Store"));
    }

    /** The product name that the driver tells. */
    String product();

    /** The folder of its migrations. */
    String folder();

    /** Whether several transactions may hold a row against change at once; else they queue. */
    boolean locksShared();

    /**
     * Whether it seeks a list of values in an index of several columns only as a list of whole keys of it. With one column
     * listed and the others given it would look at every row that has the others.
     */
    boolean seeksWholeRows();

    /** How many values a list holds at the most: a power of two. */
    int mostListed();

    /** A query for as many tickets as its parameter {@code n} says, in growing order. */
    String tickets(String sequence);

    /** Whether a unique key was taken by another. */
    boolean isDuplicate(SQLException e);

    /** Whether this error, in no standard class of passing faults, may pass when tried again. */
    boolean isPassing(SQLException e);

    /**
     * The file whose writers must take turns, because a process that is killed would leave a mix of what several of them had
     * done; empty when they may write at once.
     */
    Optional<String> oneWriterAtATime(Connection connection) throws SQLException;

    /** What keeps acknowledged commits from surviving a killed process, and the remedy; empty when all is well. */
    Optional<String> losesCommits(Connection connection) throws SQLException;
}
