package dev.crmsync.engine;

import dev.crmsync.planning.IdentityStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The identity log of a link: which records were the same thing, since when and why. {@link #text()} is for people and shows the
 * ids of records, but none of a person who was erased; {@link #toString()} shows none. Immutable.
 *
 * @param link the link
 * @param steps what changed, oldest first; of a link that was erased nothing but that
 * @param whole whether the link begins with the first of them, or was erased; false when what is older is not kept, or too much
 *     to tell
 * @param reach from when on every change is kept
 */
public record IdentityLog(String link, List<IdentityStep> steps, boolean whole, Instant reach) {
    /** Copies the list. */
    public IdentityLog {
        steps = List.copyOf(steps);
    }

    /**
     * The log in words: a line for each step, and below it the records of which the link consists from then on.
     *
     * @return lines of text, with the ids of records
     */
    public String text() {
        List<String> lines = new ArrayList<>();
        lines.add("Link " + link
                + (whole ? ":" : ", as far as its log is kept (whole from " + reach + " on at the most):"));
        for (IdentityStep step : steps) {
            lines.add("  " + step.at() + ", number " + step.seq() + ": " + IdentityWording.of(step));
            if (step.after() == null) {
                lines.add("    of which records it consisted was not written down");
            } else if (!step.erases() && !step.after().equals(step.before())) {
                IdentityWording.of(step.after()).forEach(line -> lines.add("    " + line));
            }
        }
        if (steps.isEmpty()) {
            lines.add("  nothing is kept of it");
        }
        return String.join("\n", lines);
    }

    @Override
    public String toString() {
        return "IdentityLog[" + link + ", " + steps.size() + " steps]";
    }
}
