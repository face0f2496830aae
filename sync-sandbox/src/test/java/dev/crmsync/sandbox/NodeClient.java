package dev.crmsync.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs scripts that let the vendors' own JavaScript clients drive a stand-in; npm installs those below target/. */
public final class NodeClient {
    private static final Path SOURCE = Path.of("src/test/official-client");
    private static final Path PLACE = Path.of("target/official-client");
    private static final String NEEDS =
            "The profile official-client needs node (18 or newer) and npm on the path, and once a registry from which"
                    + " npm can install the packages that src/test/official-client/package.json names: ";

    private NodeClient() {}

    /** How a process ended, and what it said. */
    public record Run(int status, List<String> lines) {
        public String said() {
            return String.join("\n", lines);
        }
    }

    /** Installs what package.json names. */
    public static void install() throws IOException, InterruptedException {
        Files.createDirectories(PLACE);
        copy("package.json");
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

    /** Runs a script against a stand-in. */
    public static Run drive(String script, String url, String token) throws IOException, InterruptedException {
        copy(script);
        return run(Map.of("SANDBOX_URL", url, "SANDBOX_TOKEN", token), "node", script);
    }

    private static void copy(String file) throws IOException {
        Files.copy(SOURCE.resolve(file), PLACE.resolve(file), StandardCopyOption.REPLACE_EXISTING);
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
