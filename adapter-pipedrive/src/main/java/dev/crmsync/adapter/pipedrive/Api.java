package dev.crmsync.adapter.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.http.HttpAnswer;
import dev.crmsync.http.HttpApi;
import dev.crmsync.http.HttpCall;
import dev.crmsync.http.HttpFaults;
import dev.crmsync.http.HttpReply;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.AdapterConfig;
import dev.crmsync.spi.adapter.SecretSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Pipedrive's API as the other parts of the adapter call it: credentials, pacing marks and faults in one place. */
final class Api {
    private static final Pattern HEADER_SAFE = Pattern.compile("[\\x21-\\x7e]+");

    private final String system;
    private final HttpApi http;
    private final @Nullable SecretSource token;

    private Api(String system, HttpApi http, @Nullable SecretSource token) {
        this.system = system;
        this.http = http;
        this.token = token;
    }

    static Api of(AdapterConfig config, Settings settings) {
        SecretSource token = config.secret(Settings.TOKEN);
        HttpApi.Builder http = HttpApi.at(config.system(), settings.baseUrl())
                .timeouts(Duration.ofSeconds(10), settings.timeout())
                .clock(config.clock())
                .errors(Refusal::vendorError)
                .quotas(Limits::read, config.quotas());
        return settings.oauth()
                ? new Api(config.system(), http.bearer(Settings.TOKEN, token).build(), null)
                : new Api(config.system(), http.build(), token);
    }

    /** The system's name in its sync. */
    String system() {
        return system;
    }

    /** Makes one attempt; what came back is for the caller to judge. */
    HttpReply send(HttpCall call) {
        HttpCall paced = call.quota().isPresent() ? call : call.spending(Limits.BURST);
        return http.send(token == null ? paced : paced.header("x-api-token", secret(token)));
    }

    private String secret(SecretSource source) {
        List<String> current = source.current();
        if (current.isEmpty() || current.get(0).isBlank()) {
            throw SyncException.of(
                            Kind.AUTH, "system " + system + ": the secret '" + Settings.TOKEN + "' is not known yet")
                    .inSystem(system)
                    .about(Settings.TOKEN);
        }
        // The client would put a malformed header's value into its message.
        if (!HEADER_SAFE.matcher(current.get(0)).matches()) {
            throw SyncException.configuration("system " + system + ": the secret '" + Settings.TOKEN
                            + "' holds blanks or characters that a header cannot carry; check how it is supplied")
                    .inSystem(system)
                    .about(Settings.TOKEN);
        }
        return current.get(0);
    }

    /** Makes a call that changes nothing and must succeed. */
    HttpAnswer read(HttpCall call) {
        HttpReply reply = send(call);
        if (reply instanceof HttpAnswer answer && succeeded(answer)) {
            return answer;
        }
        throw fault(reply);
    }

    /** Makes a call that changes nothing; empty when Pipedrive itself, and no proxy, says that there is no such thing. */
    Optional<HttpAnswer> find(HttpCall call) {
        HttpReply reply = send(call);
        if (reply instanceof HttpAnswer answer) {
            if (missing(answer)) {
                return Optional.empty();
            } else if (succeeded(answer)) {
                return Optional.of(answer);
            }
        }
        throw fault(reply);
    }

    /**
     * Reads a record; empty when Pipedrive itself says that there is none. It may say so with 410, which is also its word for a part of
     * its API that it serves no longer: then the list of such records is answered alike.
     */
    Optional<HttpAnswer> record(ObjectKind kind, String id) {
        HttpReply reply = send(HttpCall.get(kind.path("/{id}"), id));
        if (!(reply instanceof HttpAnswer answer)) {
            throw fault(reply);
        } else if (succeeded(answer)) {
            return Optional.of(answer);
        } else if (answer.status() == 410 && answer.json().isPresent()) {
            read(HttpCall.get(kind.path("")).query("limit", "1"));
            return Optional.empty();
        } else if (missing(answer)) {
            return Optional.empty();
        }
        throw fault(answer);
    }

    /** Whether Pipedrive itself says that there is no such thing, or none that this user may see. */
    static boolean missing(HttpAnswer answer) {
        return answer.status() == 404 && answer.json().isPresent();
    }

    /** Whether an answer is a success by its status and by its own word. */
    static boolean succeeded(HttpAnswer answer) {
        return answer.ok()
                && answer.json()
                        .filter(body -> body.path("success").asBoolean(true))
                        .isPresent();
    }

    /** What to throw for a call that did not succeed. */
    static SyncException fault(HttpReply reply) {
        if (!(reply instanceof HttpAnswer answer)) {
            return HttpFaults.ofRead(reply);
        }
        SyncException fault;
        if (Limits.banned(answer)) {
            fault = told(Kind.RATE_LIMITED, answer, " with a page of its firewall: limits were passed over");
        } else if (answer.status() == 402) {
            fault = told(Kind.AUTH, answer, "; the company's trial has ended, or a payment is due");
        } else if (answer.status() == 410 && answer.json().isPresent()) {
            fault = told(Kind.PERMANENT, answer, "; Pipedrive serves this part of its API no longer");
        } else if (scopeMissing(answer)) {
            fault = told(Kind.AUTH, answer, "; give the app the scope that this call needs");
        } else {
            fault = HttpFaults.ofRead(answer);
        }
        return Limits.delay(answer).map(fault::withRetryAfter).orElse(fault);
    }

    private static SyncException told(Kind kind, HttpAnswer answer, String why) {
        return SyncException.of(kind, answer + why).inSystem(answer.system());
    }

    /** Whether the answer says that nobody may do this with this token, so that no other record fares better. */
    static boolean unauthorised(HttpAnswer answer) {
        return answer.status() == 401 || answer.status() == 402 || scopeMissing(answer);
    }

    private static boolean scopeMissing(HttpAnswer answer) {
        return answer.status() == 403 && answer.error().is(Refusal.SCOPE);
    }

    /** The body of an answer that has one. */
    static JsonNode body(HttpAnswer answer) {
        return answer.json().orElseThrow(() -> HttpFaults.ofRead(answer));
    }

    /** What an answer is about. */
    static JsonNode data(HttpAnswer answer) {
        return body(answer).path("data");
    }
}
