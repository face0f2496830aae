package dev.crmsync.testkit.adapter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What an adapter was found to keep, break and leave open, rule by rule. Its text form is made for people and shows no
 * more of an account than the findings do. Immutable.
 *
 * @param vendor the vendor's name, as the adapter declares it
 * @param type the canonical record type that was measured
 * @param findings one for each rule, in the order of their numbers
 */
public record ConformanceReport(String vendor, String type, List<Finding> findings) {
    /** Copies the list. */
    public ConformanceReport {
        Objects.requireNonNull(vendor, "vendor");
        Objects.requireNonNull(type, "type");
        findings = List.copyOf(findings);
    }

    /**
     * The findings of one verdict.
     *
     * @param verdict the verdict
     * @return the findings in the order of the rules; none when there are none
     */
    public List<Finding> of(Verdict verdict) {
        return findings.stream().filter(finding -> finding.verdict() == verdict).toList();
    }

    /**
     * The numbers of the rules that are broken.
     *
     * @return the numbers in order
     */
    public List<String> broken() {
        return of(Verdict.BROKEN).stream()
                .map(finding -> finding.rule().number())
                .toList();
    }

    /**
     * The level that the adapter has reached here: the highest of which each rule, and each of the levels before, was
     * measured or is about something that is not claimed, while no rule at all is broken.
     *
     * @return the level
     */
    public ConformanceLevel level() {
        if (!broken().isEmpty()) {
            return ConformanceLevel.BROKEN;
        }
        ConformanceLevel reached = ConformanceLevel.UNPROVEN;
        for (ConformanceLevel next :
                List.of(ConformanceLevel.BASIC, ConformanceLevel.DECLARED, ConformanceLevel.COMPLETE)) {
            boolean open = of(Verdict.NOT_MEASURED).stream()
                    .anyMatch(finding -> finding.rule().level() == next);
            if (open) {
                break;
            }
            reached = next;
        }
        return reached;
    }

    /**
     * The report as text: a line with the level and the counts, then what is broken, what was not measured, what is not
     * claimed, and what is kept.
     *
     * @return several lines, without one that is empty
     */
    public String text() {
        StringBuilder text = new StringBuilder(head());
        for (Verdict verdict : List.of(Verdict.BROKEN, Verdict.NOT_MEASURED, Verdict.NOT_CLAIMED, Verdict.KEPT)) {
            of(verdict).forEach(finding -> text.append("\n  ").append(finding));
        }
        return text.toString();
    }

    /**
     * What to do next, in few lines: the line with the level and the counts, then each rule that is broken, and of what was not
     * measured the numbers of the rules by the level and by what they lack.
     *
     * @return one line or more, without one that is empty
     */
    public String summary() {
        StringBuilder text = new StringBuilder(head());
        of(Verdict.BROKEN).forEach(finding -> text.append("\n  ").append(finding));
        Map<String, List<String>> open = new LinkedHashMap<>();
        for (ConformanceLevel level : ConformanceLevel.values()) {
            of(Verdict.NOT_MEASURED).stream()
                    .filter(finding -> finding.rule().level() == level)
                    .forEach(finding -> open.computeIfAbsent(
                                    "for " + level + ", " + finding.detail(), any -> new ArrayList<>())
                            .add(finding.rule().number()));
        }
        open.forEach(
                (why, numbers) -> text.append("\n  ").append(why).append(": ").append(String.join(", ", numbers)));
        return text.toString();
    }

    private String head() {
        StringBuilder text = new StringBuilder("adapter ")
                .append(vendor)
                .append(", ")
                .append(type)
                .append(": ")
                .append(level());
        for (Verdict verdict : Verdict.values()) {
            text.append(verdict == Verdict.KEPT ? " (" : ", ")
                    .append(of(verdict).size())
                    .append(' ')
                    .append(words(verdict));
        }
        return text.append(" of ").append(findings.size()).append(')').toString();
    }

    private static String words(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /**
     * Asserts that a level is reached.
     *
     * @param least the level
     * @throws AssertionError with the text of this report when the level is lower
     */
    public void assertReaches(ConformanceLevel least) {
        if (level().compareTo(least) < 0) {
            String open = of(Verdict.NOT_MEASURED).stream()
                    .filter(finding -> finding.rule().level().compareTo(least) <= 0)
                    .map(finding -> finding.rule().number())
                    .collect(Collectors.joining(", "));
            throw new AssertionError("the contract is kept to level " + level() + " and not to " + least
                    + (broken().isEmpty() ? "; not measured: " + open : "; broken: " + String.join(", ", broken()))
                    + "\n" + text());
        }
    }

    @Override
    public String toString() {
        return text();
    }
}
