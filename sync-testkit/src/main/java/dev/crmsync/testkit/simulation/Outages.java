package dev.crmsync.testkit.simulation;

import dev.crmsync.spi.SyncException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** The times in which vendors answer nobody, or ask everybody to stay away. */
final class Outages {
    private final Map<String, Outage> outages = new TreeMap<>();
    private final Chronicle chronicle;

    private record Outage(Instant from, Instant until, boolean limits) {}

    private Outages(Chronicle chronicle) {
        this.chronicle = chronicle;
    }

    /** Draws which of the systems are out, and when. */
    static Outages drawn(Dice dice, Dials dials, Collection<String> systems, Faults faults, Chronicle chronicle) {
        Outages drawn = new Outages(chronicle);
        for (String system : systems) {
            Dice own = dice.named("outage of " + system);
            boolean longer = own.named("longer").chance(dials.of(Dial.LONG_OUTAGES));
            if (faults.strike(own.chance(dials.of(Dial.OUTAGES)) || longer)) {
                Instant from =
                        World.BEGIN.plusMillis(own.below((int) dials.span().toMillis()));
                drawn.outages.put(
                        system,
                        new Outage(from, from.plus(own.millis(30_000, longer ? 2_400_000 : 600_000)), own.chance(40)));
            }
        }
        return drawn;
    }

    /**
     * Asks a system for an answer.
     *
     * @throws SyncException while it is out
     */
    void ask(String system, Instant now) {
        Outage outage = outages.get(system);
        if (outage == null || now.isBefore(outage.from()) || !now.isBefore(outage.until())) {
            return;
        }
        chronicle.happened(Happening.OUTAGE);
        if (outage.limits()) {
            throw SyncException.of(SyncException.Kind.RATE_LIMITED, "the toy asks everybody to stay away")
                    .withRetryAfter(Duration.between(now, outage.until()));
        }
        throw SyncException.of(SyncException.Kind.TRANSIENT, "the toy answers nobody");
    }
}
