package dev.crmsync.delivery;

import java.time.Duration;

/**
 * How due work is done. Immutable.
 *
 * @param owner tells this engine from others on the same store
 * @param claim how long claimed work is kept without a sign of life; longer than the slowest call of an adapter
 * @param rows how many rows are claimed at once
 * @param parallel how many calls are made at once to one system
 * @param attempts how often work is tried before it becomes a dead letter; a hundred times more while its system answers
 *     nobody
 * @param shortest how long work waits after the first failure; twice as long after each further one
 * @param longest the longest that work waits after a failure
 */
public record DeliverySettings(
        String owner, Duration claim, int rows, int parallel, int attempts, Duration shortest, Duration longest) {
    /** How much more often work is tried while its system is out: about four days at an hour each. */
    private static final int OUTAGE = 100;

    /** Refuses settings under which nothing would ever be done. */
    public DeliverySettings {
        if (claim.isNegative() || claim.isZero() || rows < 1 || parallel < 1 || attempts < 1) {
            throw new IllegalArgumentException("claim, rows, parallel calls and attempts must be above 0");
        }
    }

    /**
     * The settings unless said otherwise: claims of 5 minutes, 100 rows, 8 calls at once, 12 attempts, 2 seconds to 1 hour.
     *
     * @param owner tells this engine from others on the same store
     * @return the settings
     */
    public static DeliverySettings of(String owner) {
        return new DeliverySettings(
                owner, Duration.ofMinutes(5), 100, 8, 12, Duration.ofSeconds(2), Duration.ofHours(1));
    }

    /** Whether work that has failed so often is tried no more. */
    boolean exhausted(int failures, boolean out) {
        return failures >= attempts + (out ? OUTAGE : 0);
    }

    /** How long to wait after a number of failures: half of it fixed, half by chance, so that not all come back at once. */
    Duration backoff(int failures, double jitter) {
        int doublings = Math.min(Math.max(0, failures - 1), 20);
        long full = Math.min(longest.toMillis(), shortest.toMillis() << doublings);
        return Duration.ofMillis(full / 2 + (long) (full / 2.0 * jitter));
    }
}
