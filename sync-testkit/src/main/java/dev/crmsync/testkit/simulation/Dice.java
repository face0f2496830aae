package dev.crmsync.testkit.simulation;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** One stream of chance. Streams of different names are independent, so that drawing from one never moves another. */
final class Dice {
    private final long seed;
    private final SplittableRandom random;

    Dice(long seed) {
        this.seed = seed;
        this.random = new SplittableRandom(scattered(seed + 1));
    }

    /** The stream of that name, the same for the same seed whatever was drawn before. */
    Dice named(String name) {
        long mixed = seed;
        for (int i = 0; i < name.length(); i++) {
            mixed = scattered(mixed ^ name.charAt(i));
        }
        return new Dice(mixed);
    }

    /** Seeds that lie a fixed step apart would give streams that are shifts of each other. */
    private static long scattered(long value) {
        long z = (value ^ (value >>> 33)) * 0xFF51AFD7ED558CCDL;
        z = (z ^ (z >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return z ^ (z >>> 33);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** A number from 0 to below the bound. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** A number from the lower to the upper bound, both included. */
    int between(int from, int to) {
        return from + random.nextInt(to - from + 1);
    }

    double fraction() {
        return random.nextDouble();
    }

    Duration millis(int from, int to) {
        return Duration.ofMillis(between(from, to));
    }

    <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    @SafeVarargs
    final <T> T of(T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
