package dev.crmsync.pacing;

import java.time.Duration;

/** How a run that its caller waits for lets time pass. */
@FunctionalInterface
public interface Sleeper {
    /** Lets the calling thread sleep. */
    Sleeper SYSTEM = time -> Thread.sleep(Math.max(1, time.toMillis()));

    /**
     * Comes back when the time has passed on the engine's clock.
     *
     * @param time how long, above 0
     * @throws InterruptedException when the thread is interrupted
     */
    void sleep(Duration time) throws InterruptedException;
}
