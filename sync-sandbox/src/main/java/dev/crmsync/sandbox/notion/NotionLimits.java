package dev.crmsync.sandbox.notion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.dials.Dials;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.limits.RollingWindow;
import dev.crmsync.sandbox.limits.TokenBucket;
import org.jspecify.annotations.Nullable;

/** How often the integration and its workspace may ask, in the editions that the vendor has told so far. Guarded by the stand-in's lock. */
final class NotionLimits {
    private static final long WINDOW_MS = 60_000;
    private static final String OWN = "public_api_request_rate_limit";
    private static final String SHARED = "public_api_space_request_rate_limit";

    private final Parts parts;
    private final RollingWindow window = new RollingWindow(WINDOW_MS);
    private final RollingWindow workspace = new RollingWindow(WINDOW_MS);
    private final TokenBucket average = new TokenBucket();

    NotionLimits(Parts parts) {
        this.parts = parts;
    }

    /** Counts a request when there is room for it; the refusal when there is none. */
    @Nullable Reply refusal() {
        Dials dials = parts.dials();
        long now = parts.clock().millis();
        double most = dials.number("limits.per_minute");
        boolean windowed = dials.is("limits.edition", "window");
        boolean passed = windowed ? window.take(now, Math.round(most)) : average.take(now, most);
        if (!passed) {
            return limited(OWN, seconds(windowed ? window.msToRoom(now) : average.msToOne(most)));
        }
        long together = dials.whole("limits.workspace_per_minute");
        if (together > 0 && !workspace.take(now, together)) {
            return limited(SHARED, (int) dials.whole("limits.workspace_retry_after"));
        }
        return null;
    }

    /** The vendor's 429; the injected one names the integration's own limit. */
    Reply limited(@Nullable Integer retryAfterSeconds) {
        return limited(OWN, retryAfterSeconds);
    }

    private Reply limited(String reason, @Nullable Integer retryAfterSeconds) {
        ObjectNode body = NotionErrors.body(
                429, "rate_limited", "You have been rate limited. Please try again in a few minutes.");
        if (parts.dials().on("limits.reason")) {
            body.putObject("additional_data").put("rate_limit_reason", reason);
        }
        Reply reply = Reply.json(429, body);
        return retryAfterSeconds == null ? reply : reply.with("Retry-After", String.valueOf(retryAfterSeconds));
    }

    private static int seconds(long ms) {
        return (int) Math.max(1, (ms + 999) / 1000);
    }

    /** Nothing used. */
    void reset() {
        window.clear();
        workspace.clear();
        average.refill();
    }
}
