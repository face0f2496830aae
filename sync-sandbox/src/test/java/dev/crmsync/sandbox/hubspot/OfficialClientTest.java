package dev.crmsync.sandbox.hubspot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.crmsync.sandbox.Rig;
import dev.crmsync.sandbox.admin.AdminClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Lets HubSpot's own JavaScript client, {@code @hubspot/api-client}, drive the stand-in: an independent reading of the
 * same paths, bodies and answers. Runs with {@code -Pofficial-client} only, for it fetches that client from npm.
 */
@Tag("official-client")
class OfficialClientTest {
    private static final Path SOURCE = Path.of("src/test/official-client");
    private static final Path PLACE = Path.of("target/official-client");
    private static final String NEEDS =
            "The profile official-client needs node (18 or newer) and npm on the path, and once a registry from which"
                    + " npm can install the packages that src/test/official-client/package.json names: ";

    @BeforeAll
    static void install() throws IOException, InterruptedException {
        Files.createDirectories(PLACE);
        for (String file : List.of("package.json", "drive.mjs")) {
            Files.copy(SOURCE.resolve(file), PLACE.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        // No package's own scripts: what is tested needs none of them.
        Run npm = run(
                Map.of(),
                "npm",
                "install",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--prefer-offline",
                "--loglevel=error");
        assertThat(npm.status).as(NEEDS + npm.said()).isZero();
    }

    @Test
    void the_vendors_own_client_finds_what_it_expects() throws IOException, InterruptedException {
        try (Rig rig = new Rig()) {
            AdminClient admin = rig.sandbox.hubSpot().adminClient();
            admin.turn(Map.of(
                    "search.index_delay_ms",
                    0,
                    "search.index_jitter_ms",
                    0,
                    "search.require_all_fields",
                    true,
                    "associations.partial",
                    "partial"));
            admin.any(
                    "POST",
                    "/owners",
                    Map.of(
                            "owners",
                            List.of(
                                    Map.of("email", "sari@example.com", "firstName", "Sari"),
                                    Map.of("email", "joko@example.com", "firstName", "Joko"))));
            Run drive = run(
                    Map.of(
                            "SANDBOX_URL",
                            rig.sandbox.hubSpot().url(),
                            "SANDBOX_TOKEN",
                            rig.sandbox.hubSpot().token()),
                    "node",
                    "drive.mjs");
            assertThat(drive.status).as(drive.said()).isZero();
            assertThat(drive.lines)
                    .containsExactly(
                            "step properties",
                            "step pipelines and owners",
                            "step contacts",
                            "step tickets",
                            "step notes",
                            "step associations",
                            "step batch upsert",
                            "step search",
                            "step lists",
                            "step merge",
                            "step archive");
            assertThat(admin.dump())
                    .singleElement()
                    .satisfies(contact -> assertThat(contact.get("archived")).isEqualTo(true));
            assertThat(admin.any("GET", "/tickets", null).get("count")).isEqualTo(2);
            assertThat(admin.any("GET", "/notes", null).get("count")).isEqualTo(3);
            assertThat(admin.requests("POST /crm/v3/objects/tickets/batch/upsert"))
                    .isEqualTo(3);
        }
    }

    /** How a process ended, and what it said. */
    private record Run(int status, List<String> lines) {
        String said() {
            return String.join("\n", lines);
        }
    }

    private static Run run(Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(PLACE.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return fail(NEEDS + command[0] + " did not start", e);
        }
        List<String> lines = new ArrayList<>();
        try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
            reader.lines().forEach(lines::add);
        }
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return fail(command[0] + " did not end");
        }
        return new Run(process.exitValue(), lines);
    }
}
