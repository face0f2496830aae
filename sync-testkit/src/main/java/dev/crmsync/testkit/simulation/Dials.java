package dev.crmsync.testkit.simulation;

import java.time.Duration;

/**
 * How busy and how faulty a toy world is. Percentages are from 0 to 100. Immutable.
 *
 * @param persons how many persons there are at the most when a history begins
 * @param edits how many things people do at the most
 * @param span the time in which they do them
 * @param duplicates how many percent of the webhooks are sent more than once
 * @param delays how many percent of the webhooks come late, and so out of order
 * @param drops how many percent of the webhooks are never sent, so that only a sweep can tell
 * @param crashes how often the engine dies in a history, at the most, each time at any of its writes to the store
 * @param lostReads how many percent of the answers to reads are lost
 * @param lostRequests how many percent of the writes never reach their vendor, unknown to the engine
 * @param lostAnswers how many percent of the writes take effect without the engine hearing of it
 * @param deferrals how many percent of the writes are put off by the vendor
 * @param renderings how many percent of the systems trim names, and of these how many lower-case addresses
 * @param cuts how many percent of the systems cut names after twelve characters
 * @param automations how many percent of the systems have an automation that puts back what sync has changed
 * @param skew by how many seconds a vendor's clock is wrong at the most
 * @param removals how many percent of the things that people do are to archive or delete a record
 * @param merges how many percent of the things that people do are to merge a record into another at the same system
 */
public record Dials(
        int persons,
        int edits,
        Duration span,
        int duplicates,
        int delays,
        int drops,
        int crashes,
        int lostReads,
        int lostRequests,
        int lostAnswers,
        int deferrals,
        int renderings,
        int cuts,
        int automations,
        int skew,
        int removals,
        int merges) {
    /** Refuses percentages beyond 100 and worlds without people. */
    public Dials {
        int[] percentages = {
            duplicates,
            delays,
            drops,
            lostReads,
            lostRequests,
            lostAnswers,
            deferrals,
            renderings,
            cuts,
            automations,
            removals,
            merges
        };
        for (int percentage : percentages) {
            if (percentage < 0 || percentage > 100) {
                throw new IllegalArgumentException("a percentage is from 0 to 100: " + percentage);
            }
        }
        if (persons < 1 || edits < 0 || span.isNegative() || span.isZero() || crashes < 0 || skew < 0) {
            throw new IllegalArgumentException("a world needs a person at least, some time, and no negative numbers");
        }
    }

    /**
     * A world in which everything goes wrong that can, most often several things at once.
     *
     * @return the dials
     */
    public static Dials storm() {
        return new Dials(3, 24, Duration.ofHours(3), 25, 30, 10, 4, 6, 5, 8, 8, 50, 20, 10, 900, 4, 0);
    }

    /**
     * A world of busy people and perfect lines.
     *
     * @return the dials
     */
    public static Dials calm() {
        return new Dials(3, 24, Duration.ofHours(3), 0, 0, 0, 0, 0, 0, 0, 0, 50, 20, 10, 900, 4, 0);
    }

    /**
     * The same world with people who archive and delete more, or less.
     *
     * @param percent how many percent of the things that they do
     * @return a copy
     */
    public Dials removing(int percent) {
        return new Dials(
                persons,
                edits,
                span,
                duplicates,
                delays,
                drops,
                crashes,
                lostReads,
                lostRequests,
                lostAnswers,
                deferrals,
                renderings,
                cuts,
                automations,
                skew,
                percent,
                merges);
    }

    /**
     * The same world with people who merge records.
     *
     * @param percent how many percent of the things that they do
     * @return a copy
     */
    public Dials merging(int percent) {
        return new Dials(
                persons,
                edits,
                span,
                duplicates,
                delays,
                drops,
                crashes,
                lostReads,
                lostRequests,
                lostAnswers,
                deferrals,
                renderings,
                cuts,
                automations,
                skew,
                removals,
                percent);
    }

    /** The same people and vendors, and nothing between them fails. */
    Dials withoutFaults() {
        return new Dials(
                persons, edits, span, 0, 0, 0, 0, 0, 0, 0, 0, renderings, cuts, automations, skew, removals, merges);
    }
}
