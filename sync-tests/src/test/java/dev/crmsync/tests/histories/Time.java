package dev.crmsync.tests.histories;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The clock that the engine and both sandboxes share. It begins at the present, because the HTTP servers date their answers
 * themselves, and then moves only when somebody looks or lets time pass: nothing waits.
 */
final class Time implements InstantSource {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());

    /** Each look moves it on, so that no two changes fall into one millisecond. */
    @Override
    public Instant instant() {
        return now.updateAndGet(before -> before.plusMillis(1));
    }

    void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }
}
