package dev.crmsync.pull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one bounded step of a poll or of a walk did, and when to take the next one. */
public sealed interface Step {
    /**
     * It got on: there is more to do at once.
     *
     * @param records how many records came by
     */
    record Went(int records) implements Step {}

    /**
     * Nothing can be done now. What was done before is kept, and the next step goes on from there.
     *
     * @param time how long to wait, above 0
     * @param reason why, without personal values
     * @param fault what failed, or null when nothing did
     */
    record Waits(Duration time, String reason, @Nullable RuntimeException fault) implements Step {}

    /**
     * The poll has caught up with its system.
     *
     * @param records how many records came by nevertheless, because polls overlap
     */
    record CaughtUp(int records) implements Step {}

    /**
     * The walk has come to its end.
     *
     * @param report what it found
     */
    record Ended(WalkReport report) implements Step {}
}
