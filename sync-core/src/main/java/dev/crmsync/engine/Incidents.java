package dev.crmsync.engine;

import dev.crmsync.json.BundleCodec;
import dev.crmsync.ledger.Recordings;
import dev.crmsync.ledger.SyncContext;
import dev.crmsync.policy.Policy;
import dev.crmsync.replay.Backtest;
import dev.crmsync.replay.BacktestReport;
import dev.crmsync.replay.Bundle;
import dev.crmsync.replay.Recording;
import dev.crmsync.replay.Redaction;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.resolver.Resolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;

/**
 * What was recorded of a sync, to be looked into: carried elsewhere without a value, or planned under another policy. There is
 * something only where the engine was told to {@linkplain SyncEngineBuilder#recordInputs record}. Reads only. Thread-safe.
 */
public final class Incidents {
    private final SyncContext context;

    Incidents(SyncContext context) {
        this.context = context;
    }

    /**
     * What was recorded of some links, with tokens in the place of values and ids. The key that the tokens are made with is
     * drawn for this bundle and forgotten.
     *
     * @param links ids of links
     * @return the bundle
     * @throws SyncException of kind NOT_FOUND when nothing was recorded of them
     */
    public Bundle redacted(String... links) {
        byte[] key = new byte[Redaction.KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return Redaction.of(plain(links), key);
    }

    /**
     * What was recorded of some links, with values as they are: personal data, not to leave the house.
     *
     * @param links ids of links
     * @return the bundle
     * @throws SyncException of kind NOT_FOUND when nothing was recorded of them
     */
    public Bundle plain(String... links) {
        Recording recording = recordings().of(List.of(links));
        if (recording.steps().isEmpty()) {
            throw SyncException.of(
                    Kind.NOT_FOUND,
                    "nothing was recorded of these links in sync " + context.sync()
                            + "; let the engine record with recordInputs(..) before the incident, and name links by their ids");
        }
        return Bundle.plain(context.sync(), List.of(links), context.now(), recording);
    }

    /**
     * Writes what was recorded of some links into a file, with tokens in the place of values and ids.
     *
     * @param file the file, made or replaced
     * @param links ids of links
     * @throws SyncException of kind NOT_FOUND when nothing was recorded of them, PERMANENT when the file cannot be written
     */
    public void export(Path file, String... links) {
        byte[] content = new BundleCodec().encode(redacted(links)).toArray();
        try {
            Files.write(file, content);
        } catch (IOException e) {
            throw SyncException.of(
                    Kind.PERMANENT, file + " cannot be written; name a file in a directory that is there", e);
        }
    }

    /**
     * Tries a changed policy on all that was recorded.
     *
     * @param candidate the policy
     * @param resolvers the resolvers that it names, beyond those of the sync
     * @return what it would have made of it
     * @throws SyncException of kind CONFIGURATION when nothing was recorded
     */
    public BacktestReport backtest(Policy candidate, Resolver... resolvers) {
        return Backtest.of(recordings().all(links -> {}), candidate, List.of(resolvers));
    }

    private Recordings recordings() {
        return new Recordings(
                context.store(),
                context.sync(),
                context.rules().get().resolvers().values());
    }
}
