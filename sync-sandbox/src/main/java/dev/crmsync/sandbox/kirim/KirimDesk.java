package dev.crmsync.sandbox.kirim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Desk;
import dev.crmsync.sandbox.http.Fault;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Refusal;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Request;
import dev.crmsync.sandbox.http.Routes;
import dev.crmsync.sandbox.limits.TokenBucket;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Kirim's gate: key, rate limit by class, idempotency; and the ids and headers that every answer bears. */
final class KirimDesk implements Desk {
    private static final Set<String> OPEN = Set.of("/v1/health", "/v1/openapi.json");
    private static final Set<String> READS = Set.of("GET", "HEAD");

    private final Parts parts;
    private final String apiKey;
    private final KirimIdempotency idempotency;
    private final Object lock;
    private final TokenBucket writes = new TokenBucket();
    private final TokenBucket reads = new TokenBucket();
    private final AtomicLong requests = new AtomicLong();

    KirimDesk(Parts parts, String apiKey, KirimIdempotency idempotency, Object lock) {
        this.parts = parts;
        this.apiKey = apiKey;
        this.idempotency = idempotency;
        this.lock = lock;
    }

    @Override
    public Reply answer(Request request, Routes.@Nullable Match match) {
        if (match != null && OPEN.contains(request.path())) {
            return stamped(match.handler().handle(match.call()));
        }
        if (!("Bearer " + apiKey).equals(request.header("Authorization"))) {
            return stamped(KirimErrors.reply(401, "authentication_error", "invalid_api_key", "Invalid API key", null));
        }
        Limit limit = limit(request.method());
        if (!limit.passed) {
            return stamped(limited(limit, String.valueOf(Math.max(1, (limit.msToOne + 999) / 1000))));
        }
        return stamped(headed(handled(request, match), limit));
    }

    private Reply handled(Request request, Routes.@Nullable Match match) {
        try {
            if (match == null) {
                throw KirimErrors.notFound();
            }
            return idempotency.once(request, () -> {
                match.before().run();
                synchronized (lock) {
                    // Stamped inside, because a replayed answer repeats the first one's request id.
                    return stamped(match.handler().handle(match.call()));
                }
            });
        } catch (Refusal refusal) {
            return refusal.reply();
        } catch (Request.NotJson e) {
            return notJson(String.valueOf(e.getMessage()));
        }
    }

    private record Limit(boolean passed, double perMinute, long remaining, long msToOne, long resetSeconds) {}

    private Limit limit(String method) {
        boolean read = READS.contains(method);
        double perMinute = read ? KirimDials.readsPerMinute(parts.dials()) : KirimDials.writesPerMinute(parts.dials());
        TokenBucket bucket = read ? reads : writes;
        long now = parts.clock().millis();
        synchronized (bucket) {
            boolean passed = bucket.take(now, perMinute);
            return new Limit(
                    passed,
                    perMinute,
                    bucket.remaining(perMinute),
                    bucket.msToOne(perMinute),
                    (now + bucket.msToFull(perMinute) + 999) / 1000);
        }
    }

    /** Full buckets. */
    void reset() {
        synchronized (writes) {
            writes.refill();
        }
        synchronized (reads) {
            reads.refill();
        }
    }

    private static Reply headed(Reply reply, Limit limit) {
        return reply.with("X-RateLimit-Limit", String.valueOf(Math.round(limit.perMinute)))
                .with("X-RateLimit-Remaining", String.valueOf(limit.remaining))
                .with("X-RateLimit-Reset", String.valueOf(limit.resetSeconds));
    }

    private static Reply limited(Limit limit, String retryAfter) {
        return headed(tooMany(), limit).with("Retry-After", retryAfter);
    }

    private static Reply tooMany() {
        return KirimErrors.reply(429, "rate_limit_error", "rate_limit_exceeded", "Too many requests", null);
    }

    /** Puts a request id into the body and the header, unless the answer has one already. */
    private Reply stamped(Reply reply) {
        if (reply.body().length == 0 || reply.headers().containsKey("X-Request-Id")) {
            return reply;
        }
        JsonNode body = Json.parse(reply.body());
        JsonNode target = body.has("error") ? body.path("error") : body;
        if (!(target instanceof ObjectNode object)) {
            return reply;
        }
        JsonNode present = object.get("request_id");
        String id = present == null ? requestId() : present.asText();
        object.put("request_id", id);
        return new Reply(reply.status(), reply.headers(), Json.bytes(body), reply.fate()).with("X-Request-Id", id);
    }

    private String requestId() {
        return "req_" + KirimIds.word(parts.chance(), "req", requests.getAndIncrement());
    }

    @Override
    public Reply serverError(int status) {
        return stamped(KirimErrors.reply(status, "api_error", "internal_error", "Something went wrong", null));
    }

    @Override
    public Reply rateLimited(@Nullable Integer retryAfterSeconds) {
        Reply reply = stamped(tooMany());
        return retryAfterSeconds == null ? reply : reply.with("Retry-After", String.valueOf(retryAfterSeconds));
    }

    @Override
    public Reply unauthorized() {
        return stamped(KirimErrors.reply(401, "authentication_error", "expired_api_key", "The key expired", null));
    }

    @Override
    public Reply notJson(String message) {
        return stamped(KirimErrors.reply(400, "invalid_request_error", "invalid_request", message, null));
    }

    @Override
    public Reply special(Fault fault) {
        return serverError(500);
    }
}
