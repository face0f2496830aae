package dev.crmsync.sandbox.notion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.FrontDoor;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Routes;
import dev.crmsync.sandbox.http.Routes.Call;
import dev.crmsync.sandbox.http.Routes.Handler;
import dev.crmsync.sandbox.notion.NotionState.Subscription;
import dev.crmsync.sandbox.webhook.Address;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The integration's settings for webhooks, in which the real one has a person click and paste: there is no API for it. */
final class NotionWebhooksAdmin {
    /** Types that a subscription may name; nothing that people do here moves data sources or trashes databases. */
    private static final List<String> TYPES = List.of(
            "page.created",
            "page.content_updated",
            "page.properties_updated",
            "page.deleted",
            "page.undeleted",
            "page.moved",
            "page.locked",
            "page.unlocked",
            "data_source.created",
            "data_source.content_updated",
            "data_source.schema_updated",
            "data_source.moved",
            "data_source.deleted",
            "data_source.undeleted",
            "database.created",
            "database.moved",
            "database.deleted",
            "database.undeleted",
            "comment.created",
            "comment.updated",
            "comment.deleted");

    private final Parts parts;
    private final NotionState state;
    private final NotionIds ids;
    private final NotionEvents events;
    private final Object lock;

    NotionWebhooksAdmin(Parts parts, NotionState state, NotionIds ids, NotionEvents events, Object lock) {
        this.parts = parts;
        this.state = state;
        this.ids = ids;
        this.events = events;
        this.lock = lock;
    }

    void addTo(Routes routes) {
        String a = FrontDoor.ADMIN + "/webhooks";
        routes.on("GET", a, Handler.locked(lock, call -> list()))
                .on("POST", a, Handler.locked(lock, this::make))
                .on("PATCH", a + "/{id}", Handler.locked(lock, this::change))
                .on("POST", a + "/{id}/resend", Handler.locked(lock, this::resend))
                .on("POST", a + "/{id}/verify", Handler.locked(lock, this::verify))
                .on("DELETE", a + "/{id}", Handler.locked(lock, this::delete));
    }

    private Reply list() {
        ArrayNode all = Json.array();
        state.subscriptions.values().forEach(one -> all.add(shown(one)));
        return Reply.json(200, Json.object().put("count", all.size()).set("webhooks", all));
    }

    /** Makes a subscription and sends its token to the address at once. */
    private Reply make(Call call) {
        JsonNode body = call.request().json();
        Subscription subscription = new Subscription();
        subscription.url = url(body);
        subscription.events = types(body.path("events"));
        subscription.apiVersion = version(body);
        subscription.id = ids.fresh("subscription");
        subscription.token = NotionIdentity.secret(parts, "secret_", "verification", state.next("verification"));
        state.subscriptions.put(subscription.id, subscription);
        events.verify(subscription);
        parts.changed().run();
        return Reply.json(200, shown(subscription));
    }

    /** Changes events, pause and version at any time, the URL only before it was verified. */
    private Reply change(Call call) {
        Subscription subscription = present(call);
        JsonNode body = call.request().json();
        boolean pending = subscription.status.equals("pending");
        if (body.has("url")) {
            if (!pending) {
                throw new IllegalArgumentException("The URL can be changed only before it is verified");
            }
            subscription.url = url(body);
        }
        if (body.has("events")) {
            subscription.events = types(body.path("events"));
        }
        if (body.has("api_version")) {
            subscription.apiVersion = version(body);
        }
        if (body.has("paused")) {
            if (pending) {
                throw new IllegalArgumentException("Only a verified subscription can be paused");
            }
            subscription.status = body.path("paused").asBoolean() ? "paused" : "active";
        }
        parts.changed().run();
        return Reply.json(200, shown(subscription));
    }

    private Reply resend(Call call) {
        Subscription subscription = present(call);
        if (!subscription.status.equals("pending")) {
            throw new IllegalArgumentException("The subscription is verified already");
        }
        events.verify(subscription);
        return Reply.json(200, shown(subscription));
    }

    /** The token is pasted back. */
    private Reply verify(Call call) {
        Subscription subscription = present(call);
        String token = call.request().json().path("token").asText("");
        if (!token.equals(subscription.token)) {
            throw new IllegalArgumentException("The token is not the one that was sent");
        }
        if (subscription.status.equals("pending")) {
            subscription.status = "active";
        }
        parts.changed().run();
        return Reply.json(200, shown(subscription));
    }

    private Reply delete(Call call) {
        Subscription subscription = present(call);
        state.subscriptions.remove(subscription.id);
        parts.changed().run();
        return Reply.json(200, shown(subscription));
    }

    private Subscription present(Call call) {
        Subscription subscription = state.subscriptions.get(call.param("id"));
        if (subscription == null) {
            throw new IllegalArgumentException("There is no subscription " + call.param("id"));
        }
        return subscription;
    }

    private static String url(JsonNode body) {
        String url = body.path("url").asText("");
        if (!Address.fits(url)) {
            throw new IllegalArgumentException("url must be https, or http on this machine, not " + url);
        }
        return url;
    }

    /** The types that are named; all that there are when none is. */
    private static Set<String> types(JsonNode named) {
        Set<String> types = new LinkedHashSet<>();
        named.forEach(one -> types.add(one.asText()));
        if (!TYPES.containsAll(types)) {
            throw new IllegalArgumentException("events must be among " + TYPES + ", not " + types);
        }
        return types.isEmpty() ? new LinkedHashSet<>(TYPES) : types;
    }

    private static String version(JsonNode body) {
        String version = body.path("api_version").asText(NotionEdition.TRASH.date());
        if (NotionEdition.of(version) == null) {
            throw new IllegalArgumentException("api_version must be among " + NotionEdition.dates());
        }
        return version;
    }

    private static ObjectNode shown(Subscription subscription) {
        ObjectNode shown = Json.object()
                .put("id", subscription.id)
                .put("url", subscription.url)
                .put("status", subscription.status)
                .put("api_version", subscription.apiVersion)
                .put("verification_token", subscription.token);
        return shown.set("events", Json.tree(subscription.events));
    }
}
