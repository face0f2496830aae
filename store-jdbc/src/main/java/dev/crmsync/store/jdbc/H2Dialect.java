package dev.crmsync.store.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Set;

/** H2, embedded or as a server. */
final class H2Dialect implements Dialect {
    // Concurrent update, connection broken, database closed, closed at shutdown, closing; from org.h2.api.ErrorCode.
    private static final Set<Integer> PASSING = Set.of(90131, 90067, 90098, 90121, 90135);

    @Override
    public String product() {
        return "H2";
    }

    @Override
    public String folder() {
        return "h2";
    }

    @Override
    public boolean locksShared() {
        return false;
    }

    @Override
    public boolean seeksWholeRows() {
        return true;
    }

    /** Each row that is found is compared with the list from its beginning, so long lists cost their square. */
    @Override
    public int mostListed() {
        return 32;
    }

    @Override
    public String tickets(String sequence) {
        return "SELECT NEXT VALUE FOR " + sequence + " FROM SYSTEM_RANGE(1, :n)";
    }

    @Override
    public boolean isDuplicate(SQLException e) {
        return e.getErrorCode() == 23505;
    }

    @Override
    public boolean isPassing(SQLException e) {
        return PASSING.contains(e.getErrorCode());
    }

    /**
     * A commit saves table and indexes one after the other, as each is at that moment. What another transaction does meanwhile is
     * saved in some of them, and stays so if the process is killed before that one's own commit: rows without their entries, and
     * entries without their rows.
     */
    @Override
    public Optional<String> oneWriterAtATime(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT DATABASE_PATH()")) {
            row.next();
            return Optional.ofNullable(row.getString(1));
        }
    }

    /** By its default H2 writes a commit up to half a second later, and a killed process takes it along. */
    @Override
    public Optional<String> losesCommits(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT DATABASE_PATH(), (SELECT MAX(CAST(SETTING_VALUE AS INTEGER))"
                                + " FROM INFORMATION_SCHEMA.SETTINGS WHERE SETTING_NAME = 'WRITE_DELAY')")) {
            row.next();
            boolean inFile = row.getString(1) != null;
            return inFile && row.getInt(2) > 0
                    ? Optional.of(
                            "this H2 file writes commits only after WRITE_DELAY, and loses them when the process is"
                                    + " killed; append ;WRITE_DELAY=0 to its JDBC URL, or open it with JdbcStore.h2(path)")
                    : Optional.empty();
        }
    }
}
