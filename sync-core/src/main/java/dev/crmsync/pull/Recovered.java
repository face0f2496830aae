package dev.crmsync.pull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was asked of a system after an outage. Immutable.
 *
 * @param replayed how many webhooks the vendor delivers again; -1 when it has no way to
 * @param capped whether there are more than it delivers again: the walks find the rest
 * @param walks the record types of which a comparing walk was called for
 * @param fault why the vendor could not be asked for its webhooks, without personal values; null when it was, or has no way to
 */
public record Recovered(
        int replayed,
        boolean capped,
        List<String> walks,
        @Nullable String fault) {
    /** Copies the list. */
    public Recovered {
        walks = List.copyOf(walks);
    }
}
