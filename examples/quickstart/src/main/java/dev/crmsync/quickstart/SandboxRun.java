package dev.crmsync.quickstart;

import dev.crmsync.engine.SyncEngine;
import dev.crmsync.safety.BackfillPlan;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.SetupStep;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.spi.store.Store;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** The main job on the sandbox: set up, fill, backfill, edit live on all sides, drain, read back, compare. */
final class SandboxRun {
    /** Longer than the lease of a backfill that was killed. */
    private static final Duration LEASE = Duration.ofMinutes(3);

    private final Accounts accounts;
    private final List<Crm> crms;
    private final Options options;
    private final Place place;
    private final PrintStream out;
    private final Json admin = new Json();
    private final ProgressBar bar;
    private final Tally tally;

    SandboxRun(Accounts accounts, Options options, Place place, PrintStream out) {
        this.accounts = accounts;
        this.crms = accounts.crms().stream().map(CrmAccount::crm).toList();
        this.options = options;
        this.place = place;
        this.out = out;
        this.bar = new ProgressBar(out);
        this.tally = new Tally(bar);
    }

    int run() throws IOException, InterruptedException {
        Instant begun = Instant.now();
        try (Store store = place.open()) {
            refuseStranger(store);
            trouble(false);
            try (Embedding embedding = new Embedding(accounts, store, place.notes(), tally, true)) {
                int exit = run(embedding, begun);
                if (options.serve()) {
                    System.err.println("Serving until stopped. Edit as people would at "
                            + String.join("/edits and ", admins()) + "/edits; sync-sandbox/README.md says how.");
                    Thread.currentThread().join();
                }
                return exit;
            }
        }
    }

    private int run(Embedding embedding, Instant begun) throws IOException, InterruptedException {
        SyncEngine engine = embedding.engine();
        Drain drain = new Drain(accounts, engine, bar);
        setUp(engine);
        if (new Population(accounts, crms, options).fill()) {
            out.println("sandbox: filled by an earlier run, which this one goes on with");
        }
        Talks talks = new Talks(accounts, crms, options, place.notes());
        talks.fill();
        engine.accounts(Embedding.SYNC).subscribe("kirim", embedding.target("kirim"));
        crms.forEach(crm -> crm.subscribe(engine, embedding.target(crm.word()), place.notes()));
        backfill(engine);
        drain.await("backfill");
        new SegmentOfVips(crms.get(0), options).mirror(engine, out);
        trouble(true);
        talks.tell();
        LiveEdits edits = new LiveEdits(accounts, crms, options, place.notes(), bar);
        int done = talks.play();
        int played = edits.play();
        drain.await("live edits");
        trouble(false);
        out.println("conversations: " + done + " taken up, answered, closed or opened again");
        if (options.conversations() > 0) {
            // What no event tells, such as a conversation that is opened again, is found by walking everything once
            // more.
            backfill(engine);
            drain.await("last walk");
        }
        out.println("live edits: " + played + " played"
                + (played < options.edits() ? ", the others by an earlier run" : ""));
        Audit audit = new Audit(accounts, crms, engine);
        Report report =
                new Report(engine, tally, audit, explained(engine, edits), Duration.between(begun, Instant.now()));
        report.print(out);
        audit.whys().forEach(out::println);
        if (options.report() != null) {
            report.write(Objects.requireNonNull(options.report()));
        }
        out.println(report.lastLine());
        out.flush();
        return report.unexplained() == 0 ? 0 : 1;
    }

    /** What the store believes about records of another sandbox would be taken for news about this one's. */
    private void refuseStranger(Store store) {
        boolean empty =
                admin.get(accounts.kirimAdmin() + "/contacts").get("count").asInt() == 0;
        if (empty && store.countLinks(Embedding.SYNC) > 0) {
            throw new Options.UsageException(
                    "the store knows contacts, and the sandbox has none: it is not the one that"
                            + " the store was used with. Attach to that one with --sandbox, or give another --store");
        }
    }

    private void setUp(SyncEngine engine) {
        Map<String, List<SetupStep>> steps = engine.accounts(Embedding.SYNC).setUp(false);
        steps.forEach((system, own) -> own.stream()
                .filter(step -> step.state() == SetupStep.State.MADE)
                .forEach(step -> out.println(system + ": " + step.state() + " " + step.what())));
    }

    /** What a person does between the dry run and its approval may move the plan; then it is looked at again. */
    private void backfill(SyncEngine engine) {
        Instant end = Instant.now().plus(LEASE);
        while (true) {
            BackfillPlan plan =
                    patiently(end, () -> engine.backfill(Embedding.SYNC).dryRun());
            bar.end();
            plan.lines().forEach(out::println);
            try {
                engine.backfill(Embedding.SYNC).apply(plan.hash());
                return;
            } catch (SyncException moved) {
                if (moved.kind() != SyncException.Kind.VALIDATION
                        || Instant.now().isAfter(end)) {
                    throw moved;
                }
                out.println(moved.getMessage());
            }
        }
    }

    /** A run that was killed keeps its lease for a while, in a database that several processes share. */
    private <T> T patiently(Instant end, Supplier<T> call) {
        boolean told = false;
        while (true) {
            try {
                return call.get();
            } catch (SyncException passing) {
                if (passing.kind() != SyncException.Kind.TRANSIENT
                        || Instant.now().isAfter(end)) {
                    throw passing;
                }
                if (!told) {
                    bar.end();
                    out.println("waiting, two minutes at the most if that run was killed: " + passing.getMessage());
                    told = true;
                }
                Json.pause(Duration.ofSeconds(2));
            }
        }
    }

    /** Webhooks are delayed, duplicated and reordered while the edits are played. */
    private void trouble(boolean on) {
        for (String side : admins()) {
            admin.patch(
                    side + "/dials",
                    Json.object()
                            .put("webhooks.duplicate", on ? 0.2 : 0)
                            .put("webhooks.reorder", on ? 0.3 : 0)
                            .put("webhooks.delay_jitter_ms", on ? 300 : 0)
                            .put("webhooks.time_scale", 0.01));
        }
    }

    /** The admin endpoints of all systems. */
    private List<String> admins() {
        List<String> admins = new ArrayList<>(List.of(String.valueOf(accounts.kirimAdmin())));
        crms.forEach(crm -> admins.add(crm.admin()));
        return admins;
    }

    /** One edit by somebody who does not own the field, and what became of it. */
    private String explained(SyncEngine engine, LiveEdits edits) {
        return edits.renamedInKirim()
                .map(id -> engine.why(Embedding.SYNC, new RecordRef("kirim", Contact.TYPE, id), Contact.NAME)
                        .text())
                .orElse("no name was edited in Kirim");
    }
}
