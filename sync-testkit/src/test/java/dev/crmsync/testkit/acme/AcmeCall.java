package dev.crmsync.testkit.acme;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Outcome.Rejection;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One attempt at a call of Acme's API, and what it means when it fails. */
final class AcmeCall {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI base;
    private final String token;

    AcmeCall(URI base, String token) {
        this.base = base;
        this.token = token;
    }

    /** An answer; status 0 when there is none. */
    record Reply(
            int status, boolean form, String text, @Nullable Duration retryAfter) {
        boolean fine() {
            return status == 200 && form;
        }

        Map<String, String> values() {
            return Form.read(text);
        }

        List<Map<String, String>> lines() {
            return Form.lines(text);
        }
    }

    Reply send(String method, String path, @Nullable String body, @Nullable String key) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Authorization", "Bearer " + token)
                .timeout(Duration.ofSeconds(60));
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        request.method(
                method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        try {
            HttpResponse<String> answer = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            boolean form = answer.headers()
                    .firstValue("Content-Type")
                    .filter("application/x-www-form-urlencoded"::equals)
                    .isPresent();
            Optional<Duration> delay =
                    answer.headers().firstValue("Retry-After").map(text -> Duration.ofSeconds(Long.parseLong(text)));
            return new Reply(answer.statusCode(), form, answer.body(), delay.orElse(null));
        } catch (IOException lost) {
            return new Reply(0, false, "", null);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Reply(0, false, "", null);
        }
    }

    /** A reply that may be 404 or 410, too; throws for any other that is not fine. */
    Reply get(String path) {
        Reply reply = send("GET", path, null, null);
        if (reply.fine() || (reply.form() && (reply.status() == 404 || reply.status() == 410))) {
            return reply;
        }
        throw fault(reply);
    }

    static SyncException fault(Reply reply) {
        Kind kind = switch (reply.status()) {
            case 401 -> Kind.AUTH;
            case 429 -> Kind.RATE_LIMITED;
            case 400 -> Kind.VALIDATION;
            default -> Kind.TRANSIENT;
        };
        SyncException fault = SyncException.of(kind, "Acme answered " + reply.status() + "; it is tried again");
        return reply.retryAfter() == null ? fault : fault.withRetryAfter(reply.retryAfter());
    }

    static Outcome failed(Reply reply) {
        if (reply.status() == 401 && reply.form()) {
            throw fault(reply);
        } else if (reply.status() == 429 && reply.form()) {
            return new Outcome.Deferred(reply.retryAfter(), null, "Acme asks to wait");
        } else if (!reply.form() || reply.status() >= 500) {
            return new Outcome.Unknown("Acme answered " + reply.status());
        }
        return rejected(String.valueOf(reply.status()), reply.values());
    }

    static Outcome rejected(String status, Map<String, String> values) {
        Rejection kind = switch (status) {
            case "404" -> Rejection.NOT_FOUND;
            case "409" -> Rejection.KEY_REUSED;
            default -> Rejection.INVALID;
        };
        String property = values.getOrDefault("property", "");
        return new Outcome.Rejected(
                kind, property.isEmpty() ? null : property, null, "Acme refused it: " + values.get("why"));
    }
}
