package dev.crmsync.store.jdbc;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.TemplateEngine;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/** The way to the tables: their names, transactions at READ COMMITTED, and failures in our words. */
final class Database {
    private static final int TRIES = 10;

    private final Jdbi jdbi;
    private final Dialect dialect;
    private final String prefix;
    private final boolean readCommittedByDefault;
    private final Writers writers;

    Database(DataSource dataSource, Dialect dialect, String prefix, boolean readCommittedByDefault, Writers writers) {
        this.jdbi = Jdbi.create(dataSource);
        // Our SQL is full of comparison signs, which another engine takes for templates.
        jdbi.getConfig(SqlStatements.class).setTemplateEngine(TemplateEngine.NOP);
        this.dialect = dialect;
        this.prefix = prefix;
        this.readCommittedByDefault = readCommittedByDefault;
        this.writers = writers;
    }

    Dialect dialect() {
        return dialect;
    }

    /** Puts the prefix of the tables where the SQL says {@code #}. */
    String sql(String text) {
        return text.replace("#", prefix);
    }

    /** Runs queries, each of which sees what was committed when it began. */
    <T> T read(Function<Handle, T> work) {
        return translating(() -> jdbi.withHandle(work::apply));
    }

    /**
     * Runs work in one transaction. When another transaction has taken a unique key that this one found free, all of it
     * is rolled back and done again, and then finds the key taken; so the work must do nothing but speak to the database.
     */
    <T> T write(Function<Handle, T> work) {
        return translating(() -> {
            for (int tries = 1; ; tries++) {
                try {
                    return writers.inTurn(() -> readCommittedByDefault
                            ? jdbi.inTransaction(work::apply)
                            : jdbi.inTransaction(TransactionIsolationLevel.READ_COMMITTED, work::apply));
                } catch (JdbiException e) {
                    if (!Failures.any(e, dialect::isDuplicate)) {
                        throw e;
                    }
                    if (tries == TRIES) {
                        throw SyncException.of(
                                Kind.TRANSIENT,
                                "other commits took the same keys " + TRIES + " times in a row; try again");
                    }
                }
            }
        });
    }

    /** As {@link #write(Function)}, for work without an answer. */
    void run(Consumer<Handle> work) {
        write(handle -> {
            work.accept(handle);
            return true;
        });
    }

    private <T> T translating(Supplier<T> call) {
        try {
            return call.get();
        } catch (JdbiException e) {
            throw Failures.translate(e, dialect);
        }
    }
}
