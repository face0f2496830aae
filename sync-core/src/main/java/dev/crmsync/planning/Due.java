package dev.crmsync.planning;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Work that is due for a link at a system after a plan.
 *
 * @param link the link
 * @param system the system
 * @param need what is needed
 * @param notBefore the earliest time, or null for at once
 * @param waitingOn the link that must first have a record there, or null
 */
public record Due(
        String link,
        String system,
        Need need,
        @Nullable Instant notBefore,
        @Nullable String waitingOn) {
    /** What is needed. */
    public enum Need {
        /** A read of the record. */
        READ,
        /** A look-up of a create whose outcome is unknown. */
        LOOKUP,
        /** A create under a living idempotency key is to be repeated as it was. */
        REPEAT,
        /** The outcome of a write that was begun. */
        OUTCOME,
        /** A record is to be made. */
        CREATE,
        /** A record is to be changed. */
        UPDATE,
        /** A record is to be archived. */
        ARCHIVE,
        /** A time is to be waited for. */
        TIMER
    }
}
