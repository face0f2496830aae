package dev.crmsync.tests.histories;

import dev.crmsync.engine.Status;
import dev.crmsync.engine.SyncEngine;
import dev.crmsync.review.DeadLetter;
import dev.crmsync.sandbox.Sandbox;
import dev.crmsync.sandbox.SandboxOptions;
import dev.crmsync.sandbox.admin.AdminClient;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.testkit.store.SimulatedCrash;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** The world of one seed: an organisation and CRMs of its own, whose habits the dice chose, and the host that keeps them in step. */
final class World implements AutoCloseable {
    private static final AtomicInteger WORLDS = new AtomicInteger();
    private static final int PATIENCE = 60;

    final Random dice;
    final List<String> log = new ArrayList<>();
    final Diary diary = new Diary();
    final Time time = new Time();
    final AdminClient kirim;
    final List<CrmSide> sides;
    final Host host;

    /** The primary CRM, and the only one where there is no other. */
    final CrmSide side;

    final AdminClient crm;

    /** Whether webhooks of Kirim may be lost for good; labels and messages are told by webhooks alone. */
    final boolean kirimForgets;

    private final Sandbox sandbox;
    private final Map<String, Object> kirimHabits;
    private final Map<CrmSide, Map<String, Object>> crmHabits = new LinkedHashMap<>();
    private final Instant begin = time.instant();
    private Instant begun = begin;

    World(long seed, Crms crms) {
        dice = new Random(seed * 0x9E3779B97F4A7C15L + 1);
        kirimForgets = dice.nextInt(4) == 0;
        sandbox = Sandbox.start(SandboxOptions.standard().withSeed(seed).withClock(time));
        kirim = sandbox.kirim().adminClient();
        sides = crms.sides(sandbox, seed);
        side = sides.get(0);
        crm = side.admin();
        kirimHabits = Habits.kirim(dice);
        sides.forEach(one -> crmHabits.put(one, one.habits(dice)));
        log.add("habits of Kirim " + kirimHabits + (kirimForgets ? ", which loses webhooks" : ""));
        crmHabits.forEach((one, habits) -> log.add("habits of " + one.name() + " " + habits));
        turn(Map.of(), one -> Map.of());
        String sync = "seed" + seed + "." + WORLDS.incrementAndGet();
        host = new Host(sync, sandbox, sides, time, new Random(seed), dice.nextBoolean(), log::add);
        host.engine().accounts(sync).setUp(false);
        host.engine().accounts(sync).subscribe("kirim", URI.create(host.target("kirim")));
        sides.forEach(one -> one.subscribe(host.engine(), sync, host.target(one.word())));
    }

    /** The backfill is over; what happens from now on is told by webhooks. */
    void begins() {
        begun = time.instant();
        Judge.maps(kirim.any("GET", "/conversations", null).get("conversations")).stream()
                .filter(one -> one.get("assigned_to") != null)
                .forEach(one -> diary.made("assignment of " + one.get("id")));
    }

    /** Whether something happened after the backfill. */
    boolean live(String when) {
        return Instant.parse(when).isAfter(begun);
    }

    /** Lets things go wrong from now on, on the wire and in the host. */
    void storm() {
        turn(Habits.trouble(dice, kirimForgets), one -> Habits.trouble(dice, true));
        host.mortal(dice.nextInt(3) > 0);
    }

    private void turn(Map<String, Object> atKirim, Function<CrmSide, Map<String, Object>> atCrm) {
        kirim.any("PUT", "/dials", Habits.both(kirimHabits, atKirim));
        crmHabits.forEach((one, habits) -> one.admin().any("PUT", "/dials", Habits.both(habits, atCrm.apply(one))));
    }

    /** One of the CRMs. */
    CrmSide someSide() {
        return sides.size() == 1 ? side : sides.get(dice.nextInt(sides.size()));
    }

    private void flush(boolean retries) {
        kirim.flush(retries);
        sides.forEach(one -> one.admin().flush(retries));
    }

    /** Nothing goes wrong any more, and what stood in the way is put right, as by the people who run the host. */
    void calm() {
        turn(Map.of(), one -> Map.of());
        kirim.any("DELETE", "/faults", null);
        sides.forEach(one -> one.admin().any("DELETE", "/faults", null));
        host.mortal(false);
        resume();
        for (int i = 0; i < 3; i++) {
            flush(true);
        }
    }

    void resume() {
        host.work(engine -> engine.resume(host.sync, "kirim"));
        sides.forEach(one -> host.work(engine -> engine.resume(host.sync, one.word())));
    }

    /** A round of what goes on by itself: webhooks arrive, the engine works, time passes. */
    void round(Duration pause) {
        flush(false);
        host.work(SyncEngine::drain);
        time.pass(pause);
    }

    void settle() {
        for (int i = 0; i < 5; i++) {
            round(Duration.ofSeconds(5));
        }
    }

    /** The plan is looked at and applied, again and again where something stands in the way or it has moved. */
    void backfill() {
        for (int i = 0; i < PATIENCE; i++) {
            boolean[] applied = new boolean[1];
            host.work(engine -> {
                try {
                    engine.backfill(host.sync)
                            .apply(engine.backfill(host.sync).dryRun().hash());
                    applied[0] = true;
                } catch (SyncException later) {
                    log.add("  backfill: " + later.kind() + " " + later.getMessage());
                }
            });
            if (applied[0]) {
                return;
            }
            if (host.engine().status(host.sync).paused().size() > 0) {
                resume();
            }
            round(Duration.ofSeconds(45));
        }
        throw new AssertionError("the backfill came to no end");
    }

    /** Whatever was given up in the storm is tried again, as by somebody who looks through the dead letters. */
    int retryDeadLetters() {
        List<DeadLetter> letters = host.engine().deadLetters(host.sync).list(null, 1_000);
        letters.forEach(letter -> {
            log.add("  dead letter, tried again: " + letter.kind() + " at " + letter.system() + ": " + letter.reason());
            host.engine().deadLetters(host.sync).retry(letter.id());
        });
        return letters.size();
    }

    /** A comparing sweep of everything, the webhooks of the whole time again, and then all the time that the engine wants. */
    void recover() {
        host.engine().recover(host.sync, begin);
        for (int i = 0; i < 6; i++) {
            round(Duration.ofSeconds(30));
        }
        backfill();
        rest();
    }

    /** Until nothing is left to be done, but that somebody who could not be seen is looked for again tomorrow. */
    private void rest() {
        for (int i = 0; i < PATIENCE; i++) {
            round(Duration.ofSeconds(20));
            // What the round itself has written is told, too, and that is something to be done.
            flush(false);
            Status status = status();
            Instant next = status.nextDue();
            Instant now = time.instant();
            boolean later = next == null || next.isAfter(now.plus(Duration.ofHours(12)));
            if (status.inbox() == 0 && later && i > 3) {
                return;
            }
            if (next != null && next.isAfter(now)) {
                time.pass(Duration.between(now, next));
            }
        }
    }

    Status status() {
        return host.engine().status(host.sync);
    }

    /** What the engine says for itself, for a person who looks into a complaint. */
    String why(RecordType type, String kirimId, String field) {
        try {
            RecordRef ref = new RecordRef("kirim", type.name(), kirimId);
            return host.engine()
                    .why(host.sync, ref, type.field(field).orElseThrow())
                    .text();
        } catch (SyncException unknown) {
            return String.valueOf(unknown.getMessage());
        }
    }

    /** Whether a person is asked who a record of Kirim is, and has not answered yet. */
    boolean asked(String type, String kirimId) {
        try {
            String link = host.engine().linkOf(host.sync, new RecordRef("kirim", type, kirimId));
            return host.engine().reviews(host.sync).open(null, 1_000).stream()
                    .filter(one -> one.aboutIdentity() || one.field() == null)
                    .anyMatch(one -> one.link().equals(link) || one.candidates().contains(link));
        } catch (SyncException unknown) {
            return false;
        }
    }

    /** The link of a contact, or a text that is no link's. */
    String link(String system, String id) {
        try {
            return host.engine().linkOf(host.sync, new RecordRef(system, "contact", id));
        } catch (SyncException unknown) {
            return "none of " + id;
        }
    }

    /** Whether the engine knew a contact of the CRM under the id that it bears now; what people merged often bears a new one. */
    boolean followed(CrmSide side, Shown inCrm) {
        if (!diary.cameOfMerge(side.noted(inCrm.id()))) {
            return true;
        }
        try {
            host.engine().linkOf(host.sync, new RecordRef(side.word(), "contact", inCrm.id()));
            return true;
        } catch (SyncException | SimulatedCrash unknown) {
            return false;
        }
    }

    /** Every contact of Kirim, as it shows now. */
    List<Shown> kirimContacts() {
        return kirim.dump().stream().map(Shown::kirim).toList();
    }

    /** Every contact of the primary CRM, archived ones too. */
    List<Shown> crmContacts() {
        return side.contacts();
    }

    @Override
    public void close() {
        host.close();
        sandbox.close();
    }
}
