package dev.crmsync.quickstart;

import dev.crmsync.engine.SyncEngine;
import dev.crmsync.engine.Why;
import dev.crmsync.planning.Reason;
import dev.crmsync.planning.Stance;
import dev.crmsync.quickstart.Comparison.Wait;
import dev.crmsync.review.Review;
import dev.crmsync.safety.BackfillPlan;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.SetupStep;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.model.RecordRef;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The main job on the sandbox: set up, fill, backfill, edit live on both sides, drain, read back, compare. */
final class SandboxRun {
    /** Longer than the lease of a backfill that was killed. */
    private static final Duration LEASE = Duration.ofMinutes(3);

    private final Accounts accounts;
    private final Crm crm;
    private final Options options;
    private final Place place;
    private final PrintStream out;
    private final Json admin = new Json();
    private final ProgressBar bar;
    private final Tally tally;

    SandboxRun(Accounts accounts, Options options, Place place, PrintStream out) {
        this.accounts = accounts;
        this.crm = accounts.crm().crm();
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
            try (Embedding embedding = Embedding.live(accounts, store, place.notes(), tally)) {
                int exit = run(embedding, begun);
                if (options.serve()) {
                    System.err.println("Serving until stopped. Edit as people would at " + accounts.kirimAdmin()
                            + "/edits and " + accounts.crm().admin() + "/edits; sync-sandbox/README.md says how.");
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
        if (new Population(accounts, crm, options).fill()) {
            out.println("sandbox: filled by an earlier run, which this one goes on with");
        }
        Talks talks = new Talks(accounts, crm, options, place.notes());
        talks.fill();
        engine.accounts(Embedding.SYNC).subscribe("kirim", embedding.target("kirim"));
        crm.subscribe(engine, embedding.target("crm"), place.notes());
        backfill(engine);
        drain.await("backfill");
        new SegmentOfVips(crm, options).mirror(engine, out);
        trouble(true);
        talks.tell();
        LiveEdits edits = new LiveEdits(accounts, crm, options, place.notes(), bar);
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
        Comparison comparison = compare(engine);
        TalkComparison talked = new TalkComparison(accounts, crm, comparison.nameless());
        Report report = new Report(
                engine,
                tally,
                comparison,
                talked,
                crm.needsNames(),
                explained(engine, edits),
                Duration.between(begun, Instant.now()));
        report.print(out);
        comparison.differing().stream()
                .limit(3)
                .forEach(differs -> why(engine, RecordType.CONTACT, differs.kirimId(), differs.field()));
        talked.differing().stream().limit(3).forEach(id -> {
            why(engine, RecordType.CONVERSATION, id, "status");
            why(engine, RecordType.CONVERSATION, id, "assignee");
        });
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
        for (String side : List.of(accounts.kirimAdmin() + "", accounts.crm().admin() + "")) {
            admin.patch(
                    side + "/dials",
                    Json.object()
                            .put("webhooks.duplicate", on ? 0.2 : 0)
                            .put("webhooks.reorder", on ? 0.3 : 0)
                            .put("webhooks.delay_jitter_ms", on ? 300 : 0)
                            .put("webhooks.time_scale", 0.01));
        }
    }

    private Comparison compare(SyncEngine engine) {
        Readback readback = new Readback(accounts);
        Set<String> waiting = waiting(engine);
        return new Comparison(
                readback.kirim(),
                crm.name(),
                crm.contacts(),
                (id, field) -> excuse(engine, id, field),
                id -> wait(engine, id, waiting));
    }

    /** What a contact waits for that has no record in the CRM, or null when it should have one. */
    private @Nullable Wait wait(SyncEngine engine, String kirimId, Set<String> waiting) {
        Why why = engine.why(Embedding.SYNC, new RecordRef("kirim", Contact.TYPE, kirimId), Contact.NAME);
        if (waiting.contains(why.link())) {
            return Wait.ANSWER;
        }
        boolean nameless = why.agreed() == null || why.agreed().value().isBlank();
        return crm.needsNames() && nameless ? Wait.NAME : null;
    }

    /** Why a field need not be equal: one side is held to something else, or Kirim, whose API shows no labels, told none. */
    private static @Nullable String excuse(SyncEngine engine, String kirimId, String field) {
        Field known = RecordType.CONTACT.field(field).orElseThrow();
        Why why = engine.why(Embedding.SYNC, new RecordRef("kirim", Contact.TYPE, kirimId), known);
        return why.systems().values().stream()
                .map(Why.At::stance)
                .filter(stance -> stance != Stance.FOLLOWS)
                .map(Stance::name)
                .findFirst()
                .orElse(why.agreed() == null && known.equals(Contact.LABELS) ? "NEVER_TOLD" : null);
    }

    /** What the engine knows of a field that nothing explains. */
    private void why(SyncEngine engine, RecordType type, String kirimId, String field) {
        out.println(engine.why(
                        Embedding.SYNC,
                        new RecordRef("kirim", type.name(), kirimId),
                        type.field(field).orElseThrow())
                .text());
    }

    /** The links that a person must answer about before a record of them is made. */
    private static Set<String> waiting(SyncEngine engine) {
        Set<String> links = new HashSet<>();
        String after = null;
        List<Review> page;
        do {
            page = engine.reviews(Embedding.SYNC).open(after, 200);
            for (Review review : page) {
                if (review.reason() == Reason.MATCH_REVIEW) {
                    links.add(review.link());
                    links.addAll(review.candidates());
                }
                after = review.id();
            }
        } while (!page.isEmpty());
        return links;
    }

    /** One edit by somebody who does not own the field, and what became of it. */
    private String explained(SyncEngine engine, LiveEdits edits) {
        return edits.renamedInKirim()
                .map(id -> engine.why(Embedding.SYNC, new RecordRef("kirim", Contact.TYPE, id), Contact.NAME)
                        .text())
                .orElse("no name was edited in Kirim");
    }
}
