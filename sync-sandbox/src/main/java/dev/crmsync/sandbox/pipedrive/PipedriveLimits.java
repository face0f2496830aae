package dev.crmsync.sandbox.pipedrive;

import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.dials.Dials;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.limits.RollingWindow;

/** The burst windows, the day's budget of tokens, and what comes of ignoring them. Guarded by the stand-in's lock. */
final class PipedriveLimits {
    private static final long BURST_MS = 2_000;
    private static final long DAY_MS = 86_400_000;

    private final Parts parts;
    private final PipedriveState state;
    private final RollingWindow burst = new RollingWindow(BURST_MS);
    private final RollingWindow searches = new RollingWindow(BURST_MS);
    private final RollingWindow refusals = new RollingWindow(10_000);
    private long shutUntil;

    PipedriveLimits(Parts parts, PipedriveState state) {
        this.parts = parts;
        this.state = state;
    }

    /** Whether the gateway in front has shut the door on a client that did not slow down. */
    boolean shut() {
        return parts.clock().millis() < shutUntil;
    }

    /** Counts a request when there is room for it. */
    boolean take(boolean search, int cost) {
        Dials dials = parts.dials();
        long now = parts.clock().millis();
        turnDay(now);
        boolean tokens = state.tokensSpent + cost <= dials.whole("limits.daily_tokens");
        boolean passed = tokens
                && (search
                        ? searches.take(now, dials.whole("limits.search_burst"))
                        : burst.take(now, dials.whole("limits.burst")));
        if (passed) {
            state.tokensSpent += cost;
        } else {
            refused(now);
        }
        return passed;
    }

    /** The day ends at midnight of the server, which is in UTC here. */
    private void turnDay(long now) {
        if (now / DAY_MS != state.tokenDay) {
            state.tokenDay = now / DAY_MS;
            state.tokensSpent = 0;
            state.requestsMade = 0;
        }
    }

    private void refused(long now) {
        long most = parts.dials().whole("limits.abuse_after");
        if (most > 0 && !refusals.take(now, most)) {
            shutUntil = now + parts.dials().whole("limits.abuse_seconds") * 1000;
            refusals.clear();
        }
    }

    /** The answer with what the limits say of themselves. */
    Reply headed(Reply reply, boolean search, boolean writes) {
        Dials dials = parts.dials();
        long now = parts.clock().millis();
        RollingWindow window = search ? searches : burst;
        long most = dials.whole(search ? "limits.search_burst" : "limits.burst");
        long reset = (window.msToRoom(now) + 999) / 1000;
        Reply headed = reply.with("x-ratelimit-limit", String.valueOf(most))
                .with("x-ratelimit-remaining", String.valueOf(window.remaining(now, most)))
                .with("x-ratelimit-reset", String.valueOf(reset));
        if (!writes) {
            return headed;
        }
        state.requestsMade++;
        long left = Math.max(0, dials.whole("limits.daily_requests") - state.requestsMade);
        return headed.with("x-daily-requests-left", String.valueOf(left));
    }

    /** The tokens of today that are spent. */
    long spent() {
        turnDay(parts.clock().millis());
        return state.tokensSpent;
    }

    /** Nothing used. */
    void reset() {
        burst.clear();
        searches.clear();
        refusals.clear();
        shutUntil = 0;
        state.tokensSpent = 0;
        state.requestsMade = 0;
    }
}
