package dev.crmsync.tests.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.sandbox.Sandbox;
import dev.crmsync.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The quickstart as it runs on real accounts, on a sandbox in their place. */
class RealAccountsTest {
    private static final int CONTACTS = 40;

    @Test
    void a_dry_run_writes_nothing_and_apply_at_most_25_records(@TempDir Path folder)
            throws IOException, InterruptedException {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.standard())) {
            sandbox.kirim()
                    .adminClient()
                    .seed(IntStream.range(0, CONTACTS)
                            .mapToObj(i -> Map.<String, Object>of(
                                    "phone_number", "+62812000001" + (10 + i), "name", "Budi " + i))
                            .toList());
            Map<String, String> accounts = Map.of(
                    "KIRIM_URL", sandbox.kirim().url(),
                    "KIRIM_API_KEY", sandbox.kirim().token(),
                    "KIRIM_PHONE_ID", sandbox.kirim().phoneId(),
                    "HUBSPOT_URL", sandbox.hubSpot().url(),
                    "HUBSPOT_TOKEN", sandbox.hubSpot().token());
            String store = "jdbc:h2:file:" + folder.resolve("store");
            Books books = new Books(sandbox.describe());

            MainJob.End dry = MainJob.with(accounts, "--store", store);

            assertThat(dry.exit()).as(dry.toString()).isZero();
            assertThat(dry.lines()).anyMatch(said -> said.contains("create 40"));
            assertThat(books.hubSpotKeys()).isEmpty();
            assertThat(books.writes()).isEmpty();

            MainJob.End first = MainJob.with(accounts, "--store", store, "--apply");

            assertThat(first.exit()).as(first.toString()).isZero();
            assertThat(first.last()).startsWith("Wrote 25 of at most 25 records");
            List<String> keys = books.hubSpotKeys();
            assertThat(keys).hasSize(25).doesNotHaveDuplicates();

            MainJob.End second = MainJob.with(accounts, "--store", store, "--apply");

            assertThat(second.exit()).as(second.toString()).isZero();
            assertThat(books.hubSpotKeys())
                    .hasSize(CONTACTS)
                    .doesNotHaveDuplicates()
                    .containsAll(keys);
        }
    }
}
