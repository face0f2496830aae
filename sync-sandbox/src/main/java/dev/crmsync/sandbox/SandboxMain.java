package dev.crmsync.sandbox;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** The command line: starts a sandbox, prints one line of JSON, and runs until stopped. */
public final class SandboxMain {
    private static final String HELP = """
            Usage: java -jar sync-sandbox.jar [options]
            Starts stand-ins of Kirim, HubSpot, Pipedrive and Notion on loopback ports, prints one line of JSON and runs
            until stopped.
              --kirim-port N     Kirim's port (default: a free one)
              --hubspot-port N   HubSpot's port (default: a free one)
              --pipedrive-port N Pipedrive's port (default: a free one)
              --notion-port N    Notion's port (default: a free one)
              --seed N           what ids, keys and chance are derived from (default: 1)
              --state FILE       keep everything in FILE, so that it survives a restart
              --stop-with PID    stop when that process has ended, however it ended
              --help             this text
            """;

    private static final String STOP_WITH = "--stop-with";

    private SandboxMain() {}

    /** Runs; exits with 2 when the command line is wrong and with 1 when the sandbox cannot start. */
    public static void main(String[] args) throws InterruptedException {
        int exit = run(args, System.out, System.err);
        if (exit >= 0) {
            System.exit(exit);
        }
        new CountDownLatch(1).await();
    }

    /** Starts what was asked for; the exit code, or -1 when it keeps running. */
    static int run(String[] args, PrintStream out, PrintStream err) {
        List<String> all = Arrays.asList(args);
        if (all.contains("--help") || all.contains("-h")) {
            out.print(HELP);
            return 0;
        }
        SandboxOptions options;
        Optional<ProcessHandle> companion;
        try {
            companion = companion(all);
            options = SandboxOptions.parse(companion.isEmpty() ? args : without(all));
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            err.print(HELP);
            return 2;
        }
        try {
            Sandbox sandbox = Sandbox.start(options);
            Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close, "sandbox-stop"));
            companion.ifPresent(SandboxMain::stopWith);
            out.println(sandbox.describe());
            out.flush();
            return -1;
        } catch (UncheckedIOException e) {
            err.println(e.getMessage());
            return 1;
        }
    }

    private static void stopWith(ProcessHandle companion) {
        Thread watcher = new Thread(
                () -> {
                    companion.onExit().join();
                    System.exit(0);
                },
                "sandbox-stop-with");
        watcher.setDaemon(true);
        watcher.start();
    }

    private static Optional<ProcessHandle> companion(List<String> args) {
        int at = args.indexOf(STOP_WITH);
        if (at < 0) {
            return Optional.empty();
        }
        String pid = at + 1 < args.size() ? args.get(at + 1) : "";
        Optional<ProcessHandle> process =
                pid.matches("[0-9]{1,18}") ? ProcessHandle.of(Long.parseLong(pid)) : Optional.empty();
        return Optional.of(process.orElseThrow(
                () -> new IllegalArgumentException("Option " + STOP_WITH + " wants a running process, not " + pid)));
    }

    private static String[] without(List<String> args) {
        List<String> rest = new ArrayList<>(args);
        int at = rest.indexOf(STOP_WITH);
        rest.subList(at, at + 2).clear();
        return rest.toArray(new String[0]);
    }
}
