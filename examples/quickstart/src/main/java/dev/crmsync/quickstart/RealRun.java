package dev.crmsync.quickstart;

import dev.crmsync.engine.Status;
import dev.crmsync.engine.SyncEngine;
import dev.crmsync.safety.BackfillPlan;
import dev.crmsync.spi.adapter.SetupStep;
import dev.crmsync.spi.store.Lane;
import dev.crmsync.spi.store.Store;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The same program on real accounts: a dry run, and, when it is asked for, the first few writes of it. */
final class RealRun {
    private static final int MOST_WRITES = 25;

    private final Accounts accounts;
    private final Options options;
    private final PrintStream out;

    RealRun(Accounts accounts, Options options, PrintStream out) {
        this.accounts = accounts;
        this.options = options;
        this.out = out;
    }

    int run() throws IOException {
        out.println("Real accounts: " + accounts + ". "
                + (options.apply() ? "Writes 25 records at the most." : "A dry run."));
        ProgressBar bar = new ProgressBar(out);
        Tally tally = new Tally(bar);
        try (Store store = Quickstart.store(options);
                Embedding embedding = new Embedding(accounts, store, tally, 0)) {
            SyncEngine engine = embedding.engine();
            Map<String, List<SetupStep>> steps = engine.accounts(Embedding.SYNC).setUp(!options.apply());
            steps.forEach((system, own) ->
                    own.forEach(step -> out.println(system + ": " + step.state() + " " + step.what())));
            BackfillPlan plan = engine.backfill(Embedding.SYNC).dryRun();
            bar.end();
            plan.lines().forEach(out::println);
            if (!options.apply()) {
                out.println("Nothing was written. Run it again with --apply to write the first " + MOST_WRITES + ".");
                return 0;
            }
            engine.backfill(Embedding.SYNC).apply(plan.hash(), MOST_WRITES);
            while (working(engine.status(Embedding.SYNC))) {
                Json.pause(Duration.ofMillis(500));
            }
            tally.writes().forEach((what, count) -> out.println(what + ": " + count));
            return 0;
        }
    }

    private static boolean working(Status status) {
        return status.due().stream().anyMatch(count -> count.lane() != Lane.HELD && count.rows() > 0);
    }
}
