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
    private boolean calm;

    Wire(World world, Chronicle chronicle, Dice dice, Dials dials, Faults faults) {
        this.world = world;
        this.chronicle = chronicle;
        this.dice = dice;
        this.dials = dials;
        this.faults = faults;
    }

    /** From now on nothing fails. */
    void calmDown() {
        calm = true;
    }

    void travel() {
        world.pass(dice.chance(10) ? dice.millis(1_000, 20_000) : dice.millis(1, 400));
    }

    private boolean strikes(int percent) {
        return faults.strike(dice.chance(percent) && !calm);
    }

    /** Whether a read's answer is lost. */
    boolean losesRead() {
        return strikes(dials.of(Dial.LOST_READS));
    }

    boolean losesRequest() {
        return strikes(dials.of(Dial.LOST_REQUESTS));
    }

    boolean losesAnswer() {
        return strikes(dials.of(Dial.LOST_ANSWERS));
    }

    /** A refusal to look at a write for now, or null. */
    @Nullable Outcome defers() {
        if (!strikes(dials.of(Dial.DEFERRALS))) {
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
