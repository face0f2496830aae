package dev.crmsync.testkit.simulation;

/** One thing in the toy world that can be turned up or down. Most go from 0 to 100 percent. */
public enum Dial {
    /** How many percent of the webhooks are sent more than once. */
    DUPLICATES,
    /** How many percent of the webhooks come late, and so out of order. */
    DELAYS,
    /** How many percent of the webhooks are never sent, so that only a sweep can tell. */
    DROPS,
    /** How often the engine dies in a history, at the most, each time at any of its writes to the store. */
    CRASHES(false),
    /** How many percent of the answers to reads are lost. */
    LOST_READS,
    /** How many percent of the writes never reach their vendor, unknown to the engine. */
    LOST_REQUESTS,
    /** How many percent of the writes take effect without the engine hearing of it. */
    LOST_ANSWERS,
    /** How many percent of the writes are put off by the vendor, some of them with a 429. */
    DEFERRALS,
    /** How many percent of the systems trim names, and of these how many lower-case addresses. */
    RENDERINGS,
    /** How many percent of the systems cut names after twelve characters. */
    CUTS,
    /** How many percent of the systems have an automation that puts back what sync has changed. */
    AUTOMATIONS,
    /** By how many seconds a vendor's clock is wrong at the most. */
    SKEW(false),
    /** How many percent of the things that people do are to archive or delete a record. */
    REMOVALS,
    /** How many percent of the things that people do are to merge a record into another at the same system. */
    MERGES,
    /** How many percent of the systems are out for up to ten minutes, or ask everybody to stay away for as long. */
    OUTAGES,
    /** How many percent of the systems are out likewise for up to forty minutes. */
    LONG_OUTAGES,
    /** How many percent of the writes that go together with others are not named in the answer. */
    PARTIAL_BATCHES,
    /** How many percent of the things that people do are to edit all records of a system at once, as an import does. */
    IMPORTS,
    /** How many percent of the things that people do are to restore an archived record, where there is one. */
    UNDELETES,
    /** How many percent of the things that people do are to take a record out of sight for up to an hour. */
    HIDINGS,
    /** How many percent of the things that people do are to take a record out of its link. */
    SPLITS,
    /** In how many percent of the histories of three systems or more the last one joins in mid-flight. */
    JOINERS,
    /** In how many percent of the histories the policy is changed in mid-flight, where a later one is given. */
    POLICIES,
    /**
     * In how many percent of the answers and commits the node stands still until its leases have lapsed, while another takes its
     * place.
     */
    PAUSES;

    private final boolean percentage;

    Dial() {
        this(true);
    }

    Dial(boolean percentage) {
        this.percentage = percentage;
    }

    /** Refuses what a dial cannot be turned to. */
    void check(int value) {
        if (value < 0 || percentage && value > 100) {
            throw new IllegalArgumentException(this + " cannot be turned to " + value);
        }
    }

    /** Whether it makes things fail between people and vendors, who stay as they are without it. */
    boolean isFault() {
        return switch (this) {
            case DUPLICATES, DELAYS, DROPS, CRASHES, LOST_READS, LOST_REQUESTS, LOST_ANSWERS, DEFERRALS -> true;
            case OUTAGES, LONG_OUTAGES, PARTIAL_BATCHES, PAUSES -> true;
            case RENDERINGS, CUTS, AUTOMATIONS, SKEW, REMOVALS, MERGES -> false;
            case IMPORTS, UNDELETES, HIDINGS, SPLITS, JOINERS, POLICIES -> false;
        };
    }
}
