package dev.crmsync.tests.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.spi.store.Store;
import dev.crmsync.store.jdbc.JdbcStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An H2 file whose process is killed while many write to it. Twice with every build; {@code kill.count} times, by default 20,
 * in the profile {@code kill}.
 */
class KilledFileTest {
    private static final int LONGEST = 1500;

    @Test
    void keeps_what_was_acknowledged_and_tables_that_agree_with_their_indexes(@TempDir Path folder)
            throws IOException, InterruptedException, SQLException {
        kill(folder, 2);
    }

    @Test
    @Tag("kill")
    void does_so_however_often_it_is_killed(@TempDir Path folder)
            throws IOException, InterruptedException, SQLException {
        kill(folder, Integer.getInteger("kill.count", 20));
    }

    private static void kill(Path folder, int times) throws IOException, InterruptedException, SQLException {
        Random chance = new Random(Long.getLong("kill.seed", 1));
        for (int i = 0; i < times; i++) {
            Path file = folder.resolve("store" + i);
            List<String> acknowledged = killed(file, i, chance.nextInt(LONGEST));
            assertThat(acknowledged).as("batches that were acknowledged").isNotEmpty();
            try (Store store = JdbcStore.h2(file)) {
                for (String batch : acknowledged) {
                    String[] words = batch.split(" ");
                    int unknown =
                            store.accept(BusyWriters.SYNC, BusyWriters.events(words[0], Integer.parseInt(words[1])));
                    assertThat(unknown).as("lost events of " + batch).isZero();
                }
            }
            assertThat(indexes(file))
                    .as("rows by each way to them, kill " + i)
                    .allSatisfy((table, counts) ->
                            assertThat(counts.values()).as(table + " " + counts).containsOnly(counts.get("rows")));
        }
    }

    /** Writes until some were acknowledged and a time has passed; what was acknowledged until it was killed. */
    private static List<String> killed(Path file, int process, int millis) throws IOException, InterruptedException {
        Process writers = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-XX:TieredStopAtLevel=1",
                        BusyWriters.class.getName(),
                        file.toString(),
                        String.valueOf(process))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(writers.getInputStream(), StandardCharsets.UTF_8));
        List<String> acknowledged = new ArrayList<>();
        String first = reader.readLine();
        Thread rest = new Thread(() -> readAll(reader, acknowledged));
        rest.start();
        writers.waitFor(millis, TimeUnit.MILLISECONDS);
        writers.destroyForcibly().waitFor();
        rest.join();
        if (first != null) {
            acknowledged.add(first);
        }
        // The last line may have been cut short.
        acknowledged.removeIf(line -> !line.matches("\\d+-\\d+-\\d+ \\d+"));
        return acknowledged;
    }

    private static void readAll(BufferedReader reader, List<String> lines) {
        try {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        } catch (IOException closed) {
            // What is killed says no more.
        }
    }

    /** For each table how many rows it has, and how many each of its indexes leads to. */
    private static Map<String, Map<String, Long>> indexes(Path file) throws SQLException {
        Map<String, Map<String, Long>> tables = new LinkedHashMap<>();
        try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + file, "sa", "");
                Statement statement = connection.createStatement()) {
            Map<String, List<String>> columns = columns(statement);
            for (Map.Entry<String, List<String>> index : columns.entrySet()) {
                String[] names = index.getKey().split(" ");
                Map<String, Long> counts = tables.computeIfAbsent(names[0], table -> new LinkedHashMap<>());
                counts.put("rows", count(statement, "SELECT _ROWID_ FROM " + names[0] + " ORDER BY _ROWID_"));
                String key = String.join(", ", index.getValue());
                String query = "SELECT " + key + " FROM " + names[0] + " USE INDEX (" + names[1] + ") ORDER BY " + key;
                assertThat(plan(statement, query)).contains(names[1]);
                counts.put(names[1], count(statement, query));
            }
        }
        assertThat(tables).isNotEmpty();
        return tables;
    }

    /** The columns of each index, by the names of its table and its own. */
    private static Map<String, List<String>> columns(Statement statement) throws SQLException {
        Map<String, List<String>> columns = new LinkedHashMap<>();
        try (ResultSet rows = statement.executeQuery("SELECT table_name, index_name, column_name"
                + " FROM information_schema.index_columns WHERE table_name LIKE 'CRMSYNC%'"
                + " ORDER BY table_name, index_name, ordinal_position")) {
            while (rows.next()) {
                columns.computeIfAbsent(rows.getString(1) + " " + rows.getString(2), index -> new ArrayList<>())
                        .add(rows.getString(3));
            }
        }
        return columns;
    }

    private static long count(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            long count = 0;
            while (rows.next()) {
                count++;
            }
            return count;
        }
    }

    private static String plan(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery("EXPLAIN " + query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
