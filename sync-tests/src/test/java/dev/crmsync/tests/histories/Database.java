package dev.crmsync.tests.histories;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.crmsync.spi.store.Store;
import dev.crmsync.store.jdbc.JdbcStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.sql.DataSource;

/**
 * One real PostgreSQL for all histories. They share its tables, each under a sync of its own, as the tenants of a host do: so
 * that one that looked at another's rows would show.
 */
final class Database {
    private static final DataSource POOL = pool();

    private Database() {}

    private static DataSource pool() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.start();
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(server.getJdbcUrl("postgres", "postgres"));
            config.setMaximumPoolSize(16);
            return new HikariDataSource(config);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The store as a process finds it that has just started: nothing is remembered but what is in the tables. */
    static Store open() {
        return JdbcStore.on(POOL);
    }
}
