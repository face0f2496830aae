package dev.crmsync.engine;

import dev.crmsync.planning.Decision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * All that became of a link, as far as the journal reaches back. {@link #text()} is for people and shows values;
 * {@link #toString()} shows none. Immutable.
 *
 * @param link the link
 * @param decisions the decisions, oldest first; those that one input brought about share a sequence number
 * @param whole whether this is all that the journal has: false when there was too much to tell, and the oldest was left out
 */
public record History(String link, List<Decision> decisions, boolean whole) {
    /** Copies the list. */
    public History {
        decisions = List.copyOf(decisions);
    }

    /**
     * The history in words: one line for each input, and below it what was decided.
     *
     * @return lines of text, with values
     */
    public String text() {
        List<String> lines = new ArrayList<>();
        lines.add("Link " + link + (whole ? "" : ", the latest part of its history") + ":");
        long seq = -1;
        for (Decision decision : decisions) {
            if (decision.seq() != seq) {
                seq = decision.seq();
                lines.add("  " + decision.at() + ", number " + seq);
            }
            lines.add("    " + (decision.field() == null ? "record" : decision.field()) + ": " + after(decision));
        }
        if (decisions.isEmpty()) {
            lines.add("  nothing is kept of it");
        }
        return String.join("\n", lines);
    }

    private static String after(Decision decision) {
        Instant at = decision.at();
        return Wording.of(decision).substring(at.toString().length() + 1);
    }

    @Override
    public String toString() {
        return "History[" + link + ", " + decisions.size() + " decisions]";
    }
}
