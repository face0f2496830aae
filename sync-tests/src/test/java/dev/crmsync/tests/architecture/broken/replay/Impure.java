package dev.crmsync.tests.architecture.broken.replay;

import java.io.File;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Answers differently each time. */
public final class Impure {
    public List<Object> answer(Clock clock, File file) {
        return List.of(
                clock.instant(),
                Instant.now(),
                System.nanoTime(),
                UUID.randomUUID(),
                new Random(7).nextInt(),
                ThreadLocalRandom.current().nextInt(),
                file.length());
    }
}
