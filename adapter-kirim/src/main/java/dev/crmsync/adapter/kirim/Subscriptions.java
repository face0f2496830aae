package dev.crmsync.adapter.kirim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.http.HttpAnswer;
import dev.crmsync.http.HttpCall;
import dev.crmsync.http.HttpReply;
import dev.crmsync.http.Json;
import dev.crmsync.http.Signatures;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.AdapterConfig;
import dev.crmsync.spi.adapter.ManagesSubscriptions.Subscription;
import dev.crmsync.spi.adapter.SecretSink;
import dev.crmsync.spi.adapter.SecretSource;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Conversation;
import dev.crmsync.spi.field.Message;
import dev.crmsync.spi.model.Bytes;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Manages the organisation's webhook subscriptions. A secret is shown once, in the answer to the call that made it; when
 * that answer was lost, the next call finds a subscription whose secret nobody knows, and asks for a further one.
 *
 * @see <a href="https://developers.kirim.chat/webhooks/signing/">Kirim: signing</a>
 */
final class Subscriptions {
    /** The events of each type that a sync may follow. Who attends to a conversation is all that is told of users. */
    private static final Map<String, List<String>> EVENTS = Map.of(
            Contact.TYPE, List.of("contact.created", "contact.updated"),
            Conversation.TYPE, List.of("conversation.assigned", "conversation.closed"),
            Message.TYPE, List.of("message.received", "message.sent"));

    private static final String PATH = "/webhook_subscriptions";
    private static final String ACTIVE = "active";
    private static final int MOST_PAGES = 100;
    private static final Duration OVERLAP = Duration.ofHours(24);

    private final String system;
    private final Api api;
    private final SecretSource known;
    private final SecretSink sink;
    private final InstantSource clock;

    Subscriptions(AdapterConfig config, Api api, SecretSource known) {
        this.system = config.system();
        this.api = api;
        this.known = known;
        this.sink = config.secretSink();
        this.clock = config.clock();
    }

    /** The events that tell of these types, in order. */
    static List<String> events(Collection<String> types) {
        return new TreeSet<>(types)
                .stream()
                        .flatMap(type -> EVENTS.getOrDefault(type, List.of()).stream())
                        .toList();
    }

    Subscription subscribe(URI target, List<String> events) {
        Optional<Subscription> present = at(target);
        if (present.isEmpty()) {
            return make(target, events);
        }
        Subscription current = upToDate(present.get(), events);
        if (known.current().stream().allMatch(String::isBlank)) {
            rotateSecret(current.id(), OVERLAP);
        }
        return current;
    }

    /** The subscription of an address; of several, which only people can have made, one that delivers. */
    Optional<Subscription> at(URI target) {
        List<Subscription> same = list().stream()
                .filter(one -> one.target().normalize().equals(target.normalize()))
                .toList();
        return same.stream()
                .filter(Subscription::active)
                .findFirst()
                .or(() -> same.stream().findFirst());
    }

    /** Whether it delivers all that the sync follows. */
    static boolean delivers(Subscription subscription, List<String> events) {
        return subscription.active() && subscription.events().containsAll(events);
    }

    private Subscription make(URI target, List<String> events) {
        ObjectNode body = Json.object().put("url", target.toString()).put("description", "crm-sync");
        events.forEach(body.putArray("events")::add);
        HttpAnswer answer = post(HttpCall.post(PATH), body);
        JsonNode data = Api.data(answer);
        String id = id(data, answer);
        Optional<String> secret = secret(data);
        if (secret.isPresent()) {
            sink.store(system, Settings.WEBHOOK_SECRET, secret.get());
        } else {
            rotateSecret(id, OVERLAP);
        }
        return subscription(data).orElseGet(() -> new Subscription(id, target, events, true));
    }

    private Subscription upToDate(Subscription present, List<String> wanted) {
        if (delivers(present, wanted)) {
            return present;
        }
        TreeSet<String> events = new TreeSet<>(present.events());
        events.addAll(wanted);
        ObjectNode body = Json.object().put("status", ACTIVE);
        ArrayNode list = body.putArray("events");
        events.forEach(list::add);
        HttpAnswer answer =
                api.need(HttpCall.patch(PATH + "/{id}", present.id()).body(body));
        return subscription(Api.data(answer))
                .orElseGet(() -> new Subscription(present.id(), present.target(), List.copyOf(events), true));
    }

    List<Subscription> list() {
        List<Subscription> found = new ArrayList<>();
        String cursor = "";
        for (int page = 0; page < MOST_PAGES; page++) {
            HttpCall call = HttpCall.get(PATH).query("limit", "100");
            HttpAnswer answer = api.need(cursor.isEmpty() ? call : call.query("cursor", cursor));
            JsonNode body = Api.body(answer);
            if (!body.path("data").isArray()) {
                throw SyncException.of(Kind.TRANSIENT, answer + " without a list of subscriptions; it is tried again")
                        .inSystem(system);
            }
            body.path("data").forEach(row -> subscription(row).ifPresent(found::add));
            String next = body.path("next_cursor").textValue();
            if (!body.path("has_more").asBoolean(false) || next == null || next.isEmpty()) {
                return found;
            }
            cursor = next;
        }
        // To make another one now might make a second one for the same address.
        throw SyncException.of(
                        Kind.PERMANENT,
                        "system " + system
                                + ": the list of webhook subscriptions does not end; delete old ones in Kirim")
                .inSystem(system);
    }

    void rotateSecret(String id, Duration overlap) {
        long hours = Math.max(1, overlap.plus(Duration.ofHours(1)).minusNanos(1).toHours());
        HttpAnswer answer =
                post(HttpCall.post(PATH + "/{id}/secrets", id), Json.object().put("expires_in_hours", hours));
        String secret = secret(Api.data(answer))
                .orElseThrow(() -> SyncException.of(
                                Kind.PERMANENT,
                                answer + " without the new secret; make one in Kirim and supply it as "
                                        + Settings.WEBHOOK_SECRET)
                        .inSystem(system));
        sink.store(system, Settings.WEBHOOK_SECRET, secret);
    }

    void unsubscribe(String id) {
        HttpReply reply = api.send(HttpCall.delete(PATH + "/{id}", id));
        boolean gone = reply instanceof HttpAnswer answer && (answer.ok() || Api.missing(answer));
        if (!gone) {
            throw Api.fault(reply);
        }
    }

    /** A key of its own for each call: to ask again is to ask for something new, for an old secret is shown once only. */
    private HttpAnswer post(HttpCall call, ObjectNode body) {
        Bytes asked = Bytes.utf8(call + "\n" + clock.instant());
        return api.need(
                call.body(body).header("Idempotency-Key", Signatures.hex(Signatures.sha256(asked, Json.bytes(body)))));
    }

    private static String id(JsonNode data, HttpAnswer answer) {
        String id = data.path("id").textValue();
        if (id == null || id.isEmpty()) {
            throw SyncException.of(Kind.TRANSIENT, answer + " without the subscription's id; it is tried again")
                    .inSystem(answer.system());
        }
        return id;
    }

    /** The documentation names the field for a first secret, and none for a further one. */
    private static Optional<String> secret(JsonNode data) {
        for (String field : List.of("initial_secret", "secret", "value")) {
            String secret = data.path(field).textValue();
            if (secret != null && !secret.isBlank()) {
                return Optional.of(secret);
            }
        }
        return Optional.empty();
    }

    private static Optional<Subscription> subscription(JsonNode row) {
        String id = row.path("id").textValue();
        String url = row.path("url").textValue();
        if (id == null || id.isEmpty() || url == null) {
            return Optional.empty();
        }
        List<String> events = new ArrayList<>();
        row.path("events").forEach(event -> events.add(event.asText("")));
        try {
            boolean active = row.path("status").asText("").equals(ACTIVE);
            return Optional.of(new Subscription(id, URI.create(url), events, active));
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }
}
