package dev.crmsync.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.http.Json;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxMainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void a_wrong_command_line_ends_with_2_and_says_why() {
        assertThat(run("--port", "1")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("Unknown option --port");
        assertThat(run("--seed", "x")).isEqualTo(2);
        assertThat(run("--seed")).isEqualTo(2);
        assertThat(run("--kirim-port", "70000")).isEqualTo(2);
        assertThat(run("--stop-with", "nobody")).isEqualTo(2);
        assertThat(out.size()).isZero();
        assertThat(run("--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("--state FILE");
    }

    @Test
    void a_taken_port_and_a_broken_state_file_end_with_1_and_are_named(@TempDir Path directory) throws Exception {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.standard())) {
            String port = String.valueOf(URI.create(sandbox.hubSpot().url()).getPort());
            assertThat(run("--hubspot-port", port)).isEqualTo(1);
            assertThat(err.toString(StandardCharsets.UTF_8)).contains("port " + port + " is taken");
            String other = String.valueOf(URI.create(sandbox.pipedrive().url()).getPort());
            assertThat(run("--pipedrive-port", other)).isEqualTo(1);
            assertThat(err.toString(StandardCharsets.UTF_8)).contains("port " + other + " is taken");
            String last = String.valueOf(URI.create(sandbox.notion().url()).getPort());
            assertThat(run("--notion-port", last)).isEqualTo(1);
            assertThat(err.toString(StandardCharsets.UTF_8)).contains("port " + last + " is taken");
        }
        Path file = Files.writeString(directory.resolve("state.json"), "{");
        assertThat(run("--state", file.toString())).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(file.toString());
    }

    @Test
    void a_process_prints_one_line_serves_and_stops_on_a_signal() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.crmsync.sandbox.SandboxMain",
                        "--seed",
                        "3")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            JsonNode line = Json.parse(lines.readLine().getBytes(StandardCharsets.UTF_8));
            assertThat(names(line)).containsExactly("kirim", "hubspot", "pipedrive", "notion");
            assertThat(names(line.path("kirim"))).containsExactly("url", "token", "phoneId", "admin");
            assertThat(names(line.path("hubspot"))).containsExactly("url", "token", "clientSecret", "appId", "admin");
            assertThat(names(line.path("pipedrive"))).containsExactly("url", "token", "companyId", "userId", "admin");
            assertThat(names(line.path("notion")))
                    .containsExactly("url", "token", "botId", "databaseId", "dataSourceId", "admin");
            for (String vendor : List.of("kirim", "hubspot", "pipedrive", "notion")) {
                URI dials = URI.create(line.path(vendor).path("admin").asText() + "/dials");
                HttpResponse<Void> response = HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(dials).build(), HttpResponse.BodyHandlers.discarding());
                assertThat(response.statusCode()).isEqualTo(200);
            }
            process.destroy();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(143);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void the_readme_names_every_dial_with_its_default() throws Exception {
        String readme = Files.readString(Path.of("README.md"));
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.standard())) {
            List<String> missing = new ArrayList<>();
            List.of(
                            sandbox.kirim().parts(),
                            sandbox.hubSpot().parts(),
                            sandbox.pipedrive().parts(),
                            sandbox.notion().parts())
                    .forEach(parts -> parts.dials().all().stream()
                            .filter(d ->
                                    !d.name().startsWith("faults.") || d.name().contains("_ms"))
                            .filter(d -> !readme.contains("| `" + d.name() + "` | " + shown(d.standard()) + " |"))
                            .forEach(d -> missing.add(d.name())));
            assertThat(missing).isEmpty();
        }
    }

    private static String shown(Object standard) {
        boolean whole = standard instanceof Double number && number == Math.rint(number);
        return whole ? String.valueOf(((Double) standard).longValue()) : String.valueOf(standard);
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private int run(String... args) {
        return SandboxMain.run(
                args,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }
}
