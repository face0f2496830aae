package dev.crmsync.quickstart;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.store.Store;
import dev.crmsync.store.jdbc.JdbcStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where a run keeps its store and its notes: where the options say, or in a folder that is deleted at the end. */
final class Place implements AutoCloseable {
    private static final String H2_FILE = "jdbc:h2:file:";

    private final @Nullable Path passing;
    private final @Nullable Path h2;
    private final @Nullable String url;
    private final Notes notes;

    private Place(@Nullable Path passing, @Nullable Path h2, @Nullable String url, Path notes) throws IOException {
        this.passing = passing;
        this.h2 = h2;
        this.url = url;
        this.notes = Notes.in(notes);
    }

    static Place of(@Nullable String url) throws IOException {
        if (url == null) {
            Path folder = Files.createTempDirectory("crm-sync-quickstart");
            return new Place(folder, folder.resolve("store"), null, folder.resolve("notes.json"));
        }
        if (url.startsWith(H2_FILE)) {
            String file = url.substring(H2_FILE.length()).split(";", 2)[0];
            Path h2 = Path.of(file).toAbsolutePath();
            Files.createDirectories(h2.resolveSibling("."));
            return new Place(null, h2, null, h2.resolveSibling(h2.getFileName() + ".notes.json"));
        }
        // Beside a database there is no file; its name stands for it.
        UUID name = UUID.nameUUIDFromBytes(url.getBytes(StandardCharsets.UTF_8));
        Path notes = Path.of(System.getProperty("java.io.tmpdir"), "crm-sync-quickstart-" + name + ".json");
        return new Place(null, null, url, notes);
    }

    /** Whether a later run may come back to it. */
    boolean lasting() {
        return passing == null;
    }

    Notes notes() {
        return notes;
    }

    Store open() {
        if (h2 != null) {
            return JdbcStore.h2(h2);
        }
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(url);
        pool.setMaximumPoolSize(10);
        try {
            return JdbcStore.on(new HikariDataSource(pool));
        } catch (SyncException explained) {
            throw explained;
        } catch (RuntimeException refused) {
            // A pool that cannot begin says it in exceptions of its own.
            throw new IllegalStateException("the store cannot be opened: " + refused.getMessage(), refused);
        }
    }

    @Override
    public void close() throws IOException {
        if (passing == null) {
            return;
        }
        List<Path> all;
        try (Stream<Path> files = Files.walk(passing)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.deleteIfExists(file);
        }
    }
}
