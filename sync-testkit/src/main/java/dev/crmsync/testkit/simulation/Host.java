package dev.crmsync.testkit.simulation;

import dev.crmsync.delivery.Delivery;
import dev.crmsync.delivery.DeliverySettings;
import dev.crmsync.delivery.Outlet;
import dev.crmsync.intake.Intake;
import dev.crmsync.intake.IntakeSettings;
import dev.crmsync.intake.Reception;
import dev.crmsync.ledger.Ledger;
import dev.crmsync.ledger.Pauses;
import dev.crmsync.ledger.SyncContext;
import dev.crmsync.ledger.SyncListener;
import dev.crmsync.ledger.Worked;
import dev.crmsync.pacing.Pacer;
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
import dev.crmsync.spi.store.DueRow;
import dev.crmsync.spi.store.Lane;
import dev.crmsync.spi.store.Store;
import dev.crmsync.testkit.store.CrashingStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
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
    private final SortedMap<String, Adapter> adapters;
    private final Rules rules;
    private final Dice dice;
    private final Faults faults;
    private final Budget budget;
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
            Budget budget) {
        this.world = world;
        this.chronicle = chronicle;
        this.store = store;
        this.adapters = adapters;
        this.rules = rules;
        this.dice = dice;
        this.faults = faults;
        this.crashesLeft = crashes;
        this.budget = budget;
    }

    /** From now on it lives for ever. */
    void calmDown() {
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
        lives++;
        CrashingStore doomed = CrashingStore.never(store);
        if (crashesLeft > 0) {
            crashesLeft--;
            CrashingStore.Moment moment = dice.of(CrashingStore.Moment.values());
            int write = dice.chance(30) ? dice.between(1, 12) : dice.between(1, 160);
            doomed = faults.strike(true) ? CrashingStore.at(store, write, moment) : doomed;
        }
        String owner = "life" + lives;
        world.tell("the engine begins its life " + lives);
        SyncContext context = new SyncContext(
                SYNC, doomed, () -> rules, adapters, world, () -> "link" + ++ids, dice::fraction, listener(), SALT);
        Ledger ledger = new Ledger(context);
        IntakeSettings intake =
                new IntakeSettings(owner, IntakeSettings.WINDOW, IntakeSettings.LEASE, IntakeSettings.MOST_BYTES);
        Map<String, Pacer> pacers = new TreeMap<>();
        adapters.forEach((system, adapter) -> pacers.put(system, Pacer.of(adapter.declaration(), world)));
        Outlet outlet = new Outlet(ledger, pacers, new Pauses(context));
        Delivery delivery =
                new Delivery(doomed, Map.of(SYNC, outlet), DeliverySettings.of(owner), Runnable::run, Runnable::run);
        life = new Life(
                doomed,
                ledger,
                pacers,
                new Reception(context, intake),
                new Intake(ledger, intake),
                delivery,
                new ArchiveGate(ledger, budget));
        return life;
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
        Life present = live();
        working = true;
        try {
            Worked worked = present.intake()
                    .step()
                    .and(present.delivery().step())
                    .and(gate(present))
                    .and(pull(present));
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
