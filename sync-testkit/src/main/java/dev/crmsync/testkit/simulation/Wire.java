package dev.crmsync.testkit.simulation;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Outcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The line between the engine and the vendors: it takes time, in which the world goes on, and it fails. */
final class Wire {
    final World world;
    final Chronicle chronicle;

    private final Dice dice;
    private final Dials dials;
    private final Faults faults;
    private final Dice batches;
    private final Outages outages;
    private Runnable pause = () -> {};
    private boolean calm;

    Wire(World world, Chronicle chronicle, Dice dice, Dials dials, Faults faults, Outages outages) {
        this.world = world;
        this.chronicle = chronicle;
        this.dice = dice;
        this.dials = dials;
        this.faults = faults;
        this.outages = outages;
        this.batches = dice.named("batches");
    }

    /** From now on nothing fails. */
    void calmDown() {
        calm = true;
    }

    void travel() {
        world.pass(dice.chance(10) ? dice.millis(1_000, 20_000) : dice.millis(1, 400));
    }

    /** Who is asked to stand still now and then, while an answer is on its way. */
    void pausedBy(Runnable node) {
        pause = node;
    }

    /** An answer travels, and whoever waits for it may stand still meanwhile. */
    void answerTravels() {
        travel();
        pause.run();
    }

    /** Knocks at a system's door, which throws while that is out. */
    void reach(String system) {
        if (!calm) {
            outages.ask(system, world.instant());
        }
    }

    /** Whether the answer to several writes does not name one of them. */
    boolean leavesOut() {
        return faults.strike(batches.chance(dials.of(Dial.PARTIAL_BATCHES)) && !calm);
    }

    private boolean strikes(Dial dial, Happening what) {
        boolean strikes = faults.strike(dice.chance(dials.of(dial)) && !calm);
        if (strikes) {
            chronicle.happened(what);
        }
        return strikes;
    }

    /** Whether a read's answer is lost. */
    boolean losesRead() {
        return strikes(Dial.LOST_READS, Happening.LOST_READ);
    }

    boolean losesRequest() {
        return strikes(Dial.LOST_REQUESTS, Happening.LOST_REQUEST);
    }

    boolean losesAnswer() {
        return strikes(Dial.LOST_ANSWERS, Happening.LOST_ANSWER);
    }

    /** A refusal to look at a write for now, or null. */
    @Nullable Outcome defers() {
        if (!strikes(Dial.DEFERRALS, Happening.DEFERRAL)) {
            return null;
        }
        Duration wait = dice.chance(50) ? dice.millis(500, 30_000) : null;
        if (dice.chance(30)) {
            SyncException limited = SyncException.of(SyncException.Kind.RATE_LIMITED, "the toy asks to stay away");
            throw wait == null ? limited : limited.withRetryAfter(wait);
        }
        return new Outcome.Deferred(wait, null, "the toy is busy");
    }
}
