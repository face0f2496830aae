package dev.crmsync.testkit.check;

import static dev.crmsync.spi.field.Contact.LABELS;
import static dev.crmsync.spi.field.Contact.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Worlds that take minutes, in the profile {@code check}. What was found is written to {@code target/check.md}, as it stands in
 * docs/laboratory.md.
 */
@Tag("check")
class LargeWorldsTest {
    private static final Path TABLE = Path.of("target", "check.md");
    private static final int LIMIT = Integer.getInteger("check.limit", 600_000);

    private final List<String> rows = new ArrayList<>();

    @Test
    void larger_worlds_of_every_rule_keep_the_laws_as_far_as_they_are_looked_at() throws IOException {
        rows.add("| rule | systems | fields | edits | faults | states | transitions | seconds | result |");
        rows.add("|---|---|---|---|---|---|---|---|---|");
        ShippedRules.all().forEach((rule, check) -> row(rule, 2, check.edits(2), "none"));
        ShippedRules.all()
                .forEach((rule, check) -> row(
                        rule,
                        2,
                        check.edits(1).crashes(1).duplicates(1).lostAnswers(1),
                        "crash, duplicate, lost answer"));
        ShippedRules.rendered().forEach((rule, check) -> row("owned, " + rule, 2, check.edits(2), "none"));
        ShippedRules.all().forEach((rule, check) -> row(rule, 2, check.edits(2).crashes(1), "crash"));
        ShippedRules.all().forEach((rule, check) -> row(rule, 2, check.edits(2).duplicates(1), "duplicate"));
        ShippedRules.all().forEach((rule, check) -> row(rule, 2, check.edits(2).lostAnswers(1), "lost answer"));
        ShippedRules.all()
                .forEach((rule, check) ->
                        row(rule, 2, check.missing("crm").unseen().edits(1).crashes(1), "record to be made, crash"));
        ShippedRules.all()
                .forEach((rule, check) -> row(
                        rule,
                        2,
                        check.missing("crm").unseen().edits(1).lostAnswers(1),
                        "record to be made, lost answer"));
        three().forEach((rule, check) -> row(rule, 3, check.edits(1).crashes(1).lostAnswers(1), "crash, lost answer"));
        List<String> broken =
                rows.stream().filter(row -> row.contains("broken")).toList();
        assertThat(broken).isEmpty();
    }

    @Test
    void every_rule_comes_to_rest() {
        ShippedRules.all().forEach((rule, check) -> {
            TerminationReport report = TerminationCheck.of(check.setting().policy)
                    .fields(rule.equals("set merge") ? LABELS : NAME)
                    .resolvers(new ShippedRules.LastByAlphabet())
                    .world(world -> world.limit(LIMIT))
                    .run();
            assertThat(report.fields())
                    .as("%s: %s", rule, report)
                    .noneMatch(field -> field.rest() == TerminationReport.Rest.NEVER);
        });
    }

    private static Map<String, ConvergenceCheck> three() {
        Map<String, ConvergenceCheck> three = new LinkedHashMap<>();
        ShippedRules.all()
                .forEach((rule, check) -> three.put(
                        rule,
                        rule.equals("set merge")
                                ? check.systems("kirim", "crm", "desk")
                                : check.systems("kirim", "crm", "desk").values("name", "a", "b", "")));
        return three;
    }

    private void row(String rule, int systems, ConvergenceCheck check, String faults) {
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        long begun = clock.getCurrentThreadCpuTime();
        CheckReport report = check.limit(LIMIT).run();
        String seconds = String.format(Locale.ROOT, "%.1f", (clock.getCurrentThreadCpuTime() - begun) / 1e9);
        String result = switch (report.verdict()) {
            case HOLDS -> "holds, at most " + report.mostWrites() + " writes";
            case NOT_EXHAUSTED -> "not exhausted";
            case BROKEN ->
                "broken: law " + report.counterexample().orElseThrow().law();
        };
        rows.add("| " + rule + " | " + systems + " | 1 | "
                + check.setting().budget.edits() + " | " + faults + " | " + report.states() + " | "
                + report.transitions() + " | " + seconds + " | " + result + " |");
        report.counterexample().ifPresent(found -> rows.add("\n" + found + "\n" + found.test() + "\n"));
        try {
            Files.createDirectories(TABLE.toAbsolutePath().getParent());
            Files.write(TABLE, rows);
        } catch (IOException unwritten) {
            throw new IllegalStateException("the table cannot be written", unwritten);
        }
    }
}
