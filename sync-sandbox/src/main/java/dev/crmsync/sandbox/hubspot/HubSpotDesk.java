package dev.crmsync.sandbox.hubspot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.dials.Dials;
import dev.crmsync.sandbox.http.Desk;
import dev.crmsync.sandbox.http.Fault;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Refusal;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Request;
import dev.crmsync.sandbox.http.Routes;
import dev.crmsync.sandbox.limits.RollingWindow;
import org.jspecify.annotations.Nullable;

/** HubSpot's gate: token, the ten-second, daily and search limits, and their headers. */
final class HubSpotDesk implements Desk {
    private final Parts parts;
    private final String token;
    private final Object lock;
    private final RollingWindow tenSeconds = new RollingWindow(10_000);
    private final RollingWindow second = new RollingWindow(1_000);
    private long day;
    private long today;

    HubSpotDesk(Parts parts, String token, Object lock) {
        this.parts = parts;
        this.token = token;
        this.lock = lock;
    }

    @Override
    public Reply answer(Request request, Routes.@Nullable Match match) {
        if (!("Bearer " + token).equals(request.header("Authorization"))) {
            return Reply.json(
                    401, HubSpotErrors.body("INVALID_AUTHENTICATION", "Authentication credentials not found."));
        }
        boolean search = request.path().endsWith("/search");
        if (match != null) {
            match.before().run();
        }
        synchronized (lock) {
            String exceeded = exceeded(search);
            Reply reply = exceeded.isEmpty() ? handled(match) : limited(exceeded, null);
            return search ? reply : headed(reply);
        }
    }

    private Reply handled(Routes.@Nullable Match match) {
        if (match == null) {
            return Reply.json(404, HubSpotErrors.body("OBJECT_NOT_FOUND", "No such path"));
        }
        try {
            return match.handler().handle(match.call());
        } catch (Refusal refusal) {
            return refusal.reply();
        } catch (Request.NotJson e) {
            return notJson(String.valueOf(e.getMessage()));
        }
    }

    /** The policy that is exceeded, or nothing. */
    private String exceeded(boolean search) {
        Dials dials = parts.dials();
        long now = parts.clock().millis();
        if (now / 86_400_000 != day) {
            day = now / 86_400_000;
            today = 0;
        }
        if (today >= dials.whole("limits.per_day")) {
            return "DAILY";
        }
        boolean passed = search
                ? second.take(now, dials.whole("limits.search_per_second"))
                : tenSeconds.take(now, dials.whole("limits.per_ten_seconds"));
        if (!passed) {
            return search ? "SECONDLY" : "TEN_SECONDLY_ROLLING";
        }
        today++;
        return "";
    }

    /** Empty windows. Guarded by the stand-in's lock. */
    void reset() {
        tenSeconds.clear();
        second.clear();
        today = 0;
    }

    private Reply headed(Reply reply) {
        Dials dials = parts.dials();
        long now = parts.clock().millis();
        long most = dials.whole("limits.per_ten_seconds");
        long daily = dials.whole("limits.per_day");
        return reply.with("X-HubSpot-RateLimit-Max", String.valueOf(most))
                .with("X-HubSpot-RateLimit-Remaining", String.valueOf(tenSeconds.remaining(now, most)))
                .with("X-HubSpot-RateLimit-Interval-Milliseconds", "10000")
                .with("X-HubSpot-RateLimit-Daily", String.valueOf(daily))
                .with("X-HubSpot-RateLimit-Daily-Remaining", String.valueOf(Math.max(0, daily - today)))
                .with("X-HubSpot-RateLimit-Secondly", String.valueOf(most / 10))
                .with("X-HubSpot-RateLimit-Secondly-Remaining", String.valueOf(most / 10));
    }

    private Reply limited(String policy, @Nullable Integer retryAfterSeconds) {
        ObjectNode body = Json.object()
                .put("status", "error")
                .put("message", "You have reached your " + policy.toLowerCase(java.util.Locale.ROOT) + " limit.")
                .put("correlationId", HubSpotErrors.uuid());
        if (parts.dials().is("limits.body", "category")) {
            body.put("category", "RATE_LIMITS");
        } else {
            body.put("errorType", "RATE_LIMIT");
        }
        body.put("policyName", policy).put("requestId", HubSpotErrors.uuid());
        Reply reply = Reply.json(429, body);
        if (retryAfterSeconds != null) {
            return reply.with("Retry-After", String.valueOf(retryAfterSeconds));
        }
        boolean told = parts.dials().on("limits.send_retry_after");
        return told ? reply.with("Retry-After", policy.equals("SECONDLY") ? "1" : "10") : reply;
    }

    @Override
    public Reply serverError(int status) {
        return Reply.json(status, HubSpotErrors.body("INTERNAL_ERROR", "internal error"));
    }

    @Override
    public Reply rateLimited(@Nullable Integer retryAfterSeconds) {
        return limited("TEN_SECONDLY_ROLLING", retryAfterSeconds);
    }

    @Override
    public Reply unauthorized() {
        return Reply.json(401, HubSpotErrors.body("EXPIRED_AUTHENTICATION", "The OAuth token used expired."));
    }

    @Override
    public Reply notJson(String message) {
        return Reply.json(400, HubSpotErrors.body("VALIDATION_ERROR", "Invalid input JSON: " + message));
    }

    @Override
    public Reply special(Fault fault) {
        if (fault.kind() == Fault.Kind.LOCKED) {
            return Reply.json(423, HubSpotErrors.body("LOCKED", "The objects are locked, try again later"));
        }
        Integer asked = fault.retryAfter();
        long seconds = asked != null ? asked : parts.dials().whole("faults.migrating_seconds");
        return Reply.json(477, HubSpotErrors.body("MIGRATION_IN_PROGRESS", "The account is being migrated"))
                .with("Retry-After", String.valueOf(seconds));
    }
}
