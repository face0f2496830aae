package dev.crmsync.testkit.simulation;

import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.model.Bytes;
import java.time.Duration;
import java.util.Map;

/**
 * Carries webhooks from the vendors to the engine's door: late, twice, in any order, or never. Who is not answered with 200
 * sends again.
 */
final class Courier {
    private static final Duration AGAIN = Duration.ofSeconds(45);

    private final World world;
    private final Chronicle chronicle;
    private final Dice dice;
    private final Dials dials;
    private final Faults faults;
    private final Host host;
    private boolean calm;

    Courier(World world, Chronicle chronicle, Dice dice, Dials dials, Faults faults, Host host) {
        this.world = world;
        this.chronicle = chronicle;
        this.dice = dice;
        this.dials = dials;
        this.faults = faults;
        this.host = host;
    }

    /** From now on nothing is lost: what an automation does when people have gone home is told. */
    void calmDown() {
        calm = true;
    }

    /** Takes a notice from a vendor. What becomes of it hangs on nothing but the notice. */
    void take(String system, Notice notice) {
        if (!host.has(system)) {
            // Nobody has asked to be told yet.
            return;
        }
        Dice own = dice.named(system + notice.number());
        if (faults.strike(own.chance(dials.of(Dial.DROPS)) && !calm)) {
            chronicle.count("webhooks dropped");
            chronicle.happened(Happening.DROP);
            return;
        }
        send(system, notice, "", delay(own));
        Dice twins = own.named("again");
        while (twins.chance(dials.of(Dial.DUPLICATES))) {
            if (faults.strike(true)) {
                chronicle.count("webhooks duplicated");
                chronicle.happened(Happening.DUPLICATE);
                send(system, notice, "", delay(twins));
            }
        }
    }

    private Duration delay(Dice own) {
        if (!faults.strike(own.chance(dials.of(Dial.DELAYS)))) {
            return own.millis(0, 1_500);
        }
        chronicle.happened(Happening.DELAY);
        return own.chance(70) ? own.millis(1_000, 120_000) : own.millis(60_000, 7_200_000);
    }

    /** Sends a notice; with a suffix its key is one that was never seen. */
    void send(String system, Notice notice, String suffix, Duration delay) {
        world.at(world.instant().plus(delay), () -> deliver(system, notice, suffix));
    }

    private void deliver(String system, Notice notice, String suffix) {
        boolean arrived = false;
        try {
            String body = notice.number() + (suffix.isEmpty() ? "" : "#" + suffix);
            WebhookRequest request =
                    new WebhookRequest("POST", "https://host.test/" + system, Map.of(), Bytes.utf8(body));
            arrived = host.receive(system, request) == 200;
        } finally {
            if (arrived) {
                chronicle.count("webhooks");
                chronicle.accepted(system, notice.key() + (suffix.isEmpty() ? "" : "#" + suffix), notice);
                world.tell("webhook " + notice.key() + suffix);
            } else {
                send(system, notice, suffix, AGAIN);
            }
        }
    }
}
