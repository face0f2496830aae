package dev.crmsync.spi.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Work that is due for one link at one system. It holds no payload: what has to be read or written is derived from the
 * link when the work is done.
 *
 * @param sync the sync
 * @param link the link
 * @param system the system
 * @param lane its lane
 * @param notBefore the earliest time to do it
 * @param attempts how often it was tried in vain, 0 or more
 * @param inFlight whether a write was begun whose outcome is not known yet
 * @param waitingOn the link that must first have a record at this system, or null. A commit that makes work wait for a
 *     link and one that wakes what waits for it never overlap; so whoever makes work wait looks at that link once more
 *     afterwards, and a wake is not missed
 */
public record DueRow(
        String sync,
        String link,
        String system,
        Lane lane,
        Instant notBefore,
        int attempts,
        boolean inFlight,
        @Nullable String waitingOn) {}
