package dev.crmsync.replay;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What became of a recording that was planned again. Immutable.
 *
 * @param steps how many steps were planned again
 * @param decisions how many decisions these had come to
 * @param skipped how many could not be, because the state before them is not in the recording
 * @param differences the steps that came to something else
 */
public record Replayed(int steps, int decisions, int skipped, List<Difference> differences) {
    /** Copies the list. */
    public Replayed {
        differences = List.copyOf(differences);
    }

    /**
     * Whether every step came to the same again.
     *
     * @return true when nothing differs, and there was something to plan
     */
    public boolean same() {
        return differences.isEmpty() && steps > 0;
    }

    /**
     * What a person needs to know.
     *
     * @return a sentence, and a line for each difference; without values
     */
    public String report() {
        String sum = steps + " inputs planned again, " + decisions + " decisions, " + skipped + " inputs skipped, "
                + differences.size() + " different";
        return differences.isEmpty()
                ? sum
                : sum + differences.stream().map(one -> "\n  " + one).collect(Collectors.joining());
    }
}
