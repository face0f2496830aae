package dev.crmsync.sandbox.pipedrive;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Desk;
import dev.crmsync.sandbox.http.Fault;
import dev.crmsync.sandbox.http.Refusal;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Request;
import dev.crmsync.sandbox.http.Routes;
import org.jspecify.annotations.Nullable;

/** Pipedrive's gate: token, limits, and the gateway in front of it. */
final class PipedriveDesk implements Desk {
    private final Parts parts;
    private final PipedriveLimits limits;
    private final String token;
    private final Object lock;

    PipedriveDesk(Parts parts, PipedriveLimits limits, String token, Object lock) {
        this.parts = parts;
        this.limits = limits;
        this.token = token;
        this.lock = lock;
    }

    @Override
    public Reply answer(Request request, Routes.@Nullable Match match) {
        synchronized (lock) {
            if (limits.shut()) {
                return Reply.html(403, "<html><head><title>Attention Required! | Cloudflare</title></head></html>");
            }
        }
        boolean knows = token.equals(request.header("x-api-token"))
                || (parts.dials().on("auth.query_token") && token.equals(request.query("api_token")));
        if (!knows) {
            return denied(request.path());
        }
        if (match != null) {
            match.before().run();
        }
        boolean search = request.path().contains("earch");
        boolean writes = request.method().equals("POST") || request.method().equals("PUT");
        synchronized (lock) {
            boolean passed = limits.take(search, match == null ? 0 : PipedriveCosts.of(match.kind()));
            return limits.headed(passed ? handled(match) : limited(null), search, writes);
        }
    }

    private Reply handled(Routes.@Nullable Match match) {
        if (match == null) {
            return Reply.json(404, PipedriveErrors.body("Unknown method .", ""));
        }
        try {
            return match.handler().handle(match.call());
        } catch (Refusal refusal) {
            return refusal.reply();
        } catch (Request.NotJson e) {
            return notJson(String.valueOf(e.getMessage()));
        }
    }

    private static Reply denied(String path) {
        boolean brief = path.endsWith("/users/me") || path.contains("/webhooks");
        ObjectNode body = brief
                ? PipedriveErrors.brief(401, "unauthorized access")
                : PipedriveErrors.body("unauthorized access", "");
        return Reply.json(401, body);
    }

    private Reply limited(@Nullable Integer retryAfterSeconds) {
        Reply reply = Reply.json(429, PipedriveErrors.body("request over limit", ""));
        if (retryAfterSeconds != null) {
            return reply.with("Retry-After", String.valueOf(retryAfterSeconds));
        }
        return parts.dials().on("limits.send_retry_after") ? reply.with("Retry-After", "2") : reply;
    }

    @Override
    public Reply serverError(int status) {
        return Reply.json(status, PipedriveErrors.body("internal error", ""));
    }

    @Override
    public Reply rateLimited(@Nullable Integer retryAfterSeconds) {
        return limited(retryAfterSeconds);
    }

    @Override
    public Reply unauthorized() {
        return denied("");
    }

    @Override
    public Reply notJson(String message) {
        return Reply.json(400, PipedriveErrors.body("Invalid JSON: " + message, ""));
    }

    @Override
    public Reply special(Fault fault) {
        throw new IllegalArgumentException(
                "Pipedrive has no fault " + fault.kind().word());
    }
}
