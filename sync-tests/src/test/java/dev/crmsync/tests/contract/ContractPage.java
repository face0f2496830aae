package dev.crmsync.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.testkit.adapter.ConformanceReport;
import dev.crmsync.testkit.adapter.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The page about the contract, docs/adapter-contract.md. */
final class ContractPage {
    private static final Path PAGE =
            Path.of("..", "docs", "adapter-contract.md").toAbsolutePath().normalize();

    private ContractPage() {}

    static List<String> lines() throws IOException {
        return Files.readAllLines(PAGE);
    }

    /** The page has a row for the report, and it is this one. */
    static void says(ConformanceReport report) throws IOException {
        String start = "| " + report.vendor() + " | " + report.type() + " | ";
        String row = start + report.level() + " | " + report.of(Verdict.KEPT).size() + " | "
                + numbers(report, Verdict.NOT_CLAIMED) + " | " + numbers(report, Verdict.NOT_MEASURED) + " |";
        assertThat(lines().stream().filter(line -> line.startsWith(start)))
                .as(report.text())
                .containsExactly(row);
    }

    private static String numbers(ConformanceReport report, Verdict verdict) {
        return report.of(verdict).stream()
                .map(finding -> finding.rule().number())
                .collect(Collectors.joining(", "));
    }
}
