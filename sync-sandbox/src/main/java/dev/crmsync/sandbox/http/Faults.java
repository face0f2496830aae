package dev.crmsync.sandbox.http;

import dev.crmsync.sandbox.dials.Dials;
import dev.crmsync.sandbox.dials.Seeded;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides which requests go wrong: first the ones that were asked for, then by the probabilities on the dials. */
public final class Faults {
    private final Dials dials;
    private final Seeded chance;
    private final Set<Fault.Kind> kinds;
    private final List<Fault> asked = new ArrayList<>();

    /** Faults of these kinds, their dials declared here. */
    public Faults(Dials dials, Seeded chance, Set<Fault.Kind> kinds) {
        this.dials = dials;
        this.chance = chance;
        this.kinds = EnumSet.copyOf(kinds);
        for (Fault.Kind kind : this.kinds) {
            dials.number("faults." + kind.word(), 0, "probability that a request meets this fault");
        }
        dials.number("faults.slow_ms", 2000, "how long a slow answer takes, in milliseconds");
        dials.number("faults.server_error_status", 503, "the status of a server_error");
        dials.number("faults.retry_after_seconds", -1, "Retry-After on injected 429s; negative leaves the header out");
    }

    /** Asks for a fault; throws IllegalArgumentException when this vendor does not know its kind. */
    public synchronized void ask(Fault fault) {
        if (!kinds.contains(fault.kind())) {
            throw new IllegalArgumentException(
                    "This vendor has no fault " + fault.kind().word());
        }
        asked.add(fault);
    }

    /** Forgets what was asked for. */
    public synchronized void forget() {
        asked.clear();
    }

    /** What was asked for and has not happened yet. */
    public synchronized List<Fault> asked() {
        return List.copyOf(asked);
    }

    /** What goes wrong with this request, or null. */
    synchronized @Nullable Fault next(Request request) {
        for (int i = 0; i < asked.size(); i++) {
            Fault fault = asked.get(i);
            if (fault.fits(request)) {
                if (fault.count() <= 1) {
                    asked.remove(i);
                } else {
                    asked.set(i, fault.less());
                }
                return fault;
            }
        }
        for (Fault.Kind kind : kinds) {
            if (chance.happens("fault." + kind.word(), dials.number("faults." + kind.word()))) {
                return new Fault(kind, 1, null, null, null, null, null);
            }
        }
        return null;
    }

    long slowMs(Fault fault) {
        Integer millis = fault.millis();
        return millis != null ? millis : dials.whole("faults.slow_ms");
    }

    int errorStatus(Fault fault) {
        Integer status = fault.status();
        return status != null ? status : (int) dials.whole("faults.server_error_status");
    }

    @Nullable Integer retryAfter(Fault fault) {
        Integer asked = fault.retryAfter();
        if (asked != null) {
            return asked;
        }
        long dialled = dials.whole("faults.retry_after_seconds");
        return dialled < 0 ? null : (int) dialled;
    }
}
