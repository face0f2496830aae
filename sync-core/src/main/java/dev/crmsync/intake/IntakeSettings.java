package dev.crmsync.intake;

import java.time.Duration;

/**
 * How events are taken in. Immutable.
 *
 * @param owner tells this engine from others on the same store
 * @param window how long the events of one record are gathered since the first of them, so that they are planned together
 * @param lease how long a shard is kept without a sign of life
 * @param mostBytes the largest webhook body that is taken
 */
public record IntakeSettings(String owner, Duration window, Duration lease, int mostBytes) {
    /** The window unless said otherwise. */
    public static final Duration WINDOW = Duration.ofMillis(250);

    /** The lease unless said otherwise. */
    public static final Duration LEASE = Duration.ofSeconds(30);

    /** The largest body unless said otherwise: 1 MiB. */
    public static final int MOST_BYTES = 1 << 20;

    /** Refuses a negative window, a lease of nothing, and a size of nothing. */
    public IntakeSettings {
        if (window.isNegative() || lease.isNegative() || lease.isZero() || mostBytes < 1) {
            throw new IllegalArgumentException("the gather window may not be negative; lease and size must be above 0");
        }
    }
}
