package dev.crmsync.store.jdbc;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Failures of the database in our words. Drivers quote keys and values in their messages, and Jdbi quotes SQL with its
 * arguments; so neither message goes on, only the codes and the stack.
 */
final class Failures {
    // Connection, rollback (deadlock, serialisation), resources, intervention of an operator.
    private static final Set<String> PASSING_CLASSES = Set.of("08", "40", "53", "57");
    // Lock not available, time-outs.
    private static final Set<String> PASSING_STATES = Set.of("55P03", "HYT00", "HYT01");

    private Failures() {}

    /** Whether any error in the chain is such; drivers hide the errors of a batch behind others. */
    static boolean any(@Nullable Throwable failure, Predicate<SQLException> which) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            for (SQLException e = t instanceof SQLException first ? first : null; e != null; e = e.getNextException()) {
                if (which.test(e)) {
                    return true;
                }
            }
        }
        return false;
    }

    static SyncException translate(Throwable failure, Dialect dialect) {
        SQLException known = first(failure);
        String codes = known == null
                ? failure.getClass().getSimpleName()
                : "SQLSTATE " + known.getSQLState() + ", code " + known.getErrorCode();
        if (any(failure, e -> passing(e) || dialect.isPassing(e))) {
            return SyncException.of(
                    Kind.TRANSIENT,
                    "the database could not do it now (" + codes
                            + "); try again, and look at the database when it stays so",
                    bare(failure, codes));
        }
        return SyncException.of(
                Kind.PERMANENT, "the database refused (" + codes + "): " + hint(known), bare(failure, codes));
    }

    private static @Nullable SQLException first(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof SQLException e) {
                return e;
            }
        }
        return null;
    }

    private static boolean passing(SQLException e) {
        String state = e.getSQLState();
        return e instanceof SQLTransientException
                || e instanceof SQLRecoverableException
                || (state != null
                        && (PASSING_STATES.contains(state)
                                || (state.length() == 5 && PASSING_CLASSES.contains(state.substring(0, 2)))));
    }

    private static String hint(@Nullable SQLException e) {
        String state = e == null || e.getSQLState() == null ? "" : e.getSQLState();
        if (state.startsWith("22001")) {
            return "a name or id is longer than its column; shorten it";
        }
        if (state.startsWith("28") || state.startsWith("42501")) {
            return "the database user may not do this; grant it the tables of the store";
        }
        if (state.startsWith("42")) {
            return "a table is missing or not as this version made it; restore it, or choose another table prefix";
        }
        return "repeating the call cannot help; look up the codes in the database's manual";
    }

    /** The same stack without the driver's words. */
    private static SQLException bare(Throwable failure, String codes) {
        SQLException known = first(failure);
        SQLException bare = known == null
                ? new SQLException(codes)
                : new SQLException(codes, known.getSQLState(), known.getErrorCode());
        bare.setStackTrace((known == null ? failure : known).getStackTrace());
        return bare;
    }
}
