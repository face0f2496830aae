package dev.crmsync.quickstart;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.store.Store;
import dev.crmsync.store.jdbc.JdbcStore;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Runs the main job: on a sandbox of both systems, or, where the environment names them, on real accounts. */
public final class Quickstart {
    private Quickstart() {}

    /**
     * Runs.
     *
     * @param arguments the options; {@code --help} lists them
     */
    public static void main(String[] arguments) {
        System.exit(run(System.out, System.err, arguments));
    }

    private static int run(PrintStream out, PrintStream err, String... arguments) {
        if (arguments.length == 1 && arguments[0].equals("--help")) {
            out.print(Options.HELP);
            return 0;
        }
        try {
            Options options = Options.parse(arguments);
            Optional<Accounts> real = options.sandbox() == null ? Accounts.real(System.getenv()) : Optional.empty();
            return real.isPresent() ? new RealRun(real.get(), options, out).run() : onSandbox(options, out);
        } catch (Options.UsageException wrong) {
            err.println(wrong.getMessage());
            return 2;
        } catch (IOException | SyncException | IllegalStateException failed) {
            err.println(failed.getMessage());
            return 1;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static int onSandbox(Options options, PrintStream out) throws IOException, InterruptedException {
        Path given = options.sandbox();
        try (SandboxProcess sandbox =
                given == null ? SandboxProcess.start(sandboxJar(), options.seed()) : SandboxProcess.attach(given)) {
            return new SandboxRun(sandbox.accounts(), options, out).run();
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

    /** The store that the options name: a JDBC URL, or else an H2 file in a new folder. */
    static Store store(Options options) throws IOException {
        String url = options.store();
        if (url == null) {
            return JdbcStore.h2(Files.createTempDirectory("crm-sync-quickstart").resolve("store"));
        }
        if (url.startsWith("jdbc:h2:file:")) {
            String file = url.substring("jdbc:h2:file:".length());
            int end = file.indexOf(';');
            return JdbcStore.h2(Path.of(end < 0 ? file : file.substring(0, end)));
        }
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(url);
        pool.setMaximumPoolSize(10);
        return JdbcStore.on(new HikariDataSource(pool));
    }
}
