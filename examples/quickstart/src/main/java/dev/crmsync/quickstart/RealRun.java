package dev.crmsync.quickstart;

import dev.crmsync.engine.Status;
import dev.crmsync.engine.SyncEngine;
import dev.crmsync.ledger.Worked;
import dev.crmsync.safety.BackfillPlan;
import dev.crmsync.spi.adapter.SetupStep;
import dev.crmsync.spi.store.Lane;
import dev.crmsync.spi.store.Store;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The same program on real accounts: a dry run, and, when it is asked for, the first few writes of it. */
final class RealRun {
    static final int MOST_WRITES = 25;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Accounts accounts;
    private final Options options;
    private final Place place;
    private final PrintStream out;

    RealRun(Accounts accounts, Options options, Place place, PrintStream out) {
        this.accounts = accounts;
        this.options = options;
        this.place = place;
        this.out = out;
    }

    int run() throws IOException {
        out.println("Real accounts: " + accounts + ". "
                + (options.apply() ? "Writes " + MOST_WRITES + " records at the most." : "A dry run."));
        ProgressBar bar = new ProgressBar(out);
        Tally tally = new Tally(bar);
        try (Store store = place.open();
                Embedding embedding = new Embedding(accounts, store, place.notes(), tally, false)) {
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
            apply(engine, plan, tally);
            tally.writes().forEach((what, count) -> out.println("writes: " + what + ": " + count));
            out.println("Wrote " + tally.written() + " of at most " + MOST_WRITES + " records; "
                    + open(engine.status(Embedding.SYNC)) + " are still due, "
                    + engine.status(Embedding.SYNC).deadLetters() + " dead letters.");
            return engine.status(Embedding.SYNC).deadLetters() == 0 ? 0 : 1;
        }
    }

    /** Before each step, what has been written and what could be written in it are no more than is allowed. */
    private static void apply(SyncEngine engine, BackfillPlan plan, Tally tally) {
        long left = MOST_WRITES - open(engine.status(Embedding.SYNC));
        if (left > 0) {
            engine.backfill(Embedding.SYNC).apply(plan.hash(), (int) left);
        }
        Instant end = Instant.now().plus(PATIENCE);
        long open = open(engine.status(Embedding.SYNC));
        while (open > 0
                && tally.written() + open <= MOST_WRITES
                && Instant.now().isBefore(end)) {
            Worked worked = engine.step();
            if (!worked.any()) {
                Json.pause(Duration.ofMillis(500));
            }
            open = open(engine.status(Embedding.SYNC));
        }
    }

    private static long open(Status status) {
        return status.due().stream()
                .filter(count -> count.lane() != Lane.HELD)
                .mapToLong(count -> count.rows())
                .sum();
    }
}
