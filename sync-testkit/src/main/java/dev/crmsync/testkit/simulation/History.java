package dev.crmsync.testkit.simulation;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One history of the toy world, and how it stands to the laws. Immutable.
 *
 * @param seed what it grew from
 * @param trace everything that happened, one line each: the same for the same seed, policy and dials
 * @param violations the laws that it broke; empty when it kept them all
 * @param counts how often each kind of thing happened: edits, webhooks, reads, writes, crashes, stances
 * @param happenings the kinds of things that truly happened, whatever the dials were turned to
 * @param reproduction one line of Java that runs it again
 * @param deeds how many things people were to do, those that were left out among them
 * @param faults how many faults the dice have chosen, those that were left out among them
 */
public record History(
        long seed,
        String trace,
        List<Violation> violations,
        Map<String, Long> counts,
        Set<Happening> happenings,
        String reproduction,
        int deeds,
        int faults) {
    /** Copies the collections. */
    public History {
        violations = List.copyOf(violations);
        EnumSet<Happening> happened = EnumSet.noneOf(Happening.class);
        happened.addAll(happenings);
        happenings = Collections.unmodifiableSet(happened);
        counts = Collections.unmodifiableMap(new TreeMap<>(counts));
    }

    /**
     * Whether it kept every law.
     *
     * @return true when there is no violation
     */
    public boolean lawful() {
        return violations.isEmpty();
    }

    /**
     * What a person needs who has to find the fault.
     *
     * @return the violations, the line that runs it again, and the trace
     */
    public String report() {
        StringBuilder text = new StringBuilder("seed " + seed + " broke " + violations.size() + " law(s):\n");
        violations.forEach(violation -> text.append("  ").append(violation).append('\n'));
        return text.append("run it again with: ")
                .append(reproduction)
                .append('\n')
                .append(trace)
                .toString();
    }
}
