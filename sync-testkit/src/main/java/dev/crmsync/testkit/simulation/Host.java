package dev.crmsync.testkit.simulation;

import dev.crmsync.delivery.Delivery;
import dev.crmsync.delivery.DeliverySettings;
import dev.crmsync.delivery.Outlet;
import dev.crmsync.intake.Intake;
import dev.crmsync.intake.IntakeSettings;
import dev.crmsync.intake.Reception;
import dev.crmsync.ledger.Beside;
import dev.crmsync.ledger.Ledger;
import dev.crmsync.ledger.Pauses;
import dev.crmsync.ledger.Posting;
import dev.crmsync.ledger.Recorder;
import dev.crmsync.ledger.SyncContext;
import dev.crmsync.ledger.SyncListener;
import dev.crmsync.ledger.Worked;
import dev.crmsync.pacing.Pacer;
import dev.crmsync.planning.Cause;
import dev.crmsync.planning.IdentityChange;
import dev.crmsync.planning.Reason;
import dev.crmsync.planning.Rules;
import dev.crmsync.pull.Listings;
import dev.crmsync.pull.Step;
import dev.crmsync.pull.Walk;
import dev.crmsync.safety.ArchiveGate;
import dev.crmsync.safety.Budget;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.spi.store.DueRow;
import dev.crmsync.spi.store.Lane;
import dev.crmsync.spi.store.Store;
import dev.crmsync.testkit.store.CrashingStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Hosts the engine: starts it, lets it step, lets it die at a write to its store, and starts another on what it left. All
 * in one thread, under the world's clock.
 */
final class Host {
    static final String SYNC = "sim";
    private static final Bytes SALT = Bytes.utf8("salt of the toy world");

    /** Longer than the day that a budget is for. */
    private static final Duration PATIENCE = Duration.ofHours(25);

    private final World world;
    private final Chronicle chronicle;
    private final Store store;
    private SortedMap<String, Adapter> adapters;
    private Rules rules;
    private final Dice dice;
    private final Faults faults;
    private final Budget budget;
    private final boolean recording;
    private final Deque<Walk> walks = new ArrayDeque<>();
    private int crashesLeft;
    private int lives;
    private int ids;
    private Instant restart = World.BEGIN;
    private Instant walkNotBefore = World.BEGIN;
    private Instant walksSince = World.BEGIN;
    private boolean sweepWanted;
    private List<DueRow> held = List.of();
    private Instant heldSince = World.BEGIN;
    private @Nullable Life life;
    private boolean working;
    private boolean replaced;
    private boolean calm;
    private @Nullable Runnable deployment;

    /** Whether links may have been planned under other rules. */
    private boolean rulesChanged;

    /** One life of the engine. */
    private record Life(
            CrashingStore store,
            Ledger ledger,
            Map<String, Pacer> pacers,
            Reception reception,
            Intake intake,
            Delivery delivery,
            ArchiveGate gate) {}

    Host(
            World world,
            Chronicle chronicle,
            Store store,
            SortedMap<String, Adapter> adapters,
            Rules rules,
            Dice dice,
            Faults faults,
            int crashes,
            Budget budget,
            boolean recording) {
        this.world = world;
        this.chronicle = chronicle;
        this.store = store;
        this.adapters = adapters;
        this.rules = rules;
        this.dice = dice;
        this.faults = faults;
        this.crashesLeft = crashes;
        this.budget = budget;
        this.recording = recording;
    }

    /** From now on it lives for ever. */
    void calmDown() {
        calm = true;
        crashesLeft = 0;
        if (life != null) {
            end(Duration.ZERO);
        }
        restart = world.instant();
    }

    private Life live() {
        Life present = life;
        if (present != null) {
            return present;
        }
        CrashingStore doomed = CrashingStore.never(store);
        if (crashesLeft > 0) {
            crashesLeft--;
            CrashingStore.Moment moment = dice.of(CrashingStore.Moment.values());
            int write = dice.chance(30) ? dice.between(1, 12) : dice.between(1, 160);
            doomed = faults.strike(true) ? CrashingStore.at(store, write, moment) : doomed;
        }
        life = begin(doomed);
        return life;
    }

    private Life begin(CrashingStore doomed) {
        lives++;
        String owner = "life" + lives;
        world.tell("the engine begins its life " + lives);
        Beside beside = recording ? new Beside(new Recorder(link -> true), null) : Beside.NOTHING;
        SyncContext context = new SyncContext(
                SYNC,
                doomed,
                () -> rules,
                adapters,
                world,
                () -> "link" + ++ids,
                dice::fraction,
                listener(),
                SALT,
                beside);
        Ledger ledger = new Ledger(context);
        IntakeSettings intake =
                new IntakeSettings(owner, IntakeSettings.WINDOW, IntakeSettings.LEASE, IntakeSettings.MOST_BYTES);
        Map<String, Pacer> pacers = new TreeMap<>();
        adapters.forEach((system, adapter) -> pacers.put(system, Pacer.of(adapter.declaration(), world)));
        Outlet outlet = new Outlet(ledger, pacers, new Pauses(context));
        Delivery delivery =
                new Delivery(doomed, Map.of(SYNC, outlet), DeliverySettings.of(owner), Runnable::run, Runnable::run);
        return new Life(
                doomed,
                ledger,
                pacers,
                new Reception(context, intake),
                new Intake(ledger, intake),
                delivery,
                new ArchiveGate(ledger, budget));
    }

    /**
     * The node that is at work may stand still here, for so long that its leases and claims lapse, while another takes its place;
     * then it goes on as if no time had passed.
     */
    void standStill(Dice pauses, int percent) {
        Life sleeper = life;
        if (percent == 0 || calm || replaced || !working || sleeper == null || !pauses.chance(percent)) {
            return;
        }
        if (!faults.strike(true)) {
            return;
        }
        chronicle.happened(Happening.NODE_PAUSED);
        Instant wakes = world.instant().plus(pauses.millis(310_000, 1_800_000));
        world.tell("the node stands still until it is "
                + Duration.between(World.BEGIN, wakes).toMillis());
        Chronicle.Unheard unheard = chronicle.turnTo(new Chronicle.Unheard());
        replaced = true;
        life = begin(CrashingStore.never(store));
        while (world.instant().isBefore(wakes)) {
            Worked worked = work(life);
            Instant next = worked.any() ? world.instant().plusMillis(1) : Worked.earlier(worked.next(), world.next());
            Instant soon = next == null || next.isAfter(wakes) ? wakes : next;
            world.passUntil(
                    soon.isAfter(world.instant()) ? soon : world.instant().plusMillis(1));
        }
        replaced = false;
        life = sleeper;
        chronicle.turnTo(unheard);
        world.tell("the node wakes");
    }

    private Worked work(Life present) {
        return present.intake().step().and(present.delivery().step()).and(gate(present));
    }

    /** With its next step the engine is deployed anew, under these rules and with these systems, of which all is listed. */
    void deploy(SortedMap<String, Adapter> systems, Rules next) {
        deployment = () -> {
            world.tell("the engine is deployed anew, with " + systems.keySet());
            adapters = systems;
            rules = next;
            rulesChanged = true;
            end(Duration.ZERO);
            sweep();
        };
    }

    /** Whether a system is one of those that are kept in step by now. */
    boolean has(String system) {
        return adapters.containsKey(system);
    }

    /** Holds every link against the present rules. */
    private void underPresentRules(Life present) {
        List<Posting> postings = new ArrayList<>();
        present.store()
                .walkLinks(SYNC, null, 1_000)
                .forEach(row -> postings.add(
                        Posting.on(row.id(), Lane.LIVE, draft -> draft.underPresentRules(List.of(row.id())))));
        present.ledger().post(postings, null);
        rulesChanged = false;
    }

    /** A person takes a record out of its link, if it has one that holds others as well; whether they could. */
    boolean split(RecordRef ref) {
        Life present = life;
        if (present == null) {
            return false;
        }
        AtomicReference<Chronicle.@Nullable Parted> done = new AtomicReference<>();
        Posting posting = new Posting(
                Set.of(),
                Set.of(ref),
                Lane.LIVE,
                draft -> draft.owner(ref)
                        .flatMap(draft::link)
                        .filter(link -> link.refs().size() > 1)
                        .ifPresent(link -> {
                            IdentityChange.Split split = new IdentityChange.Split(link.id(), ref, "split" + ++ids);
                            draft.relink(List.of(split), link.type(), Cause.PERSON);
                            done.set(new Chronicle.Parted(world.tick(), split.link(), split.own(), ref));
                        }));
        atTheDoor(present, () -> present.ledger().post(List.of(posting), null));
        Chronicle.Parted parted = done.get();
        if (parted != null) {
            world.tell("a person takes " + ref + " out of its link");
            chronicle.happened(Happening.SPLIT);
            chronicle.parted.add(parted);
        }
        return parted != null;
    }

    /** Something that is not a step of the engine, which may die of it all the same. */
    private void atTheDoor(Life present, Runnable what) {
        try {
            what.run();
        } catch (Error | RuntimeException e) {
            if (!present.store().crashed() || working) {
                throw e;
            }
            died();
        }
    }

    private SyncListener listener() {
        return new SyncListener() {
            @Override
            public void planned(String sync, Map<Reason, Long> reasons) {
                world.tell("planned " + reasons);
            }

            @Override
            public void deferred(String sync, String system, Duration delay, String reason) {
                world.tell("put off at " + system + " for " + delay + ": " + reason);
            }

            @Override
            public void deadLetter(String sync, String system, String kind, String reason) {
                world.tell("dead letter of " + kind + " at " + system + ": " + reason);
            }
        };
    }

    private void end(Duration down) {
        life = null;
        walks.clear();
        restart = world.instant().plus(down);
        chronicle.died();
    }

    /** What a webhook is answered; 0 when nobody is there. */
    int receive(String system, WebhookRequest request) {
        if (life == null) {
            return 0;
        }
        Life present = live();
        try {
            int status = present.reception().receive(system, request).status();
            return present.store().crashed() ? 0 : status;
        } catch (Error | RuntimeException e) {
            if (!present.store().crashed()) {
                throw e;
            }
            if (working) {
                throw e;
            }
            died();
            return 0;
        }
    }

    private void died() {
        chronicle.count("crashes");
        chronicle.happened(Happening.CRASH);
        world.tell("the engine dies");
        end(dice.chance(70) ? dice.millis(100, 20_000) : dice.millis(10_000, 900_000));
    }

    /** Wants all records to be listed, at the engine's next opportunity. */
    void sweep() {
        sweepWanted = true;
    }

    /** One round of everything that the engine has to do. */
    Worked step() {
        if (life == null && restart.isAfter(world.instant())) {
            return new Worked(false, restart);
        }
        Runnable wanted = deployment;
        if (wanted != null) {
            deployment = null;
            wanted.run();
        }
        Life present = live();
        working = true;
        try {
            if (rulesChanged) {
                underPresentRules(present);
            }
            Worked worked = work(present).and(pull(present));
            if (present.store().crashed()) {
                died();
                return new Worked(false, restart);
            }
            return worked;
        } catch (Error | RuntimeException e) {
            if (!present.store().crashed()) {
                throw e;
            }
            died();
            return new Worked(false, restart);
        } finally {
            working = false;
        }
    }

    /** It looks again and again at what is held: a world in which that has stood for long enough need not live on for it. */
    private Worked gate(Life present) {
        Worked worked = present.gate().step();
        List<DueRow> rows = store.walkDue(SYNC, Set.of(Lane.HELD), null, 1_000);
        if (!rows.equals(held)) {
            held = rows;
            heldSince = world.instant();
        }
        boolean stands = rows.isEmpty() || heldSince.plus(PATIENCE).isBefore(world.instant());
        return worked.any() || !stands ? worked : Worked.NOTHING;
    }

    private Worked pull(Life present) {
        if (sweepWanted && walks.isEmpty()) {
            sweepWanted = false;
            walksSince = world.instant();
            walks.addAll(Listings.walks(present.ledger(), present.pacers()));
        }
        Walk walk = walks.peek();
        if (walk == null) {
            return Worked.NOTHING;
        }
        if (walkNotBefore.isAfter(world.instant())) {
            return new Worked(false, walkNotBefore);
        }
        Step step = walk.step(Lane.LIVE, walksSince, null);
        if (step instanceof Step.Ended) {
            walks.remove();
        } else if (step instanceof Step.Waits waits) {
            walkNotBefore = world.instant().plus(waits.time());
            return new Worked(false, walkNotBefore);
        }
        return new Worked(true, world.instant());
    }

    /** The engine's own view of its links, for the laws. */
    Ledger ledger() {
        return live().ledger();
    }
}
