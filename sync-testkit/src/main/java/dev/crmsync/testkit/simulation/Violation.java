package dev.crmsync.testkit.simulation;

/**
 * A law that a history broke.
 *
 * @param law the law's number in the architecture
 * @param what what broke it, in words; it may name values, for the people of the toy world are made up
 */
public record Violation(int law, String what) {
    @Override
    public String toString() {
        return "law " + law + ": " + what;
    }
}
