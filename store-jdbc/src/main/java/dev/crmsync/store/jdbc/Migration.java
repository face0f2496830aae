package dev.crmsync.store.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One step of the tables' history: plain SQL, a file for each database.
 *
 * @param version its number, from 1 upwards
 * @param text the SQL, with {@code #} for the prefix
 */
record Migration(int version, String text) {
    /** The version of the tables that this library works on. */
    static final int NEWEST = 1;

    static List<Migration> all(Dialect dialect) {
        return Stream.iterate(1, version -> version <= NEWEST, version -> version + 1)
                .map(version -> new Migration(version, read(dialect.folder() + "/" + version + ".sql")))
                .toList();
    }

    private static String read(String name) {
        try (InputStream file = Migration.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("the jar lacks " + name);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String checksum() {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The statements, for tables with this prefix. */
    List<String> statements(String prefix) {
        String bare = text.lines().filter(line -> !line.startsWith("--")).collect(Collectors.joining("\n"));
        return Stream.of(bare.replace("#", prefix).split(";\n", -1))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
    }
}
