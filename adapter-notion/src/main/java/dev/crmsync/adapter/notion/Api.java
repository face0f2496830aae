package dev.crmsync.adapter.notion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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

/** Notion's API as the other parts of the adapter call it: version, credentials, pacing marks and faults in one place. */
final class Api {
    /** The version that is spoken: data sources, {@code in_trash} and {@code position}. */
    static final String VERSION = "2026-03-11";

    private final String system;
    private final HttpApi http;

    private Api(String system, HttpApi http) {
        this.system = system;
        this.http = http;
    }

    static Api of(AdapterConfig config, Settings settings) {
        return new Api(
                config.system(),
                HttpApi.at(config.system(), settings.baseUrl())
                        .bearer(Settings.TOKEN, config.secret(Settings.TOKEN))
                        .header("Notion-Version", VERSION)
                        .timeouts(Duration.ofSeconds(10), settings.timeout())
                        .clock(config.clock())
                        .errors(body -> VendorError.of(body.path("code"), JsonNodeFactory.instance.missingNode()))
                        .quotas(Limits::read, config.quotas())
                        .build());
    }

    /** The system's name in its sync. */
    String system() {
        return system;
    }

    /** Makes one attempt; what came back is for the caller to judge. */
    HttpReply send(HttpCall call) {
        return http.send(call.spending(Limits.CONNECTION));
    }

    /** Makes a call that changes nothing and must succeed. */
    HttpAnswer read(HttpCall call) {
        HttpReply reply = send(call);
        if (reply instanceof HttpAnswer answer && succeeded(answer)) {
            return answer;
        }
        throw fault(reply);
    }

    /** Makes a call that changes nothing; empty when Notion itself, and no proxy, says that there is no such thing here. */
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

    /** Whether Notion says that there is no such thing, or none that is shared with this connection. */
    static boolean missing(HttpAnswer answer) {
        return answer.status() == 404 && answer.error().is("object_not_found");
    }

    static boolean succeeded(HttpAnswer answer) {
        return answer.ok() && answer.json().isPresent();
    }

    /** What to throw for a call that did not succeed. */
    static SyncException fault(HttpReply reply) {
        if (!(reply instanceof HttpAnswer answer)) {
            return HttpFaults.ofRead(reply);
        }
        SyncException fault;
        if (Limits.putOff(answer)) {
            fault = told(Kind.RATE_LIMITED, answer, "; it is tried again later");
        } else if (answer.status() == 403 && answer.error().is("restricted_resource")) {
            fault = told(Kind.AUTH, answer, "; give the connection the capability that this call needs");
        } else if (answer.status() == 409 && answer.json().isPresent()) {
            fault = told(Kind.TRANSIENT, answer, "; somebody else was saving, it is tried again");
        } else {
            fault = HttpFaults.ofRead(answer);
        }
        return answer.retryAfter().map(fault::withRetryAfter).orElse(fault);
    }

    private static SyncException told(Kind kind, HttpAnswer answer, String why) {
        return SyncException.of(kind, answer + why).inSystem(answer.system());
    }

    /**
     * Makes a call about a data source that changes nothing and must succeed.
     *
     * @throws SyncException of kind AUTH when the data source is not there for us
     */
    HttpAnswer within(String dataSource, HttpCall call) {
        HttpReply reply = send(call);
        if (reply instanceof HttpAnswer answer && missing(answer)) {
            throw notShared(answer, dataSource);
        } else if (reply instanceof HttpAnswer answer && succeeded(answer)) {
            return answer;
        }
        throw fault(reply);
    }

    /** What to throw when a data source is not there for us: nothing of it can be read or written until it is shared. */
    SyncException notShared(HttpAnswer answer, String dataSource) {
        return SyncException.of(
                        Kind.AUTH,
                        answer + "; share the database of data source " + dataSource
                                + " with the connection, or correct its id, then resume the system")
                .inSystem(system);
    }

    /** The body of an answer that has one. */
    static JsonNode body(HttpAnswer answer) {
        return answer.json().orElseThrow(() -> HttpFaults.ofRead(answer));
    }
}
