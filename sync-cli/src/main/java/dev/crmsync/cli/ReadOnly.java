package dev.crmsync.cli;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Connections of one JDBC URL that are only read from. */
record ReadOnly(String url, String user, String password) {
    /** Of an H2 file nothing is changed, and none is made. */
    private static final String H2_READING = ";ACCESS_MODE_DATA=r;IFEXISTS=TRUE";

    static DataSource of(String url, String user, String password) {
        ReadOnly connections = new ReadOnly(url.startsWith("jdbc:h2:file:") ? url + H2_READING : url, user, password);
        return (DataSource) Proxy.newProxyInstance(
                ReadOnly.class.getClassLoader(), new Class<?>[] {DataSource.class}, connections::call);
    }

    /** Nothing else of a data source is asked for. */
    private @Nullable Object call(Object proxy, Method method, Object @Nullable [] arguments) throws SQLException {
        return switch (method.getName()) {
            case "getConnection" -> connect();
            case "toString" -> "ReadOnly[" + url + "]";
            default -> throw new SQLException("these connections are only read from");
        };
    }

    private Connection connect() throws SQLException {
        Connection connection = DriverManager.getConnection(url, user, password);
        connection.setReadOnly(true);
        return connection;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "ReadOnly[" + url + "]";
    }
}
