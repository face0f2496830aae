package dev.crmsync.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.testkit.adapter.AdapterContract;
import dev.crmsync.testkit.adapter.ConformanceReport;
import dev.crmsync.testkit.adapter.Finding;
import dev.crmsync.testkit.adapter.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract where the vendors' documents leave open how they are: what is kept all the same, and what is not. */
class ContractUnderOtherHabitsTest {
    static List<Habits> borne() {
        return List.of(
                Habits.kirim(Map.of(
                        "patch.metadata",
                        "replace",
                        "patch.metadata_null",
                        "stores",
                        "idempotency.reuse_status",
                        409,
                        "contacts.created_status",
                        200,
                        "contacts.order",
                        "created_asc",
                        "patch.noop_emits",
                        true,
                        "bulk_label.answer",
                        "bare",
                        "events.metadata",
                        false)),
                Habits.hubSpot(Map.of(
                        "batch.partial", "whole",
                        "batch.shuffle", true,
                        "unique.conflict", "400",
                        "merge.id", "primary",
                        "merge.property_changes", true,
                        "search.require_all_fields", true,
                        "email.normalise", "none",
                        "limits.body", "category",
                        "webhooks.sensitive", true)),
                Habits.pipedrive(Map.of(
                        "rest.update_time_ms", true,
                        "writes.created_status", "201",
                        "labels.field_code", "label",
                        "merge.order", "delete_first",
                        "custom.missing", "absent",
                        "restore.event", "none",
                        "webhooks.custom_fields", "plain",
                        "webhooks.timestamp", "seconds",
                        "webhooks.previous_update_time", true)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("borne")
    void no_rule_is_broken(Habits habits) {
        ConformanceReport report = habits.contract().measure();
        assertThat(report.broken()).as(report.text()).isEmpty();
        assertThat(report.of(Verdict.NOT_MEASURED)).as(report.text()).isEmpty();
    }

    /** A habit that an adapter does not bear, and the rule that it breaks. */
    record Known(Habits habits, String rule) {}

    static List<Known> known() {
        return List.of(
                new Known(Habits.kirim(Map.of("contacts.empty", "absent")), "A14"),
                new Known(Habits.kirim(Map.of("patch.null", "ignored")), "A14"),
                new Known(Habits.kirim(Map.of("contacts.trim", true)), "A40"),
                new Known(Habits.kirim(Map.of("events.envelope", "event")), "A80"),
                new Known(Habits.hubSpot(Map.of("records.missing", "absent")), "A14"),
                new Known(Habits.hubSpot(Map.of("text.trim", true)), "A40"),
                new Known(Habits.hubSpot(Map.of("webhooks.source_id", "absent")), "A62"),
                new Known(Habits.pipedrive(Map.of("deleted.get", "404")), "A64"),
                new Known(Habits.pipedrive(Map.of("channels.patch", "append")), "A20"),
                new Known(Habits.pipedrive(Map.of("lists.cursor", "offset")), "A71"));
    }

    /** Whoever mends one takes it out here and on the page. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("known")
    void what_is_known_to_break_is_found_and_told(Known known) throws IOException {
        AdapterContract.Rule rule = AdapterContract.rules().stream()
                .filter(one -> one.number().equals(known.rule()))
                .findFirst()
                .orElseThrow();
        Finding finding = known.habits().contract().measure(rule);
        assertThat(finding.verdict()).as(finding.toString()).isEqualTo(Verdict.BROKEN);
        Map.Entry<String, ?> dial = known.habits().dials().entrySet().iterator().next();
        assertThat(ContractPage.lines())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("| " + known.habits().vendor() + " | `" + dial.getKey() + "` " + dial.getValue()
                                + " | " + known.rule() + " | "));
    }
}
