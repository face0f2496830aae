package dev.crmsync.sandbox.webhook;

import dev.crmsync.sandbox.dials.Dials;
import dev.crmsync.sandbox.dials.Seeded;
import java.util.ArrayList;
import java.util.List;

/** What happens to an event between its cause and its first delivery: dropped, duplicated, delayed, overtaken. */
public final class Mischief {
    private final Dials dials;
    private final Seeded chance;

    /** Declares its dials. */
    public Mischief(Dials dials, Seeded chance) {
        this.dials = dials;
        this.chance = chance;
        dials.number("webhooks.time_scale", 1, "factor on every wait between attempts; 0.001 makes an hour 3.6 s");
        dials.number("webhooks.duplicate", 0, "probability that an event is delivered twice (at least once)");
        dials.number("webhooks.drop", 0, "probability that an event is never delivered");
        dials.number("webhooks.delay_ms", 0, "every first attempt leaves this much later");
        dials.number("webhooks.delay_jitter_ms", 0, "and up to this much more, each event by itself");
        dials.number("webhooks.reorder", 0, "probability that an event is held back so that later ones overtake it");
        dials.number("webhooks.reorder_ms", 500, "how long such an event is held back at most, in milliseconds");
    }

    /** When the copies of an event leave: none when it is dropped, two when it is duplicated. */
    public List<Long> departures(long nowMs) {
        List<Long> times = new ArrayList<>();
        if (!chance.happens("webhook.drop", dials.number("webhooks.drop"))) {
            times.add(nowMs + delay());
            if (chance.happens("webhook.duplicate", dials.number("webhooks.duplicate"))) {
                times.add(nowMs + delay());
            }
        }
        return times;
    }

    /** A wait of the documented schedule, scaled, and jittered by this fraction either way. */
    public long scaled(long millis, double jitter) {
        double factor = jitter == 0 ? 1 : 1 + jitter * (2 * chance.next("webhook.jitter") - 1);
        return Math.round(millis * factor * dials.number("webhooks.time_scale"));
    }

    private long delay() {
        double delay = dials.number("webhooks.delay_ms");
        double jitter = dials.number("webhooks.delay_jitter_ms");
        if (jitter > 0) {
            delay += jitter * chance.next("webhook.delay");
        }
        if (chance.happens("webhook.reorder", dials.number("webhooks.reorder"))) {
            delay += dials.number("webhooks.reorder_ms") * (0.25 + 0.75 * chance.next("webhook.hold"));
        }
        return Math.round(delay);
    }
}
