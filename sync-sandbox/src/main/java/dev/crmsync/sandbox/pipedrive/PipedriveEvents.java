package dev.crmsync.sandbox.pipedrive;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Item;
import dev.crmsync.sandbox.pipedrive.PipedriveState.User;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Webhook;
import dev.crmsync.sandbox.webhook.Courier;
import dev.crmsync.sandbox.webhook.Delivery;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Turns changes into events of the second version, one for each webhook that asks for them. Guarded by the stand-in's lock. */
final class PipedriveEvents {
    private final Parts parts;
    private final PipedriveState state;
    private final PipedriveEventShapes shapes;
    private final PipedriveTeam team;
    private final Courier courier;
    private final long companyId;
    private final String host;

    PipedriveEvents(
            Parts parts,
            PipedriveState state,
            PipedriveEventShapes shapes,
            PipedriveTeam team,
            Courier courier,
            long companyId,
            String host) {
        this.parts = parts;
        this.state = state;
        this.shapes = shapes;
        this.team = team;
        this.courier = courier;
        this.companyId = companyId;
        this.host = host;
    }

    void created(PipedriveKind kind, Item item, PipedriveOrigin origin) {
        emit(kind, item, "create", origin, meta -> {}, shapes.data(kind, item, true), null);
    }

    void changed(
            PipedriveKind kind, Item item, ObjectNode previous, PipedriveOrigin origin, @Nullable Item mergedFrom) {
        Consumer<ObjectNode> more = meta -> {
            if (mergedFrom != null) {
                meta.put("merged_from_id", mergedFrom.id);
            }
        };
        emit(kind, item, "change", origin, more, shapes.data(kind, item, false), previous);
    }

    void deleted(PipedriveKind kind, Item item, ObjectNode last, PipedriveOrigin origin, @Nullable Item mergedTo) {
        Consumer<ObjectNode> more = meta -> {
            if (mergedTo != null) {
                meta.put("merged_to_id", mergedTo.id);
            }
        };
        emit(kind, item, "delete", origin, more, null, last);
    }

    /** The old values of what changed, as events tell them. */
    ObjectNode previous(PipedriveKind kind, Item item, ObjectNode before, long updatedBefore) {
        return shapes.previous(kind, item, before, updatedBefore);
    }

    /** A record as events tell it. */
    ObjectNode shown(PipedriveKind kind, Item item) {
        return shapes.data(kind, item, false);
    }

    private void emit(
            PipedriveKind kind,
            Item item,
            String action,
            PipedriveOrigin origin,
            Consumer<ObjectNode> more,
            @Nullable ObjectNode data,
            @Nullable ObjectNode previous) {
        long now = parts.clock().millis();
        String correlation = uuid("correlation");
        for (Webhook webhook : state.webhooks.values()) {
            // What happens during a ban is lost, not late.
            boolean wanted = webhook.active() && webhook.bannedUntil <= now && fits(webhook, kind, action);
            if (wanted && mayTell(webhook, item)) {
                ObjectNode body = Json.object();
                ObjectNode meta = meta(webhook, kind, item, action, origin, correlation);
                more.accept(meta);
                body.set("meta", meta);
                body.set("data", data == null ? Json.MAPPER.nullNode() : data);
                body.set("previous", previous == null ? Json.MAPPER.nullNode() : previous);
                send(webhook, action + "." + kind.word(), body);
            }
        }
    }

    private static boolean fits(Webhook webhook, PipedriveKind kind, String action) {
        return (webhook.action.equals("*") || webhook.action.equals(action))
                && (webhook.object.equals("*") || webhook.object.equals(kind.word()));
    }

    private boolean mayTell(Webhook webhook, Item item) {
        User user = state.users.get(webhook.userId);
        return !parts.dials().on("webhooks.visibility") || (user != null && team.sees(user, item));
    }

    private ObjectNode meta(
            Webhook webhook, PipedriveKind kind, Item item, String action, PipedriveOrigin origin, String correlation) {
        ObjectNode meta = Json.object()
                .put("action", action)
                .put("entity", kind.word())
                .put("entity_id", item.id)
                .put("id", uuid("event"))
                .put("correlation_id", correlation)
                .put("company_id", String.valueOf(companyId))
                .put("user_id", String.valueOf(origin.userId()))
                .put("is_bulk_edit", origin.bulk())
                .put("type", "general")
                .put("version", "2.0")
                .put("webhook_id", String.valueOf(webhook.id))
                .put("webhook_owner_id", String.valueOf(webhook.ownerId))
                .put("change_source", origin.source())
                .put("attempt", 1)
                .put("host", host);
        long now = parts.clock().millis();
        if (parts.dials().is("webhooks.timestamp", "iso")) {
            meta.put("timestamp", PipedriveTimes.millis(now));
        } else {
            meta.put("timestamp", now / 1000);
        }
        ArrayNode permitted = meta.putArray("permitted_user_ids");
        state.users.values().stream()
                .filter(user -> team.sees(user, item))
                .forEach(user -> permitted.add(String.valueOf(user.id)));
        return meta;
    }

    private void send(Webhook webhook, String type, ObjectNode body) {
        long now = parts.clock().millis();
        for (long due : parts.mischief().departures(now)) {
            Delivery delivery = new Delivery();
            delivery.id = "delivery-" + state.next("delivery");
            delivery.type = type;
            delivery.eventId = body.at("/meta/id").asText();
            delivery.subscription = String.valueOf(webhook.id);
            delivery.body = Json.text(body);
            delivery.createdAt = now;
            delivery.dueAt = due;
            courier.accept(delivery);
        }
    }

    private String uuid(String what) {
        long number = state.next("uuid");
        return new UUID(parts.chance().bits(what, 2 * number), parts.chance().bits(what, 2 * number + 1)).toString();
    }
}
