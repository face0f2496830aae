package dev.crmsync.spi.store;

/** A change to due work. There is at most one row for each link and system. */
public sealed interface DueChange {
    /**
     * Makes or changes a row. A claim on it stays unless it is released here.
     *
     * @param row the row as it shall be. Without a release it never worsens what stands: the better lane and the earlier
     *     time win; with one it replaces everything
     * @param release whether the caller gives back its claim
     */
    record Put(DueRow row, boolean release) implements DueChange {}

    /**
     * Removes a row. Without a release a row with a live claim stays: its owner will look again.
     *
     * @param link the link
     * @param system the system
     * @param release whether the caller gives back its claim
     */
    record Remove(String link, String system, boolean release) implements DueChange {}
}
