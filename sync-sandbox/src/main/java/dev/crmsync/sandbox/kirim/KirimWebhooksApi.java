package dev.crmsync.sandbox.kirim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Routes;
import dev.crmsync.sandbox.http.Routes.Call;
import dev.crmsync.sandbox.kirim.KirimState.Secret;
import dev.crmsync.sandbox.kirim.KirimState.Subscription;
import dev.crmsync.sandbox.webhook.Courier;
import dev.crmsync.sandbox.webhook.Delivery;
import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Kirim's endpoints for webhook subscriptions, their secrets, and deliveries. */
final class KirimWebhooksApi {
    private static final int REPLAY_MOST = 1000;

    private final Parts parts;
    private final KirimState state;
    private final KirimIds ids;
    private final KirimEvents events;
    private final Courier courier;
    private final KirimCursor cursors;

    KirimWebhooksApi(
            Parts parts, KirimState state, KirimIds ids, KirimEvents events, Courier courier, KirimCursor cursors) {
        this.parts = parts;
        this.state = state;
        this.ids = ids;
        this.events = events;
        this.courier = courier;
        this.cursors = cursors;
    }

    void addTo(Routes routes) {
        String subscriptions = "/v1/webhook_subscriptions";
        String deliveries = "/v1/webhook_deliveries";
        routes.on("GET", subscriptions, this::list)
                .on("POST", subscriptions, this::create)
                .on("GET", subscriptions + "/{id}", call -> shown(200, subscription(call)))
                .on("PATCH", subscriptions + "/{id}", this::patch)
                .on("DELETE", subscriptions + "/{id}", this::delete)
                .on("POST", subscriptions + "/{id}/secrets", this::rotate)
                .on("GET", deliveries, this::deliveries)
                .on("POST", deliveries + "/bulk_replay", this::bulkReplay)
                .on("POST", deliveries + "/{id}/replay", this::replay);
    }

    private Reply shown(int status, Subscription subscription) {
        return KirimContactsApi.data(
                status, KirimShapes.subscription(subscription, parts.clock().millis()));
    }

    private Reply list(Call call) {
        TreeMap<String, Subscription> rows = new TreeMap<>();
        state.subscriptions.values().forEach(s -> rows.put(KirimPage.key(s.createdAt, s.id), s));
        String filters = KirimPage.filters(call.request().path(), List.of());
        long now = parts.clock().millis();
        return Reply.json(
                200,
                KirimPage.of(call.request(), cursors, filters, rows, s -> true, s -> KirimShapes.subscription(s, now)));
    }

    private Reply create(Call call) {
        JsonNode body = call.request().json();
        Subscription subscription = new Subscription();
        subscription.url = url(body);
        subscription.events = eventTypes(body);
        subscription.description = KirimBook.text(body, "description");
        subscription.createdAt = parts.clock().millis();
        subscription.updatedAt = subscription.createdAt;
        subscription.id = ids.next("wbs");
        Secret secret = secret();
        subscription.secrets.add(secret);
        state.subscriptions.put(subscription.id, subscription);
        parts.changed().run();
        ObjectNode data = KirimShapes.subscription(subscription, subscription.createdAt);
        return KirimContactsApi.data(
                (int) parts.dials().whole("contacts.created_status"), data.put("initial_secret", secret.value));
    }

    private Reply patch(Call call) {
        Subscription subscription = subscription(call);
        JsonNode body = call.request().json();
        String url = body.has("url") ? url(body) : subscription.url;
        List<String> types = body.has("events") ? eventTypes(body) : subscription.events;
        String status = KirimBook.text(body, "status");
        if (status != null && !List.of("active", "disabled", "paused").contains(status)) {
            throw KirimErrors.badField("status", "status must be active, paused or disabled");
        }
        subscription.url = url;
        subscription.events = types;
        if (body.has("description")) {
            subscription.description = KirimBook.text(body, "description");
        }
        if (status != null) {
            subscription.status = status;
            subscription.failedInRow = 0;
        }
        subscription.updatedAt = parts.clock().millis();
        parts.changed().run();
        return shown(200, subscription);
    }

    private Reply delete(Call call) {
        Subscription subscription = subscription(call);
        state.subscriptions.remove(subscription.id);
        courier.end(d -> d.subscription.equals(subscription.id), "subscription deleted");
        return KirimContactsApi.data(
                200,
                Json.object()
                        .put("id", subscription.id)
                        .put("object", "webhook_subscription")
                        .put("deleted", true));
    }

    private Reply rotate(Call call) {
        Subscription subscription = subscription(call);
        JsonNode hours = call.request().json().path("expires_in_hours");
        if (!hours.isMissingNode() && (!hours.isNumber() || hours.asDouble() < 0)) {
            throw KirimErrors.badField("expires_in_hours", "expires_in_hours must be a number");
        }
        long now = parts.clock().millis();
        long end = now + Math.round(hours.asDouble(24) * 3_600_000);
        for (Secret old : subscription.secrets) {
            old.expiresAt = old.expiresAt == 0 ? end : Math.min(old.expiresAt, end);
        }
        subscription.secrets.removeIf(s -> !s.active(now));
        Secret secret = secret();
        subscription.secrets.add(secret);
        subscription.updatedAt = now;
        parts.changed().run();
        ObjectNode data = KirimShapes.secret(secret).put("object", "webhook_secret");
        // The facts do not name the field, so it is given under both likely names.
        return KirimContactsApi.data(
                (int) parts.dials().whole("contacts.created_status"),
                data.put("secret", secret.value).put("initial_secret", secret.value));
    }

    private Reply deliveries(Call call) {
        String subscription = call.request().query("subscription_id");
        String status = call.request().query("status");
        String type = call.request().query("event_type");
        TreeMap<String, Delivery> rows = new TreeMap<>();
        courier.deliveries(d -> (subscription == null || d.subscription.equals(subscription))
                        && (status == null || word(d).equals(status))
                        && (type == null || d.type.equals(type)))
                .forEach(d -> rows.put(KirimPage.key(d.createdAt, d.id), d));
        String filters = KirimPage.filters(call.request().path(), Arrays.asList(subscription, status, type));
        return Reply.json(
                200,
                KirimPage.of(call.request(), cursors, filters, rows.descendingMap(), d -> true, KirimShapes::delivery));
    }

    private Reply replay(Call call) {
        Delivery old = courier.find(call.param("id"));
        if (old == null) {
            throw KirimErrors.notFound();
        }
        Delivery replayed = events.replay(old);
        return KirimContactsApi.data(
                200,
                Json.object()
                        .put("id", replayed.id)
                        .put("object", "webhook_delivery")
                        .put("replayed_from", old.id)
                        .put("status", "pending"));
    }

    private Reply bulkReplay(Call call) {
        JsonNode body = call.request().json();
        String subscription = KirimBook.text(body, "subscription_id");
        String status = KirimBook.text(body, "status");
        String type = KirimBook.text(body, "event_type");
        long after = time(body, "created_after", Long.MIN_VALUE);
        long before = time(body, "created_before", Long.MAX_VALUE);
        String wanted = status == null ? "dead" : status;
        if (!wanted.equals("failed") && !wanted.equals("dead")) {
            throw KirimErrors.badField("status", "status must be failed or dead");
        }
        List<Delivery> found = courier.deliveries(d -> word(d).equals(wanted)
                && (subscription == null || d.subscription.equals(subscription))
                && (type == null || d.type.equals(type))
                && d.createdAt > after
                && d.createdAt < before);
        found.stream().limit(REPLAY_MOST).forEach(events::replay);
        return KirimContactsApi.data(
                200,
                Json.object()
                        .put("enqueued", Math.min(found.size(), REPLAY_MOST))
                        .put("capped", found.size() > REPLAY_MOST));
    }

    private static String word(Delivery delivery) {
        return delivery.status.name().toLowerCase(Locale.ROOT);
    }

    private static long time(JsonNode body, String field, long otherwise) {
        String value = KirimBook.text(body, field);
        try {
            return value == null ? otherwise : Instant.parse(value).toEpochMilli();
        } catch (DateTimeParseException e) {
            throw KirimErrors.badField(field, field + " must be ISO 8601 UTC");
        }
    }

    private Secret secret() {
        Secret secret = new Secret();
        secret.createdAt = parts.clock().millis();
        secret.id = ids.next("sec");
        secret.value = ids.secret();
        return secret;
    }

    private Subscription subscription(Call call) {
        Subscription subscription = state.subscriptions.get(call.param("id"));
        if (subscription == null) {
            throw KirimErrors.notFound();
        }
        return subscription;
    }

    private static String url(JsonNode body) {
        String url = KirimBook.text(body, "url");
        if (url == null) {
            throw KirimErrors.missing("url");
        }
        if (!allowed(url)) {
            throw KirimErrors.invalid("invalid_webhook_url", "url must be HTTPS", "url");
        }
        return url;
    }

    /** HTTPS anywhere; plain HTTP on loopback only, which the real vendor would refuse. */
    private static boolean allowed(String url) {
        try {
            URI uri = URI.create(url);
            @Nullable String host = uri.getHost();
            return host != null
                    && ("https".equals(uri.getScheme())
                            || ("http".equals(uri.getScheme())
                                    && List.of("127.0.0.1", "localhost", "[::1]")
                                            .contains(host)));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static List<String> eventTypes(JsonNode body) {
        JsonNode events = body.path("events");
        if (!events.isArray() || events.isEmpty()) {
            throw KirimErrors.missing("events");
        }
        List<String> types = new ArrayList<>();
        events.forEach(e -> types.add(e.asText()));
        return types;
    }
}
