package dev.crmsync.sandbox.notion;

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
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Notion's gate: secret, version, limits and size; every answer of its own bears a request id. */
final class NotionDesk implements Desk {
    private static final String REQUEST_ID = "x-notion-request-id";

    private final Parts parts;
    private final NotionState state;
    private final NotionLimits limits;
    private final String token;
    private final Object lock;

    NotionDesk(Parts parts, NotionState state, NotionLimits limits, String token, Object lock) {
        this.parts = parts;
        this.state = state;
        this.limits = limits;
        this.token = token;
        this.lock = lock;
    }

    @Override
    public Reply answer(Request request, Routes.@Nullable Match match) {
        if (!("Bearer " + token).equals(request.header("Authorization"))) {
            return unauthorized();
        }
        if (match != null) {
            match.before().run();
        }
        synchronized (lock) {
            Reply limited = limits.refusal();
            return stamped(limited == null ? handled(request, match) : limited);
        }
    }

    private Reply handled(Request request, Routes.@Nullable Match match) {
        try {
            admit(request);
            if (match == null) {
                throw NotionDataSourcesApi.unknown();
            }
            return match.handler().handle(match.call());
        } catch (Refusal refusal) {
            return refusal.reply();
        } catch (Request.NotJson e) {
            return malformed();
        }
    }

    private void admit(Request request) {
        String version = request.header(NotionEdition.HEADER);
        if (version == null) {
            throw NotionErrors.of(
                    400, "missing_version", "Notion-Version header failed validation: should be defined.");
        }
        if (NotionEdition.of(version) == null) {
            throw NotionErrors.invalid("Notion-Version header failed validation: should be one of "
                    + NotionEdition.dates() + ", instead was `\"" + version + "\"`.");
        }
        long most = parts.dials().whole("limits.body_bytes");
        if (request.body().length > most) {
            throw NotionErrors.invalid("Request body is larger than " + most + " bytes.");
        }
    }

    /** The answer with an id of its own, in its header and, where it is an error, in its body. */
    private Reply stamped(Reply reply) {
        String id;
        synchronized (lock) {
            id = NotionIds.uuid(parts, "request", state.next("request"));
        }
        JsonNode body = reply.status() < 400 ? Json.MAPPER.missingNode() : Json.parse(reply.body());
        if (!(body instanceof ObjectNode error)) {
            return reply.with(REQUEST_ID, id);
        }
        return new Reply(reply.status(), reply.headers(), Json.bytes(error.put("request_id", id)), reply.fate())
                .with(REQUEST_ID, id);
    }

    private static Reply malformed() {
        return Reply.json(400, NotionErrors.body(400, "invalid_json", "Error parsing JSON body."));
    }

    @Override
    public Reply serverError(int status) {
        return stamped(
                Reply.json(status, NotionErrors.body(status, NotionErrors.code(status), "Unexpected error occurred.")));
    }

    @Override
    public Reply rateLimited(@Nullable Integer retryAfterSeconds) {
        return stamped(limits.limited(retryAfterSeconds));
    }

    @Override
    public Reply unauthorized() {
        return stamped(Reply.json(401, NotionErrors.body(401, "unauthorized", "API token is invalid.")));
    }

    @Override
    public Reply notJson(String message) {
        return stamped(malformed());
    }

    @Override
    public Reply special(Fault fault) {
        return switch (fault.kind()) {
            case CONFLICT -> stamped(NotionErrors.conflict().reply());
            case OVERLOADED -> {
                Integer asked = fault.retryAfter();
                long seconds = asked == null ? parts.dials().whole("faults.overloaded_seconds") : asked;
                yield serverError(529).with("Retry-After", String.valueOf(seconds));
            }
            // What stands in front of the API does not know its ids.
            case BLOCKED ->
                new Reply(
                        403,
                        Map.of("Content-Type", "text/html", "cf-ray", "8f0000000000abcd-CGK"),
                        "<html><head><title>Attention Required! | Cloudflare</title></head></html>"
                                .getBytes(StandardCharsets.UTF_8),
                        Reply.Fate.SENT);
            default ->
                throw new IllegalArgumentException(
                        "Notion has no fault " + fault.kind().word());
        };
    }
}
