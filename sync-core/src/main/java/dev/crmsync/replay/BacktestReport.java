package dev.crmsync.replay;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What changed rules would have made of a recording. Immutable.
 *
 * @param policy the candidate's name and version
 * @param inputs how many recorded inputs it was tried on
 * @param failures a line for each of them that could not be lived through under one of the rules, and with what it ended
 * @param unknown how many facts about tokens a redacted bundle does not know: there tokens were taken as they stand
 * @param fields the fields, by name
 * @param calls the calls that each system would have been asked for
 */
public record BacktestReport(
        String policy,
        int inputs,
        List<String> failures,
        long unknown,
        List<FieldReport> fields,
        List<CallReport> calls) {
    /** Copies the lists. */
    public BacktestReport {
        failures = List.copyOf(failures);
        fields = List.copyOf(fields);
        calls = List.copyOf(calls);
    }

    /**
     * Whether the candidate would have made a difference.
     *
     * @return true when any field, or the calls, differ
     */
    public boolean differs() {
        return fields.stream().anyMatch(FieldReport::differs)
                || calls.stream().anyMatch(call -> !call.now().equals(call.then()));
    }

    /**
     * Whether it is known that the candidate would have made no difference.
     *
     * @return false also where an input could not be lived through: what it would have come to is not known
     */
    public boolean alike() {
        return !differs() && failures.isEmpty();
    }

    /**
     * The report for people.
     *
     * @return lines of text, without values
     */
    public String text() {
        StringBuilder text = new StringBuilder(policy + " over " + inputs + " inputs"
                + (failures.isEmpty() ? "" : ", " + failures.size() + " times one could not be lived through")
                + (unknown == 0 ? "" : "; " + unknown + " facts about tokens are not in the bundle"));
        text.append(String.format(
                "%n%-24s %9s %9s %15s %15s %13s", "field", "decisions", "changed", "records", "writes", "lost"));
        for (FieldReport field : fields) {
            text.append(String.format(
                    "%n%-24s %9d %9d %15s %15s %13s",
                    field.field(),
                    field.decisions(),
                    field.changed(),
                    field.recordsNow() + " -> " + field.recordsThen(),
                    field.writesNow() + " -> " + field.writesThen(),
                    field.lostNow() + " -> " + field.lostThen()));
            field.changes().forEach((change, count) -> text.append(String.format("%n    %6d  %s", count, change)));
            field.losses().stream()
                    .limit(SHOWN)
                    .forEach(lost -> text.append(String.format(
                            "%n    lost: entered at %s, link %s, input %d", lost.system(), lost.link(), lost.seq())));
        }
        failures.stream()
                .limit(SHOWN)
                .forEach(failure -> text.append(String.format("%nnot lived through: %s", failure)));
        for (CallReport call : calls) {
            text.append(String.format("%ncalls of %s: %s -> %s", call.system(), words(call.now()), words(call.then())));
        }
        return text.toString();
    }

    private static final int SHOWN = 20;

    private static String words(Map<Call, Long> calls) {
        return calls.isEmpty()
                ? "none"
                : calls.entrySet().stream()
                        .map(call ->
                                call.getValue() + " " + call.getKey().name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", "));
    }
}
