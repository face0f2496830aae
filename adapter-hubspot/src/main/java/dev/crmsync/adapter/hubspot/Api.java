package dev.crmsync.adapter.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.http.HttpAnswer;
import dev.crmsync.http.HttpApi;
import dev.crmsync.http.HttpCall;
import dev.crmsync.http.HttpFaults;
import dev.crmsync.http.HttpReply;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.AdapterConfig;
import java.time.Duration;
import java.util.Optional;

/** HubSpot's API as the other parts of the adapter call it: paths, pacing marks and faults in one place. */
final class Api {
    /** Migration of an account to another data centre: answered for up to a day, with the seconds to wait. */
    private static final int MIGRATING = 477;

    private final HttpApi http;
    private final Settings settings;
    private final ObjectKind kind;

    private Api(HttpApi http, Settings settings, ObjectKind kind) {
        this.http = http;
        this.settings = settings;
        this.kind = kind;
    }

    static Api of(AdapterConfig config, Settings settings) {
        HttpApi http = HttpApi.at(config.system(), settings.baseUrl())
                .bearer(Settings.TOKEN, config.secret(Settings.TOKEN))
                .timeouts(Duration.ofSeconds(10), settings.timeout())
                .clock(config.clock())
                .errors(Refusal::vendorError)
                .quotas(Limits::read, config.quotas())
                .build();
        return new Api(http, settings, ObjectKind.CONTACT);
    }

    /** The same API, spoken to about objects of another kind. */
    Api about(ObjectKind other) {
        return new Api(http, settings, other);
    }

    /** The kind of objects that it is spoken to about. */
    ObjectKind kind() {
        return kind;
    }

    /** The path of the objects, with what follows it. */
    String objects(String rest) {
        return settings.objectsPath() + "/" + kind.plural() + rest;
    }

    /** The path of the properties of the objects, with what follows it. */
    String properties(String rest) {
        return settings.propertiesPath() + "/" + kind.plural() + rest;
    }

    /** The path of the associations of the objects with others, with what follows it. */
    String associations(ObjectKind.Link link, String rest) {
        return settings.associationsPath() + "/" + kind.plural() + "/" + link.to() + rest;
    }

    /** The path of the lists, with what follows it. */
    String lists(String rest) {
        return settings.listsPath() + rest;
    }

    /** The path of the owners, with what follows it. */
    String owners(String rest) {
        return settings.ownersPath() + rest;
    }

    /** The path of the pipelines of the objects. */
    String pipelines() {
        return settings.pipelinesPath() + "/" + kind.plural();
    }

    /** Makes one attempt; what came back is for the caller to judge. */
    HttpReply send(HttpCall call) {
        return http.send(call.quota().isPresent() ? call : call.spending(Limits.BURST));
    }

    /** Makes a call that changes nothing and must succeed. */
    HttpAnswer read(HttpCall call) {
        HttpReply reply = send(call);
        if (reply instanceof HttpAnswer answer && answer.ok() && answer.json().isPresent()) {
            return answer;
        }
        throw fault(reply);
    }

    /** Makes a call that changes nothing; empty when HubSpot itself, and no proxy, says that there is no such thing. */
    Optional<HttpAnswer> find(HttpCall call) {
        HttpReply reply = send(call);
        if (reply instanceof HttpAnswer answer) {
            if (answer.status() == 404 && answer.json().isPresent()) {
                return Optional.empty();
            } else if (answer.ok() && answer.json().isPresent()) {
                return Optional.of(answer);
            }
        }
        throw fault(reply);
    }

    /** What to throw for a call that did not succeed. */
    static SyncException fault(HttpReply reply) {
        if (!(reply instanceof HttpAnswer answer)) {
            return HttpFaults.ofRead(reply);
        }
        SyncException fault = answer.status() == MIGRATING
                ? SyncException.of(Kind.TRANSIENT, answer + "; HubSpot is moving the account, it is tried again")
                        .inSystem(answer.system())
                : HttpFaults.ofRead(answer);
        return Limits.delay(answer).map(fault::withRetryAfter).orElse(fault);
    }

    /** Whether the answer says that nobody may do this with this token, so that no other record fares better. */
    static boolean unauthorised(HttpAnswer answer) {
        return answer.status() == 401
                || answer.status() == 403 && answer.error().is("MISSING_SCOPES");
    }

    /** Whether HubSpot put the call off without looking at it. */
    static boolean putOff(HttpAnswer answer) {
        return answer.status() == 429 || answer.status() == 423 || answer.status() == MIGRATING;
    }

    /** The body of an answer that has one. */
    static JsonNode body(HttpAnswer answer) {
        return answer.json().orElseThrow(() -> HttpFaults.ofRead(answer));
    }
}
