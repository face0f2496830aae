package dev.crmsync.sandbox.kirim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.dials.Dials;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.kirim.KirimState.Contact;
import dev.crmsync.sandbox.kirim.KirimState.Conversation;
import dev.crmsync.sandbox.kirim.KirimState.Message;
import dev.crmsync.sandbox.kirim.KirimState.Subscription;
import dev.crmsync.sandbox.kirim.KirimState.User;
import dev.crmsync.sandbox.webhook.Courier;
import dev.crmsync.sandbox.webhook.Delivery;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Turns changes of contacts and conversations into signed-at-departure deliveries, one for each subscription that wants the type. */
final class KirimEvents {
    private final Parts parts;
    private final KirimState state;
    private final KirimIds ids;
    private final KirimShapes shapes;
    private final Courier courier;

    KirimEvents(Parts parts, KirimState state, KirimIds ids, KirimShapes shapes, Courier courier) {
        this.parts = parts;
        this.state = state;
        this.ids = ids;
        this.shapes = shapes;
        this.courier = courier;
    }

    void created(Contact contact) {
        ObjectNode data = Json.object();
        data.set("contact", shapes.eventContact(contact, parts.dials().is("events.labels", "always")));
        data.put("acquisition_source", contact.acquisitionSource);
        emit("contact.created", data);
    }

    /** Emits an update that names its changed fields; nothing when no field changed. */
    void updated(Contact contact, Collection<String> fields) {
        String dial = parts.dials().word("events.labels");
        boolean labelsChanged = fields.contains("labels");
        if (fields.isEmpty() || (labelsChanged && fields.size() == 1 && dial.equals("never"))) {
            return;
        }
        boolean withLabels = dial.equals("always") || (labelsChanged && dial.equals("when_changed"));
        ObjectNode data = Json.object();
        data.set("contact", shapes.eventContact(contact, withLabels));
        data.set("changed_fields", Json.tree(fields));
        emit("contact.updated", data);
    }

    /** A conversation was given to somebody, or taken from everybody: neither contact nor phone number is named. */
    void assigned(Conversation conversation, @Nullable String before) {
        if (conversation.assignee == null && parts.dials().is("events.unassigned", "none")) {
            return;
        }
        User user = conversation.assignee == null ? null : state.users.get(conversation.assignee);
        ObjectNode data = Json.object();
        data.set("conversation", brief(conversation));
        data.putObject("assignee")
                .put("user_id", conversation.assignee)
                .put("team_id", user == null ? null : user.teamId)
                .put("previous_user_id", before);
        emit("conversation.assigned", data);
    }

    void closed(Conversation conversation, @Nullable String by) {
        ObjectNode data = Json.object();
        data.set("conversation", brief(conversation).put("closed_by_user_id", by));
        emit("conversation.closed", data);
    }

    private static ObjectNode brief(Conversation conversation) {
        return Json.object()
                .put("id", conversation.id)
                .put("object", "conversation")
                .put("status", conversation.status);
    }

    void message(Message message) {
        if (parts.dials().on("events.messages")) {
            ObjectNode data = Json.object();
            data.set("message", KirimShapes.message(message));
            emit(message.inbound ? "message.received" : "message.sent", data);
        }
    }

    /** Sends an ended delivery once more, as a new delivery. */
    Delivery replay(Delivery old) {
        Delivery delivery = fresh(old.type, old.subscription, parts.clock().millis());
        delivery.replayOf = old.id;
        delivery.eventId = old.eventId;
        delivery.body = old.body;
        if (parts.dials().is("webhooks.replay_event_id", "new")) {
            delivery.eventId = ids.next("evt");
            ObjectNode body = (ObjectNode) Json.parse(old.body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            delivery.body = Json.text(body.put("id", delivery.eventId));
        }
        courier.accept(delivery);
        return delivery;
    }

    private void emit(String type, ObjectNode data) {
        Dials dials = parts.dials();
        for (Subscription subscription : state.subscriptions.values()) {
            if (subscription.active() && subscription.events.contains(type)) {
                String eventId = ids.next("evt");
                String body = Json.text(envelope(dials, type, eventId, data));
                for (long due : parts.mischief().departures(parts.clock().millis())) {
                    Delivery delivery = fresh(type, subscription.id, due);
                    delivery.eventId = eventId;
                    delivery.body = body;
                    courier.accept(delivery);
                }
            }
        }
    }

    private ObjectNode envelope(Dials dials, String type, String eventId, ObjectNode data) {
        String now = KirimShapes.time(parts.clock().millis());
        ObjectNode body = Json.object();
        if (dials.is("events.envelope", "event")) {
            body.put("id", ids.next("wbd")).put("event", type).put("delivered_at", now);
        } else {
            body.put("id", eventId).put("type", type).put("created_at", now);
            if (dials.on("events.livemode")) {
                body.put("livemode", true);
            }
        }
        return body.set("data", data);
    }

    private Delivery fresh(String type, String subscription, long due) {
        Delivery delivery = new Delivery();
        delivery.id = ids.next(parts.dials().word("webhooks.delivery_prefix"));
        delivery.type = type;
        delivery.subscription = subscription;
        delivery.createdAt = parts.clock().millis();
        delivery.dueAt = due;
        return delivery;
    }
}
