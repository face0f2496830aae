package dev.crmsync.planning;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long an edited value of a debounced field still has to stand before it is carried to other systems.
 *
 * @param since when the first of the edits was that followed each other too fast
 * @param until from when the value may be carried
 */
public record Settling(Instant since, Instant until) {
    /** However fast edits follow each other, a value is carried after so many times its debounce. */
    public static final int LONGEST = 10;

    /** An edit begins the time anew, as long as the one before it has not stood long enough, and not for ever. */
    static Settling of(@Nullable Settling before, Instant at, Duration quiet) {
        Instant since = before == null || !before.until().isAfter(at) ? at : before.since();
        Instant last = since.plus(quiet.multipliedBy(LONGEST));
        Instant until = at.plus(quiet);
        return new Settling(since, until.isAfter(last) ? last : until);
    }
}
