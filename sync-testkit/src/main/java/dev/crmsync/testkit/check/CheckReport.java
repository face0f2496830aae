package dev.crmsync.testkit.check;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ConvergenceCheck} has found. Immutable; the same check gives the same report.
 *
 * @param world what was searched, in words
 * @param verdict what it has come to
 * @param states how many different states were found
 * @param transitions how many moves between them
 * @param depth how many moves the state that is farthest from the beginning is away from it
 * @param mostWrites how many writes begin at the most, from any state on, without another edit; 0 unless the verdict is HOLDS
 * @param broken the counterexample, or null when none was found
 */
public record CheckReport(
        String world,
        Verdict verdict,
        int states,
        int transitions,
        int depth,
        int mostWrites,
        @Nullable Counterexample broken) {

    /**
     * The counterexample.
     *
     * @return it, or empty when none was found
     */
    public Optional<Counterexample> counterexample() {
        return Optional.ofNullable(broken);
    }

    /**
     * Whether everything was looked at and keeps the laws.
     *
     * @return true only for {@link Verdict#HOLDS}
     */
    public boolean holds() {
        return verdict == Verdict.HOLDS;
    }

    @Override
    public String toString() {
        String counted = states + " states, " + transitions + " transitions, " + depth + " deep";
        return world + ": "
                + switch (verdict) {
                    case HOLDS ->
                        "every law holds in all " + counted + "; at most " + mostWrites
                                + " writes follow the last edit";
                    case NOT_EXHAUSTED ->
                        "not exhausted: " + counted + " were looked at, and no law was broken there; nothing is proved";
                    case BROKEN -> "broken after " + counted + "\n" + broken;
                };
    }
}
