package dev.crmsync.safety;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How fast something goes, on average since it was first looked at.
 *
 * @param from when that was
 * @param before how much had been done by then
 */
record Rate(Instant from, long before) {
    double perSecond(Instant now, long done) {
        double seconds = Duration.between(from, now).toNanos() / 1e9;
        return seconds <= 0 ? 0 : Math.max(0, done - before) / seconds;
    }

    /** How long the rest takes at this speed; null when that cannot be told. */
    @Nullable Duration left(Instant now, long done, long total) {
        double speed = perSecond(now, done);
        if (total < 0 || speed <= 0) {
            return null;
        }
        return Duration.ofMillis((long) (Math.max(0, total - done) / speed * 1000));
    }
}
