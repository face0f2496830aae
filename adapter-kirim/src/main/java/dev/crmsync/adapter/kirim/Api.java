package dev.crmsync.adapter.kirim;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.http.HttpAnswer;
import dev.crmsync.http.HttpApi;
import dev.crmsync.http.HttpCall;
import dev.crmsync.http.HttpFaults;
import dev.crmsync.http.HttpReply;
import dev.crmsync.http.VendorError;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.AdapterConfig;
import java.time.Duration;
import java.util.Optional;

/** Kirim's API as the other parts of the adapter call it: credentials, budgets and faults in one place. */
final class Api {
    static final String NOT_FOUND = "resource_not_found";
    static final String INVALID_CURSOR = "invalid_cursor";

    private final HttpApi http;
    private final String phoneNumberId;

    private Api(HttpApi http, String phoneNumberId) {
        this.http = http;
        this.phoneNumberId = phoneNumberId;
    }

    static Api of(AdapterConfig config, Settings settings) {
        HttpApi http = HttpApi.at(config.system(), settings.baseUrl())
                .bearer(Settings.API_KEY, config.secret(Settings.API_KEY))
                .timeouts(Duration.ofSeconds(10), settings.timeout())
                .clock(config.clock())
                .errors(body -> VendorError.of(
                        body.path("error").path("code"), body.path("error").path("param")))
                .quotas(Limits.HEADERS, config.quotas())
                .build();
        return new Api(http, settings.phoneNumberId());
    }

    /** The segment below which the contacts stand. */
    String phoneNumberId() {
        return phoneNumberId;
    }

    /** Makes one attempt; what came back is for the caller to judge. */
    HttpReply send(HttpCall call) {
        return http.send(call.spending(call.writes() ? Limits.WRITE : Limits.READ));
    }

    /** Makes a call whose answer, a JSON value, is needed; what a lost answer means is for the caller to know. */
    HttpAnswer need(HttpCall call) {
        HttpReply reply = send(call);
        if (reply instanceof HttpAnswer answer && answer.ok() && answer.json().isPresent()) {
            return answer;
        }
        throw fault(reply);
    }

    /** Makes such a call; empty when Kirim itself, and no proxy, says that there is no such thing. */
    Optional<HttpAnswer> find(HttpCall call) {
        HttpReply reply = send(call);
        if (reply instanceof HttpAnswer answer && missing(answer)) {
            return Optional.empty();
        } else if (reply instanceof HttpAnswer answer
                && answer.ok()
                && answer.json().isPresent()) {
            return Optional.of(answer);
        }
        throw fault(reply);
    }

    /** What to throw for a call that did not succeed. */
    static SyncException fault(HttpReply reply) {
        if (reply instanceof HttpAnswer answer && locked(answer)) {
            return SyncException.of(Kind.AUTH, answer + "; check the phone number and its connection in Kirim")
                    .inSystem(answer.system());
        }
        return HttpFaults.ofRead(reply);
    }

    /** Whether Kirim says that there is no such thing, at least none that this key can see. */
    static boolean missing(HttpAnswer answer) {
        return answer.status() == 404 && answer.error().is(NOT_FOUND);
    }

    /** Whether nobody may do this with this key and number, so that no other record fares better. */
    static boolean locked(HttpAnswer answer) {
        boolean refused = answer.status() >= 400 && answer.status() < 500;
        return refused
                && (answer.error().is("phone_number_forbidden")
                        || answer.error().is("account_not_connected"));
    }

    /** The body of an answer that has one. */
    static JsonNode body(HttpAnswer answer) {
        return answer.json().orElseThrow(() -> HttpFaults.ofRead(answer));
    }

    /** What the answer is about: {@code data}, or the whole where an edition of the API does not wrap it. */
    static JsonNode data(HttpAnswer answer) {
        JsonNode body = body(answer);
        return body.path("data").isMissingNode() ? body : body.path("data");
    }
}
