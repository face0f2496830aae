package dev.crmsync.store.jdbc;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** Opens a store: finds the dialect, installs the tables, runs the self-test. */
final class Opening {
    private static final Pattern PREFIX = Pattern.compile("[a-z][a-z0-9_]{0,29}");
    private static final int H2_FILE_IN_USE = 90020;

    private Opening() {}

    static JdbcStore reading(DataSource dataSource, String prefix) {
        refuse(prefix);
        Dialect dialect = Dialect.ALL.get(0);
        try (Connection connection = dataSource.getConnection()) {
            dialect = Dialect.of(connection);
            boolean readCommitted = SelfTest.readCommittedByDefault(connection);
            Writers writers = Writers.of(dialect.oneWriterAtATime(connection).orElse(null));
            return new JdbcStore(new Database(dataSource, dialect, prefix, readCommitted, writers), () -> {});
        } catch (SQLException e) {
            throw Failures.translate(e, dialect);
        }
    }

    private static void refuse(String prefix) {
        if (!PREFIX.matcher(prefix).matches()) {
            throw SyncException.configuration("the table prefix must begin with a lower-case letter and have at most 30"
                    + " lower-case letters, digits and underscores");
        }
    }

    static JdbcStore open(DataSource dataSource, String prefix, Runnable closing) {
        refuse(prefix);
        Dialect dialect = Dialect.ALL.get(0);
        try {
            boolean readCommitted;
            Writers writers;
            try (Connection connection = dataSource.getConnection()) {
                dialect = Dialect.of(connection);
                readCommitted = SelfTest.readCommittedByDefault(connection);
                writers = Writers.of(dialect.oneWriterAtATime(connection).orElse(null));
            }
            new Installer(dataSource, dialect, prefix, InstantSource.system()).install(Migration.all(dialect));
            new SelfTest(dataSource, dialect, prefix).run();
            return new JdbcStore(new Database(dataSource, dialect, prefix, readCommitted, writers), closing);
        } catch (SQLException e) {
            throw Failures.translate(e, dialect);
        }
    }

    static JdbcStore openH2(Path path) {
        H2File file;
        try {
            file = H2File.open(path);
        } catch (NoClassDefFoundError e) {
            throw SyncException.of(
                    Kind.CONFIGURATION,
                    "JdbcStore.h2 needs the database H2; add the artifact com.h2database:h2 (2.5.252 or newer) to the"
                            + " class path",
                    e);
        }
        Runnable closing = file.pool()::dispose;
        try {
            boolean alone = file.alone();
            JdbcStore store = open(file.pool(), JdbcStore.DEFAULT_TABLE_PREFIX, closing);
            if (alone) {
                store.inherit();
            }
            return store;
        } catch (SQLException e) {
            closing.run();
            throw e.getErrorCode() == H2_FILE_IN_USE
                    ? SyncException.of(
                            Kind.CONFIGURATION,
                            "another process has the H2 file open; stop it, choose another file, or use PostgreSQL for"
                                    + " several processes",
                            e)
                    : Failures.translate(e, Dialect.ALL.get(0));
        } catch (SyncException e) {
            closing.run();
            throw e;
        }
    }
}
