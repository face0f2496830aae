package dev.crmsync.testkit.check;

import java.util.List;

/**
 * A shortest way to break a law in a small world. Immutable.
 *
 * @param law the number of the law
 * @param what what is wrong in the end
 * @param steps what happens, in order, in words that {@link Replay#step} understands
 * @param test a JUnit Jupiter test as Java source: it compiles, and fails as long as the law is broken
 */
public record Counterexample(int law, String what, List<String> steps, String test) {
    /** Copies the list. */
    public Counterexample {
        steps = List.copyOf(steps);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(new Breach(law, what).toString()).append(", after:\n");
        for (int i = 0; i < steps.size(); i++) {
            text.append(String.format("  %2d. %s%n", i + 1, steps.get(i)));
        }
        return text.toString();
    }
}
