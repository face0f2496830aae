package dev.crmsync.tests.quickstart;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The quickstart in a process of its own, on a sandbox in another and a store in a file, as often as one likes. */
final class MainJob implements AutoCloseable {
    private final Path folder;
    private final Process sandbox;
    private final String line;
    private final List<String> usual;

    /**
     * Starts the sandbox.
     *
     * @param folder for the store and what is kept beside it
     * @param usual the options of every run
     */
    MainJob(Path folder, String... usual) throws IOException {
        this.folder = folder;
        this.usual = List.of(usual);
        this.sandbox = java(List.of("dev.crmsync.sandbox.SandboxMain", "--seed", "5"), Map.of());
        this.line = reader(sandbox).readLine();
        Files.writeString(folder.resolve("sandbox.json"), line);
    }

    /** The line that the sandbox printed. */
    String sandbox() {
        return line;
    }

    /** How a run ended. */
    record End(int exit, List<String> lines) {
        String last() {
            return lines.get(lines.size() - 1);
        }

        @Override
        public String toString() {
            return "exit " + exit + "\n" + String.join("\n", lines);
        }
    }

    /** Runs to the end. */
    End run(String... more) throws IOException, InterruptedException {
        Process process = start(more);
        List<String> lines = reader(process).lines().toList();
        return new End(process.waitFor(), lines);
    }

    /** Runs until a line has come and a time has passed, then kills it as the kernel would; whether it was alive. */
    boolean kill(Predicate<String> moment, long millis, String... more) throws IOException, InterruptedException {
        Process process = start(more);
        BufferedReader reader = reader(process);
        String said = reader.readLine();
        while (said != null && !moment.test(said)) {
            said = reader.readLine();
        }
        Thread rest = new Thread(() -> reader.lines().forEach(unread -> {}));
        rest.start();
        boolean ended = process.waitFor(millis, TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
        rest.join();
        return !ended;
    }

    private Process start(String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "dev.crmsync.quickstart.Quickstart",
                "--sandbox",
                folder.resolve("sandbox.json").toString(),
                "--store",
                "jdbc:h2:file:" + folder.resolve("store")));
        command.addAll(usual);
        command.addAll(List.of(more));
        return java(command, Map.of());
    }

    /** Runs the quickstart with an environment, without a sandbox option, to the end. */
    static End with(Map<String, String> environment, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("dev.crmsync.quickstart.Quickstart"));
        command.addAll(List.of(options));
        Process process = java(command, environment);
        List<String> lines = reader(process).lines().toList();
        return new End(process.waitFor(), lines);
    }

    private static Process java(List<String> command, Map<String, String> environment) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-XX:TieredStopAtLevel=1"));
        all.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.matches("(KIRIM|HUBSPOT|PIPEDRIVE|NOTION)_.*"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        sandbox.destroy();
        sandbox.onExit().join();
    }
}
