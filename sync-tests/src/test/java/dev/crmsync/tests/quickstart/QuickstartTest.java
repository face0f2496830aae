package dev.crmsync.tests.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuickstartTest {
    @ParameterizedTest
    @ValueSource(strings = {"hubspot", "pipedrive", "notion"})
    void the_main_job_ends_in_step_after_it_was_killed_in_its_backfill(String crm, @TempDir Path folder)
            throws IOException, InterruptedException {
        try (MainJob job = new MainJob(folder, "--crm", crm, "--contacts", "60", "--edits", "30")) {
            assertThat(job.kill(said -> said.startsWith("backfill"), 100)).isTrue();

            MainJob.End end = job.run();

            assertThat(end.exit()).as(end.toString()).isZero();
            assertThat(end.last()).matches("IN STEP: \\d+ contacts, 12 conversations, 0 unexplained differences");
            Books books = new Books(job.sandbox());
            // Each contact of Kirim is in the CRM once, under its id, or waits beside the one that shares its address.
            assertThat(books.keys(crm)).hasSameSizeAs(books.kirimNames());
            assertThat(books.keys(crm).stream().filter(String::isEmpty)).hasSize(3);
            assertThat(books.keys(crm).stream().filter(key -> !key.isEmpty()))
                    .doesNotHaveDuplicates()
                    .hasSize(Integer.parseInt(end.last().split(" ")[2]));
        }
    }

    @Test
    void a_hub_of_four_ends_in_step_after_it_was_killed_in_its_backfill(@TempDir Path folder)
            throws IOException, InterruptedException {
        try (MainJob job = new MainJob(folder, "--crm", "all", "--contacts", "40", "--edits", "24")) {
            assertThat(job.kill(said -> said.startsWith("backfill"), 100)).isTrue();

            MainJob.End end = job.run();

            assertThat(end.exit()).as(end.toString()).isZero();
            assertThat(end.last()).matches("IN STEP: \\d+ contacts, 8 conversations, 0 unexplained differences");
            Books books = new Books(job.sandbox());
            for (String crm : List.of("hubspot", "pipedrive", "notion")) {
                assertThat(books.keys(crm).stream().filter(key -> !key.isEmpty()))
                        .as(crm)
                        .doesNotHaveDuplicates()
                        .hasSizeGreaterThanOrEqualTo(Integer.parseInt(end.last().split(" ")[2]));
            }
        }
    }

    @Test
    void wrong_options_end_with_2_and_a_word_about_it() throws IOException, InterruptedException {
        assertThat(MainJob.with(Map.of(), "--contact", "5")).satisfies(end -> {
            assertThat(end.exit()).isEqualTo(2);
            assertThat(end.last()).contains("--contact").contains("--help");
        });
        assertThat(MainJob.with(Map.of(), "--crm", "notes")).satisfies(end -> {
            assertThat(end.exit()).isEqualTo(2);
            assertThat(end.last()).contains("hubspot, pipedrive, notion or all");
        });
        assertThat(MainJob.with(Map.of("KIRIM_API_KEY", "k"), "--crm", "pipedrive"))
                .satisfies(end -> {
                    assertThat(end.exit()).isEqualTo(2);
                    assertThat(end.last()).contains("PIPEDRIVE_TOKEN");
                });
        Map<String, String> unnamed = Map.of("KIRIM_API_KEY", "k", "KIRIM_PHONE_ID", "1", "NOTION_TOKEN", "n");
        assertThat(MainJob.with(unnamed, "--crm", "notion")).satisfies(end -> {
            assertThat(end.exit()).isEqualTo(2);
            assertThat(end.last()).contains("NOTION_CONTACTS");
        });
        assertThat(MainJob.with(Map.of("KIRIM_API_KEY", "k"))).satisfies(end -> {
            assertThat(end.exit()).isEqualTo(2);
            assertThat(end.last()).contains("HUBSPOT_TOKEN");
        });
    }
}
