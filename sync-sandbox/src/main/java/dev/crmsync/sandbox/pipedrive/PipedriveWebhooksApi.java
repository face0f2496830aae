package dev.crmsync.sandbox.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Routes;
import dev.crmsync.sandbox.http.Routes.Call;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Webhook;
import dev.crmsync.sandbox.webhook.Address;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Webhooks and their health. Guarded by the stand-in's lock. */
final class PipedriveWebhooksApi {
    private static final Set<String> ACTIONS = Set.of("create", "change", "delete", "*");
    private static final Set<String> OBJECTS = Set.of(
            "activity", "deal", "lead", "note", "organization", "person", "pipeline", "product", "stage", "user", "*");

    private final Parts parts;
    private final PipedriveState state;
    private final long companyId;
    private final long tokenUser;

    PipedriveWebhooksApi(Parts parts, PipedriveState state, long companyId, long tokenUser) {
        this.parts = parts;
        this.state = state;
        this.companyId = companyId;
        this.tokenUser = tokenUser;
    }

    void addTo(Routes routes) {
        for (String base : PipedrivePaths.v1("webhooks")) {
            routes.on("GET", base, this::list)
                    .on("POST", base, this::create)
                    .on("DELETE", base + "/{id}", this::delete);
        }
    }

    private Reply list(Call call) {
        return Reply.json(200, told(dump()));
    }

    /** All of them, as the API shows them. */
    ArrayNode dump() {
        ArrayNode data = Json.array();
        state.webhooks.values().forEach(one -> data.add(shown(one)));
        return data;
    }

    private static ObjectNode told(JsonNode data) {
        return Json.object().put("success", true).put("status", "ok").set("data", data);
    }

    private Reply create(Call call) {
        JsonNode body = call.request().json();
        Webhook webhook = new Webhook();
        webhook.name = needed(body, "name");
        webhook.url = url(needed(body, "subscription_url"));
        webhook.action = among(body, "event_action", ACTIONS);
        webhook.object = among(body, "event_object", OBJECTS);
        if (!body.path("version").asText("2.0").equals("2.0")) {
            throw PipedriveErrors.webhook(400, "version", "only 2.0 is known here");
        }
        webhook.userId = body.hasNonNull("user_id") ? body.path("user_id").asLong() : tokenUser;
        if (!state.users.containsKey(webhook.userId)) {
            throw PipedriveErrors.webhook(400, "user_id", "there is no such user");
        }
        webhook.authUser = text(body, "http_auth_user");
        webhook.authPassword = text(body, "http_auth_password");
        long held = state.webhooks.values().stream()
                .filter(one -> one.active() && one.ownerId == tokenUser)
                .count();
        if (held >= parts.dials().whole("webhooks.most")) {
            throw PipedriveErrors.webhook(422, "webhooks", "The limit of webhooks is reached");
        }
        webhook.id = state.next("webhook");
        webhook.ownerId = tokenUser;
        webhook.addTime = parts.clock().millis();
        state.webhooks.put(webhook.id, webhook);
        parts.changed().run();
        return Reply.json(201, told(shown(webhook)));
    }

    private Reply delete(Call call) {
        Webhook webhook = state.webhooks.get(number(call.param("id")));
        if (webhook == null || !webhook.active()) {
            throw PipedriveErrors.webhook(404, "id", "Webhook not found");
        }
        state.webhooks.remove(webhook.id);
        parts.changed().run();
        return Reply.json(200, Json.object().put("success", true).put("status", "ok"));
    }

    private static long number(String id) {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static String needed(JsonNode body, String key) {
        String text = body.path(key).asText("");
        if (text.isBlank()) {
            throw PipedriveErrors.webhook(400, key, "is required");
        }
        return text;
    }

    private static String among(JsonNode body, String key, Set<String> words) {
        String word = needed(body, key);
        if (!words.contains(word)) {
            throw PipedriveErrors.webhook(
                    400, key, "must be one of " + words.stream().sorted().toList());
        }
        return word;
    }

    /** Everything must be https, but for subscribers on this machine. */
    private static String url(String text) {
        if (Address.fits(text)) {
            return text;
        }
        throw PipedriveErrors.webhook(400, "subscription_url", "must be a valid https URL");
    }

    private static @Nullable String text(JsonNode body, String key) {
        return body.hasNonNull(key) ? body.path(key).asText() : null;
    }

    private ObjectNode shown(Webhook webhook) {
        return Json.object()
                .put("id", webhook.id)
                .put("company_id", companyId)
                .put("owner_id", webhook.ownerId)
                .put("user_id", webhook.userId)
                .put("admin_id", webhook.ownerId)
                .put("name", webhook.name)
                .put("event_action", webhook.action)
                .put("event_object", webhook.object)
                .put("subscription_url", webhook.url)
                .put("version", "2.0")
                .put("type", "general")
                .put("is_active", webhook.active() ? 1 : 0)
                .put("add_time", PipedriveTimes.millis(webhook.addTime))
                .put("remove_time", webhook.active() ? null : PipedriveTimes.millis(webhook.removeTime))
                .put("remove_reason", webhook.active() ? null : webhook.removeReason)
                .put(
                        "last_delivery_time",
                        webhook.lastDelivery == 0 ? null : PipedriveTimes.millis(webhook.lastDelivery))
                .put("last_http_status", webhook.lastDelivery == 0 ? null : (Integer) webhook.lastStatus)
                .put("http_auth_user", webhook.authUser)
                .put("http_auth_password", webhook.authPassword);
    }
}
