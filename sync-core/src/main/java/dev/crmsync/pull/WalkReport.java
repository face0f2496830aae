package dev.crmsync.pull;

import java.time.Instant;

/**
 * What a walk of all records of one type at one system found.
 *
 * @param system the system
 * @param type the record type
 * @param startedAt when it began, on the engine's clock
 * @param records how many different records were listed
 * @param matched how many of them joined a link by an equal value, as the policy lets them
 * @param absent how many records that are known to be there were not listed
 * @param asked how many of these are read by id, because of this walk
 * @param conclusion what may be made of their absence
 */
public record WalkReport(
        String system,
        String type,
        Instant startedAt,
        long records,
        long matched,
        long absent,
        long asked,
        Conclusion conclusion) {
    /** What may be made of absence from a listing. It is never taken for deletion. */
    public enum Conclusion {
        /** The walk was complete and asked the same question as the one before: what is newly absent is read by id. */
        PROVED,
        /** It was the first complete walk of this question: what it lacks is remembered, and means nothing yet. */
        BASELINE,
        /** The vendor did not vouch that nothing was left out: absence means nothing. */
        PARTIAL,
        /**
         * Nothing at all was listed although records are known, of a type whose listing shows all: more likely a lost permission than a
         * cleared account.
         */
        EMPTY,
        /** So much is newly absent that the listing itself is in doubt: a person should look. */
        TOO_MANY,
        /** The adapter cannot read by id, so absence cannot be looked into. */
        NOT_READABLE
    }
}
