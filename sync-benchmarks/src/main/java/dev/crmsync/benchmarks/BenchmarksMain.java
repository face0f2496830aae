package dev.crmsync.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the benchmarks under JMH's own options, counts allocated bytes, and prints each beside its floor. */
public final class BenchmarksMain {
    private static final String SMOKE = "--smoke";

    private BenchmarksMain() {}

    /**
     * Runs.
     *
     * @param args JMH's options, and {@code --smoke} for a run of seconds that proves only that everything runs
     * @throws CommandLineOptionException when JMH does not know an option
     * @throws IOException when JMH's help cannot be printed
     * @throws RunnerException when a benchmark fails
     */
    public static void main(String[] args) throws CommandLineOptionException, IOException, RunnerException {
        List<String> forJmh = new ArrayList<>(List.of(args));
        boolean smoke = forJmh.remove(SMOKE);
        CommandLineOptions options = new CommandLineOptions(forJmh.toArray(String[]::new));
        if (options.shouldHelp()) {
            options.showHelp();
            return;
        }
        ChainedOptionsBuilder run = new OptionsBuilder()
                .parent(options)
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true);
        if (smoke) {
            TimeValue blink = TimeValue.milliseconds(50);
            run.forks(1)
                    .warmupIterations(1)
                    .warmupTime(blink)
                    .measurementIterations(1)
                    .measurementTime(blink);
        }
        print(Ratio.of(new Runner(run.build()).run()), System.out);
    }

    private static void print(Collection<Ratio> ratios, PrintStream out) {
        out.printf("%n%-32s %12s %12s %8s %12s %12s %8s%n", "", "floor", "ours", "times", "floor", "ours", "times");
        for (Ratio ratio : ratios) {
            out.printf(
                    "%-32s %9.0f ns %9.0f ns %7.1f× %10.0f B %10.0f B %7.1f×%n",
                    ratio.what(),
                    ratio.floor().nanos(),
                    ratio.subject().nanos(),
                    ratio.nanos(),
                    ratio.floor().bytes(),
                    ratio.subject().bytes(),
                    ratio.bytes());
        }
    }
}
