package dev.crmsync.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The sandbox as a process of its own, or one that runs already. */
final class SandboxProcess implements AutoCloseable {
    private final Accounts accounts;
    private final @Nullable ProcessHandle process;

    private SandboxProcess(Accounts accounts, @Nullable ProcessHandle process) {
        this.accounts = accounts;
        this.process = process;
        if (process != null) {
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        }
    }

    /**
     * The sandbox of a place: the one that a killed run has left, or a new one from its jar, which the build leaves beside
     * this program's own. That of a lasting place outlives a kill of this program, and keeps its records from run to run.
     */
    static SandboxProcess of(Place place, Path jar, Options options, PrintStream out) throws IOException {
        Optional<SandboxProcess> left = left(place.notes().sandbox(), options.crms());
        if (left.isPresent()) {
            out.println("sandbox: the one that an earlier run has left");
            return left.get();
        }
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException("there is no sandbox at " + jar
                    + "; build it with: mvn -q -Dquick -DskipTests package -pl sync-sandbox -am");
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                jar.toString(),
                "--seed",
                Long.toString(options.seed())));
        ProcessBuilder builder = new ProcessBuilder(command);
        if (place.lasting()) {
            command.addAll(List.of("--state", place.notes().beside(".sandbox").toString()));
            builder.redirectError(place.notes().beside(".sandbox.log").toFile());
        } else {
            command.addAll(
                    List.of("--stop-with", Long.toString(ProcessHandle.current().pid())));
            builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        }
        Process process = builder.command(command).start();
        BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = said.readLine();
        if (line == null) {
            throw new IllegalStateException("the sandbox ended before it said where it is"
                    + (place.lasting() ? "; look at " + place.notes().beside(".sandbox.log") : ""));
        }
        ObjectNode note = Json.object().put("pid", process.pid()).put("since", since(process.toHandle()));
        place.notes().sandbox(note.set("line", Json.parse(line)));
        return new SandboxProcess(Accounts.sandbox(line, options.crms()), process.toHandle());
    }

    private static Optional<SandboxProcess> left(JsonNode note, List<CrmChoice> crms) {
        return ProcessHandle.of(note.path("pid").asLong(-1))
                // Numbers of processes are used again.
                .filter(process -> process.isAlive()
                        && since(process) == note.path("since").asLong())
                .map(process ->
                        new SandboxProcess(Accounts.sandbox(note.path("line").toString(), crms), process))
                .filter(SandboxProcess::answers);
    }

    /** One that was killed is alive for a moment more. */
    private boolean answers() {
        try {
            new Json().get(accounts.kirimAdmin() + "/quiet");
            return true;
        } catch (IllegalStateException gone) {
            return false;
        }
    }

    private static long since(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    /** Attaches to a running sandbox, which is not stopped at the end. */
    static SandboxProcess attach(Path file, List<CrmChoice> crms) throws IOException {
        try {
            return new SandboxProcess(Accounts.sandbox(Files.readString(file), crms), null);
        } catch (NoSuchFileException missing) {
            throw new Options.UsageException("--sandbox " + file + ": there is no such file");
        } catch (IllegalStateException | NullPointerException unreadable) {
            throw new Options.UsageException("--sandbox " + file + " does not hold the line that a sandbox prints");
        }
    }

    Accounts accounts() {
        return accounts;
    }

    @Override
    public void close() {
        if (process != null && process.destroy()) {
            process.onExit().join();
        }
    }
}
