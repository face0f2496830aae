package dev.crmsync.testkit.resolver;

/**
 * A law that a resolver breaks.
 *
 * @param law the law
 * @param counterexample the smallest conflict that shows it, and the answers that it had; the made-up values in it are not
 *     personal
 */
public record BrokenLaw(ResolverLaw law, String counterexample) {
    @Override
    public String toString() {
        return law + ": " + counterexample;
    }
}
