package dev.crmsync.quickstart;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The sandbox as a process of its own, or one that runs already. */
final class SandboxProcess implements AutoCloseable {
    private final Accounts accounts;
    private final @Nullable Process process;

    private SandboxProcess(Accounts accounts, @Nullable Process process) {
        this.accounts = accounts;
        this.process = process;
    }

    /** Starts a sandbox from its jar, which the build leaves beside this program's own. */
    static SandboxProcess start(Path jar, long seed) throws IOException {
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException(
                    "there is no sandbox at " + jar + "; build it with: mvn -q -pl sync-sandbox package");
        }
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(java, "-jar", jar.toString(), "--seed", Long.toString(seed))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        if (line == null) {
            throw new IllegalStateException("the sandbox ended before it said where it is");
        }
        return new SandboxProcess(Accounts.sandbox(line), process);
    }

    /** Attaches to a running sandbox. */
    static SandboxProcess attach(Path file) throws IOException {
        return new SandboxProcess(Accounts.sandbox(Files.readString(file)), null);
    }

    Accounts accounts() {
        return accounts;
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroy();
        }
    }
}
