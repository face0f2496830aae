package dev.crmsync.store.jdbc;

import dev.crmsync.spi.SyncException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * An H2 database in a file of its own, opened so that an acknowledged commit survives the death of the process. The only
 * class that needs H2 on the class path.
 */
final class H2File {
    private static final int CONNECTIONS = 24;
    private static final String SUFFIX = ".mv.db";

    private final JdbcConnectionPool pool;

    private H2File(JdbcConnectionPool pool) {
        this.pool = pool;
    }

    static H2File open(Path path) {
        String file = path.toAbsolutePath().normalize().toString();
        if (file.contains(";")) {
            throw SyncException.configuration("the path of an H2 file may not contain a semicolon; choose another");
        }
        String name = file.endsWith(SUFFIX) ? file.substring(0, file.length() - SUFFIX.length()) : file;
        JdbcConnectionPool pool = JdbcConnectionPool.create(url(name), "sa", "");
        pool.setMaxConnections(CONNECTIONS);
        return new H2File(pool);
    }

    /**
     * The settings, and why:
     *
     * <ul>
     *   <li>{@code async:}: an interrupted thread closes the file of the usual access, and all other threads lose it.
     *   <li>{@code WRITE_DELAY=0}: a commit is handed to the operating system before it is acknowledged; by default H2
     *       writes half a second later and a killed process takes along what it had acknowledged.
     *   <li>{@code DB_CLOSE_ON_EXIT=FALSE}: the engine closes the store after its last commit; H2's own shutdown hook
     *       would close it under an engine that still works.
     *   <li>{@code LOCK_TIMEOUT}: waiting commits queue rather than fail; rings are found at once all the same.
     *   <li>{@code QUERY_CACHE_SIZE}: more than the few dozen statements of the store.
     * </ul>
     */
    private static String url(String name) {
        return "jdbc:h2:async:" + name
                + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=20000;QUERY_CACHE_SIZE=128";
    }

    /** Whether nobody else in this process has it open; other processes cannot. */
    boolean alone() throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM INFORMATION_SCHEMA.SESSIONS")) {
            row.next();
            return row.getInt(1) == 1;
        }
    }

    JdbcConnectionPool pool() {
        return pool;
    }
}
