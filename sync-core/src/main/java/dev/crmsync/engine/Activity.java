package dev.crmsync.engine;

import dev.crmsync.ledger.Worked;
import java.time.Instant;
import java.util.function.Supplier;

/** Something that the engine does again and again, one step at a time. Guarded by the schedule that it belongs to. */
final class Activity {
    final String name;
    final Supplier<Worked> step;
    Instant next = Instant.EPOCH;
    boolean running;
    boolean nudged;

    Activity(String name, Supplier<Worked> step) {
        this.name = name;
        this.step = step;
    }

    boolean ready(Instant now) {
        return !running && !next.isAfter(now);
    }
}
