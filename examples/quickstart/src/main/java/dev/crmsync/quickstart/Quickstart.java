package dev.crmsync.quickstart;

import dev.crmsync.spi.SyncException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs the main job: on a sandbox of all systems, or, where the environment names them, on real accounts. */
public final class Quickstart {
    private Quickstart() {}

    /**
     * Runs.
     *
     * @param arguments the options; {@code --help} lists them
     */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.exit(run(System.getenv(), out, System.err, arguments));
    }

    /**
     * Runs in this process.
     *
     * @param environment names the real accounts, if any
     * @param out where the report goes
     * @param err where errors go
     * @param arguments the options
     * @return the exit code: 0 when the systems are in step, 1 when they are not or something failed, 2 when the options
     *     are wrong
     */
    static int run(Map<String, String> environment, PrintStream out, PrintStream err, String... arguments) {
        if (List.of(arguments).contains("--help")) {
            out.print(Options.HELP);
            return 0;
        }
        try {
            Options options = Options.parse(arguments);
            Optional<Accounts> real =
                    options.sandbox() == null ? Accounts.real(environment, options.crms()) : Optional.empty();
            if (options.apply() && real.isEmpty()) {
                throw new Options.UsageException("--apply is for real accounts: put KIRIM_API_KEY, KIRIM_PHONE_ID and "
                        + CrmChoice.tokenVariables(options.crms()) + " into the environment, and leave out --sandbox");
            }
            if (options.serve() && real.isPresent()) {
                throw new Options.UsageException("--serve is for the sandbox");
            }
            try (Place place = Place.of(options.store())) {
                return real.isPresent()
                        ? new RealRun(real.get(), options, place, out).run()
                        : onSandbox(options, place, out);
            }
        } catch (Options.UsageException wrong) {
            err.println(wrong.getMessage());
            return 2;
        } catch (IOException | UncheckedIOException failed) {
            err.println(failed);
            return 1;
        } catch (SyncException | IllegalStateException failed) {
            err.println(failed.getMessage());
            return 1;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static int onSandbox(Options options, Place place, PrintStream out)
            throws IOException, InterruptedException {
        Path given = options.sandbox();
        try (SandboxProcess sandbox = given == null
                ? SandboxProcess.of(place, sandboxJar(), options, out)
                : SandboxProcess.attach(given, options.crms())) {
            return new SandboxRun(sandbox.accounts(), options, place, out).run();
        }
    }

    /** The build leaves the sandbox's jar in its own module, beside this one. */
    private static Path sandboxJar() {
        Path here = Path.of(Quickstart.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        return here.resolve("../../../../sync-sandbox/target/sync-sandbox.jar").normalize();
    }
}
