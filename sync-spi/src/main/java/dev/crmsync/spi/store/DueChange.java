package dev.crmsync.spi.store;

import org.jspecify.annotations.Nullable;

/** A change to due work. There is at most one row for each link and system. */
public sealed interface DueChange {
    /**
     * Makes or changes a row. A claim on it stays unless it is released here.
     *
     * @param row the row as it shall be. Without a release it never worsens what stands, see {@link #over}; with one it
     *     replaces everything
     * @param release whether the caller gives back its claim
     */
    record Put(DueRow row, boolean release) implements DueChange {
        /**
         * The row that this change leaves. Without a release it never worsens what stands: the better lane and the
         * earlier time win, a write in flight stays in flight, the higher number of attempts stays, and the work waits
         * only when both rows wait, then for what this change says.
         *
         * @param standing the row that stands, or null when there is none
         * @return the row to store
         */
        public DueRow over(@Nullable DueRow standing) {
            if (standing == null || release) {
                return row;
            }
            return new DueRow(
                    row.sync(),
                    row.link(),
                    row.system(),
                    standing.lane().compareTo(row.lane()) <= 0 ? standing.lane() : row.lane(),
                    standing.notBefore().isBefore(row.notBefore()) ? standing.notBefore() : row.notBefore(),
                    Math.max(standing.attempts(), row.attempts()),
                    standing.inFlight() || row.inFlight(),
                    standing.waitingOn() == null ? null : row.waitingOn());
        }
    }

    /**
     * Removes a row. Without a release a row that is claimed stays, even when the claim has lapsed: whoever claims it
     * next will look again.
     *
     * @param link the link
     * @param system the system
     * @param release whether the caller gives back its claim
     */
    record Remove(String link, String system, boolean release) implements DueChange {}
}
