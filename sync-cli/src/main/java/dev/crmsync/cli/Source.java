package dev.crmsync.cli;

import dev.crmsync.json.BundleCodec;
import dev.crmsync.ledger.Recordings;
import dev.crmsync.replay.Bundle;
import dev.crmsync.replay.Recording;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.store.Store;
import dev.crmsync.store.jdbc.JdbcStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a command reads from: a store, as it is, or a bundle. */
final class Source {
    @Option(
            names = "--store",
            paramLabel = "JDBC-URL",
            description =
                    "the store, such as jdbc:postgresql://db/crm or jdbc:h2:file:./data/crm-sync; it is only read")
    private @Nullable String store;

    @Option(names = "--user", paramLabel = "NAME", description = "who reads the store (H2: sa)")
    private @Nullable String user;

    @Option(
            names = "--password-from",
            paramLabel = "VARIABLE",
            description = "the environment variable that holds the password")
    private @Nullable String passwordFrom;

    @Option(
            names = "--table-prefix",
            paramLabel = "PREFIX",
            defaultValue = JdbcStore.DEFAULT_TABLE_PREFIX,
            description = "what the names of the store's tables begin with (default: ${DEFAULT-VALUE})")
    private String prefix = JdbcStore.DEFAULT_TABLE_PREFIX;

    @Option(names = "--sync", paramLabel = "NAME", description = "the sync in the store")
    private @Nullable String sync;

    @Option(names = "--bundle", paramLabel = "FILE", description = "a bundle, in the place of a store")
    private @Nullable Path bundle;

    /** Made by the command line. */
    Source() {}

    boolean isBundle() {
        if ((store == null) == (bundle == null)) {
            throw SyncException.configuration("say what to read: --store JDBC-URL --sync NAME, or --bundle FILE");
        }
        return bundle != null;
    }

    Bundle bundle() {
        return read(Objects.requireNonNull(bundle));
    }

    static Bundle read(Path file) {
        try {
            return new BundleCodec().decode(Bytes.of(Files.readAllBytes(file)), List.of());
        } catch (NoSuchFileException e) {
            throw SyncException.of(SyncException.Kind.CONFIGURATION, file + ": there is no such file", e);
        } catch (IOException e) {
            throw SyncException.of(SyncException.Kind.CONFIGURATION, file + ": cannot be read", e);
        } catch (SyncException e) {
            throw SyncException.of(SyncException.Kind.CONFIGURATION, file + ": " + e.getMessage(), e);
        }
    }

    String sync() {
        if (sync == null) {
            throw SyncException.configuration("say which sync of the store is meant: --sync NAME");
        }
        return sync;
    }

    <T> T store(Function<Store, T> reading) {
        if (store == null) {
            throw SyncException.configuration("say which store is meant: --store JDBC-URL");
        }
        String password = passwordFrom == null ? "" : System.getenv(passwordFrom);
        if (password == null) {
            throw SyncException.configuration("the environment has no variable " + passwordFrom + "; set it");
        }
        DataSource connections = ReadOnly.of(store, user == null ? "sa" : user, password);
        try (Store opened = JdbcStore.reading(connections, prefix)) {
            return reading.apply(opened);
        }
    }

    /** What a bundle holds, or what was recorded of some links or of all of them. */
    Bundle recorded(List<String> links, LongConsumer progress) {
        if (isBundle()) {
            return bundle();
        }
        Recording recording = store(opened -> {
            Recordings recordings = new Recordings(opened, sync(), List.of());
            return links.isEmpty() ? recordings.all(progress) : recordings.of(links);
        });
        return Bundle.plain(sync(), links, Instant.EPOCH, recording);
    }
}
