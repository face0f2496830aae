package dev.crmsync.pacing;

import io.github.bucket4j.TimeMeter;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The injected clock in nanoseconds that never run backwards: when the wall clock is set back, time goes on from where
 * it was, so that a step of an hour does not stop all calls for an hour. Used under the pacer's lock.
 */
final class PacingClock implements TimeMeter {
    private final InstantSource clock;
    private long wall;
    private long offset;

    PacingClock(InstantSource clock) {
        this.clock = clock;
        this.wall = nanos(clock.instant());
    }

    @Override
    public long currentTimeNanos() {
        long now = nanos(clock.instant());
        if (now < wall) {
            offset += wall - now;
        }
        wall = now;
        return now + offset;
    }

    @Override
    public boolean isWallClockBased() {
        return true;
    }

    private static long nanos(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    }
}
