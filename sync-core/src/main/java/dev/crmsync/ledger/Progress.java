package dev.crmsync.ledger;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far a long run is.
 *
 * @param phase what is being done, such as {@code walk} or {@code preview}
 * @param system the system that is being worked on, or null when it is about all of them
 * @param type the record type, or null when it is about all of them
 * @param done how many records are done
 * @param total how many there are, or -1 when it is not known
 * @param perSecond how many were done in a second, on average; 0 when it is not known yet
 * @param left how long it will still take, or null when it is not known
 */
public record Progress(
        String phase,
        @Nullable String system,
        @Nullable String type,
        long done,
        long total,
        double perSecond,
        @Nullable Duration left) {}
