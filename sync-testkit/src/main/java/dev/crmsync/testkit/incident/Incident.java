package dev.crmsync.testkit.incident;

import dev.crmsync.json.BundleCodec;
import dev.crmsync.replay.Bundle;
import dev.crmsync.replay.Replayed;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.resolver.Resolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * An incident as it was exported from a running engine: the inputs of some links, what was decided on them, and the rules. It is
 * planned again by the planner at hand, so that a change of the library or of a rule shows what it would have done.
 *
 * <pre>{@code
 * Incident.read(Path.of("incident.json")).replaySame();
 * }</pre>
 *
 * Immutable and thread-safe.
 */
public final class Incident {
    private final Bundle bundle;

    private Incident(Bundle bundle) {
        this.bundle = bundle;
    }

    /**
     * Reads an incident.
     *
     * @param file the file of its bundle
     * @param resolvers the resolvers that its policy names; those of a redacted bundle are not asked
     * @return the incident
     * @throws SyncException of kind CONFIGURATION when there is no such file, PERMANENT when it is damaged or of a newer version
     */
    public static Incident read(Path file, Resolver... resolvers) {
        try {
            return of(Bytes.of(Files.readAllBytes(file)), resolvers);
        } catch (IOException e) {
            throw SyncException.of(
                    SyncException.Kind.CONFIGURATION,
                    file + " cannot be read; give the file that an export has written",
                    e);
        }
    }

    /**
     * An incident from the content of its file.
     *
     * @param content the content
     * @param resolvers the resolvers that its policy names
     * @return the incident
     * @throws SyncException of kind PERMANENT when it is damaged or of a newer version
     */
    public static Incident of(Bytes content, Resolver... resolvers) {
        return new Incident(new BundleCodec().decode(content, List.of(resolvers)));
    }

    /**
     * What was exported.
     *
     * @return the bundle
     */
    public Bundle bundle() {
        return bundle;
    }

    /**
     * Plans it once more.
     *
     * @return what it came to
     */
    public Replayed replay() {
        return bundle.replay();
    }

    /**
     * Plans it once more, and demands that it comes to the same.
     *
     * @return what it came to
     * @throws AssertionError that names every step that differs, when one does, or when there is nothing to plan
     */
    public Replayed replaySame() {
        Replayed replayed = replay();
        if (!replayed.same()) {
            throw new AssertionError(
                    replayed.steps() == 0
                            ? "nothing in this incident can be planned again: " + replayed.report()
                            : "the incident comes to something else now: " + replayed.report());
        }
        return replayed;
    }
}
