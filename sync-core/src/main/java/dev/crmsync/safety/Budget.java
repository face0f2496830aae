package dev.crmsync.safety;

/**
 * How many records a run may change without being approved: a share of all links, or a number, whichever is more.
 *
 * @param share the share of all links, from 0 to 1
 * @param records the number of records, 0 or more
 */
public record Budget(double share, long records) {
    /** A tenth of all links, or 500 records. */
    public static final Budget DEFAULT = new Budget(0.1, 500);

    /** Refuses shares and numbers that make no sense. */
    public Budget {
        if (!(share >= 0 && share <= 1) || records < 0) {
            throw new IllegalArgumentException(
                    "a budget needs a share from 0 to 1 and a number of records of 0 or more");
        }
    }

    /**
     * The most records that may change.
     *
     * @param links how many links there are
     * @return 0 or more
     */
    public long most(long links) {
        return Math.max(records, (long) Math.floor(share * links));
    }
}
