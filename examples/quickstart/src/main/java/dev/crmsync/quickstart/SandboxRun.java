package dev.crmsync.quickstart;

import dev.crmsync.engine.Status;
import dev.crmsync.engine.SyncEngine;
import dev.crmsync.engine.Why;
import dev.crmsync.planning.Stance;
import dev.crmsync.review.Review;
import dev.crmsync.safety.BackfillPlan;
import dev.crmsync.spi.adapter.SetupStep;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.spi.store.Lane;
import dev.crmsync.spi.store.Store;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The main job on the sandbox: set up, fill, backfill, edit live on both sides, drain, read back, compare. */
final class SandboxRun {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Accounts accounts;
    private final Options options;
    private final PrintStream out;
    private final Json admin = new Json(null);
    private final ProgressBar bar;
    private final Tally tally;

    SandboxRun(Accounts accounts, Options options, PrintStream out) {
        this.accounts = accounts;
        this.options = options;
        this.out = out;
        this.bar = new ProgressBar(out);
        this.tally = new Tally(bar);
    }

    int run() throws IOException, InterruptedException {
        Instant begun = Instant.now();
        try (Store store = Quickstart.store(options);
                Embedding embedding = new Embedding(accounts, store, tally, 0)) {
            SyncEngine engine = embedding.engine();
            setUp(engine);
            new Population(accounts, options).fill();
            subscribe(engine, embedding);
            backfill(engine);
            trouble(true);
            new LiveEdits(accounts, options).play();
            drain(engine, "live edits");
            trouble(false);
            Comparison comparison = compare(engine);
            Report report =
                    new Report(engine, tally, comparison, explained(engine), Duration.between(begun, Instant.now()));
            report.print(out);
            if (options.report() != null) {
                report.write(Objects.requireNonNull(options.report()));
            }
            out.println(report.lastLine());
            out.flush();
            if (options.serve()) {
                Thread.currentThread().join();
            }
            return comparison.unexplained().isEmpty() ? 0 : 1;
        }
    }

    private void setUp(SyncEngine engine) {
        Map<String, List<SetupStep>> steps = engine.accounts(Embedding.SYNC).setUp(false);
        steps.forEach((system, own) -> own.stream()
                .filter(step -> step.state() != SetupStep.State.PRESENT)
                .forEach(step -> out.println(system + ": " + step.state() + " " + step.what())));
    }

    /** Kirim's subscription is made by its API; HubSpot has none for it, so the sandbox stands in for the person who clicks. */
    private void subscribe(SyncEngine engine, Embedding embedding) {
        engine.accounts(Embedding.SYNC).subscribe("kirim", embedding.target("kirim"));
        admin.put(
                accounts.hubSpotAdmin() + "/webhooks",
                Json.object()
                        .put("targetUrl", embedding.target("crm").toString())
                        .set(
                                "subscriptions",
                                Json.array()
                                        .add("contact.creation")
                                        .add("contact.deletion")
                                        .add("contact.merge")
                                        .add("contact.propertyChange")));
    }

    private void backfill(SyncEngine engine) {
        BackfillPlan plan = engine.backfill(Embedding.SYNC).dryRun();
        bar.end();
        plan.lines().forEach(out::println);
        engine.backfill(Embedding.SYNC).apply(plan.hash());
        drain(engine, "backfill");
    }

    /** Webhooks are delayed, duplicated and reordered while the edits are played. */
    private void trouble(boolean on) {
        for (String side : List.of(accounts.kirimAdmin() + "", accounts.hubSpotAdmin() + "")) {
            admin.patch(
                    side + "/dials",
                    Json.object()
                            .put("webhooks.duplicate", on ? 0.2 : 0)
                            .put("webhooks.reorder", on ? 0.3 : 0)
                            .put("webhooks.delay_jitter_ms", on ? 300 : 0)
                            .put("webhooks.time_scale", 0.01));
        }
    }

    /** Waits until every webhook was delivered and everything that was due is done. */
    private void drain(SyncEngine engine, String what) {
        Instant end = Instant.now().plus(PATIENCE);
        long most = 1;
        long done = 0;
        int quiet = 0;
        Instant begun = Instant.now();
        while (quiet < 3) {
            boolean kirimQuiet = quiet(accounts.kirimAdmin());
            boolean delivered = quiet(accounts.hubSpotAdmin()) && kirimQuiet;
            Status status = engine.status(Embedding.SYNC);
            long open = status.inbox()
                    + status.due().stream()
                            .filter(count -> count.lane() != Lane.HELD)
                            .mapToLong(count -> count.rows())
                            .sum()
                    - timers(status);
            most = Math.max(most, open);
            double seconds =
                    Math.max(0.001, Duration.between(begun, Instant.now()).toMillis() / 1000.0);
            done = Math.max(done, most - open);
            bar.show(what, done, most, done / seconds, null);
            quiet = delivered && open <= 0 ? quiet + 1 : 0;
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException(what + ": still at work after " + PATIENCE + ": " + status);
            }
            Json.pause(Duration.ofMillis(100));
        }
        bar.end();
    }

    /** Work that only waits for an hour to pass, or for a person, is not waited for. */
    private static long timers(Status status) {
        Instant next = status.nextDue();
        boolean later = next != null && next.isAfter(Instant.now().plus(Duration.ofMinutes(2)));
        return later && status.inbox() == 0
                ? status.due().stream()
                        .filter(count -> count.lane() != Lane.HELD && count.inFlight() == 0)
                        .mapToLong(count -> count.rows())
                        .sum()
                : 0;
    }

    private boolean quiet(@Nullable String side) {
        return admin.post(side + "/flush?retries=true&wait_ms=2000", Json.object())
                .path("quiet")
                .asBoolean();
    }

    private Comparison compare(SyncEngine engine) {
        Readback readback = new Readback(accounts);
        Set<String> waiting = waiting(engine);
        return new Comparison(
                readback.kirim(),
                readback.hubSpot(),
                (id, field) -> excuse(engine, id, field),
                (id, field) -> waiting.contains(
                                engine.why(Embedding.SYNC, new RecordRef("kirim", Contact.TYPE, id), Contact.NAME)
                                        .link())
                        ? "REVIEW"
                        : null);
    }

    /** Why a field need not be equal: nobody ever told its value, or one side is held to something else. */
    private static @Nullable String excuse(SyncEngine engine, String kirimId, String field) {
        Field known = RecordType.CONTACT.field(field).orElseThrow();
        Why why = engine.why(Embedding.SYNC, new RecordRef("kirim", Contact.TYPE, kirimId), known);
        if (why.agreed() == null) {
            return "NEVER_TOLD";
        }
        return why.systems().values().stream()
                .map(Why.At::stance)
                .filter(stance -> stance != Stance.FOLLOWS)
                .map(Stance::name)
                .findFirst()
                .orElse(null);
    }

    /** The links that a person must answer about before a record of them is made. */
    private static Set<String> waiting(SyncEngine engine) {
        Set<String> links = new HashSet<>();
        String after = null;
        List<Review> page;
        do {
            page = engine.reviews(Embedding.SYNC).open(after, 200);
            for (Review review : page) {
                links.add(review.link());
                links.addAll(review.candidates());
                after = review.id();
            }
        } while (!page.isEmpty());
        return links;
    }

    /** One edit by somebody who does not own the field, and what became of it. */
    private String explained(SyncEngine engine) {
        return new LiveEdits(accounts, options)
                .renamedInKirim()
                .map(id -> engine.why(Embedding.SYNC, new RecordRef("kirim", Contact.TYPE, id), Contact.NAME)
                        .text())
                .orElse("no name was edited in Kirim");
    }
}
