package dev.crmsync.sandbox.kirim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.dials.Dials;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.kirim.KirimState.Account;
import dev.crmsync.sandbox.kirim.KirimState.Contact;
import dev.crmsync.sandbox.kirim.KirimState.Conversation;
import dev.crmsync.sandbox.kirim.KirimState.Label;
import dev.crmsync.sandbox.kirim.KirimState.Message;
import dev.crmsync.sandbox.kirim.KirimState.Secret;
import dev.crmsync.sandbox.kirim.KirimState.Subscription;
import dev.crmsync.sandbox.kirim.KirimState.User;
import dev.crmsync.sandbox.webhook.Delivery;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Kirim's resources as JSON. */
final class KirimShapes {
    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final KirimState state;
    private final Dials dials;

    KirimShapes(KirimState state, Dials dials) {
        this.state = state;
        this.dials = dials;
    }

    static String time(long millis) {
        return ISO.format(Instant.ofEpochMilli(millis));
    }

    /** A contact as REST shows it: without labels, unless the dial says so. */
    ObjectNode contact(Contact contact) {
        ObjectNode node = bare(contact);
        if (dials.on("contacts.labels_in_rest")) {
            node.set("labels", labels(contact));
        }
        return node;
    }

    /** A contact as events show it. */
    ObjectNode eventContact(Contact contact, boolean withLabels) {
        ObjectNode node = bare(contact);
        if (!dials.on("events.metadata")) {
            node.remove("metadata");
        }
        if (withLabels) {
            node.set("labels", labels(contact));
        }
        return node;
    }

    /** A contact with all that there is, for the admin endpoint. */
    ObjectNode whole(Contact contact) {
        ObjectNode node = bare(contact);
        node.put("phone_number_id", contact.phoneId);
        node.put("team_id", contact.teamId);
        node.put("acquisition_source", contact.acquisitionSource);
        ArrayNode names = node.putArray("labels");
        ArrayNode ids = node.putArray("label_ids");
        for (String id : contact.labels) {
            Label label = state.labels.get(id);
            if (label != null) {
                names.add(label.name);
                ids.add(id);
            }
        }
        return node;
    }

    private ObjectNode bare(Contact contact) {
        ObjectNode node = Json.object().put("id", contact.id).put("object", "contact");
        node.put("phone_number", contact.phoneNumber);
        optional(node, "name", contact.name);
        optional(node, "email", contact.email);
        node.set("metadata", Json.tree(contact.metadata));
        Account account = state.accounts.get(contact.phoneId);
        node.putObject("whatsapp_account").put("phone_number", account == null ? null : account.display);
        return node.put("created_at", time(contact.createdAt)).put("updated_at", time(contact.updatedAt));
    }

    private void optional(ObjectNode node, String name, @Nullable String value) {
        if (value != null || dials.is("contacts.empty", "null")) {
            node.put(name, value);
        }
    }

    private ArrayNode labels(Contact contact) {
        ArrayNode labels = Json.array();
        for (String id : contact.labels) {
            Label label = state.labels.get(id);
            if (label != null) {
                labels.add(label(label, dials.word("events.label_shape")));
            }
        }
        return labels;
    }

    private static JsonNode label(Label label, String shape) {
        return switch (shape) {
            case "full" -> label(label);
            case "names" -> Json.tree(label.name);
            case "ids" -> Json.tree(label.id);
            default -> Json.object().put("id", label.id).put("name", label.name);
        };
    }

    static ObjectNode label(Label label) {
        return Json.object()
                .put("id", label.id)
                .put("object", "label")
                .put("name", label.name)
                .put("color", label.color)
                .put("team_id", label.teamId)
                .put("created_at", time(label.createdAt))
                .put("updated_at", time(label.updatedAt));
    }

    /** A conversation as REST shows it. */
    ObjectNode conversation(Conversation conversation) {
        ObjectNode node = Json.object()
                .put("id", conversation.id)
                .put("object", "conversation")
                .put("status", conversation.status);
        Contact contact = state.contacts.get(conversation.contactId);
        ObjectNode of = node.putObject("contact").put("id", conversation.contactId);
        if (contact != null) {
            of.put("phone_number", contact.phoneNumber);
            optional(of, "name", contact.name);
        }
        Account account = state.accounts.get(conversation.phoneId);
        node.putObject("whatsapp_account").put("phone_number", account == null ? null : account.display);
        String shape = dials.word("conversations.assignee");
        if (!shape.equals("assigned_to")) {
            node.set("assignee", user(conversation.assignee));
        }
        if (!shape.equals("assignee")) {
            node.put("assigned_to", conversation.assignee);
        }
        return node.put("unread_count", conversation.unread)
                .put("last_message_at", conversation.lastMessageAt == 0 ? null : time(conversation.lastMessageAt))
                .put("last_inbound_at", conversation.lastInboundAt == 0 ? null : time(conversation.lastInboundAt))
                .put("created_at", time(conversation.createdAt))
                .put("updated_at", time(conversation.updatedAt));
    }

    private JsonNode user(@Nullable String id) {
        User user = id == null ? null : state.users.get(id);
        if (id == null) {
            return NullNode.getInstance();
        }
        ObjectNode node = Json.object().put("id", id);
        if (user != null) {
            node.put("name", user.name);
            optional(node, "email", user.email);
        }
        return node;
    }

    static ObjectNode user(User user) {
        return Json.object()
                .put("id", user.id)
                .put("name", user.name)
                .put("email", user.email)
                .put("team_id", user.teamId);
    }

    /** A message: its shape is invented, for no page shows one. */
    static ObjectNode message(Message message) {
        ObjectNode node = Json.object()
                .put("id", message.id)
                .put("object", "message")
                .put("conversation_id", message.conversationId)
                .put("direction", message.inbound ? "inbound" : "outbound")
                .put("type", "text");
        node.putObject("text").put("body", message.text);
        return node.put("created_at", time(message.createdAt));
    }

    static ObjectNode subscription(Subscription subscription, long nowMs) {
        ObjectNode node = Json.object()
                .put("id", subscription.id)
                .put("object", "webhook_subscription")
                .put("url", subscription.url)
                .put("status", subscription.status);
        node.set("events", Json.tree(subscription.events));
        node.put("description", subscription.description);
        ArrayNode secrets = node.putArray("secrets");
        subscription.secrets.stream().filter(s -> s.active(nowMs)).forEach(s -> secrets.add(secret(s)));
        return node.put("created_at", time(subscription.createdAt)).put("updated_at", time(subscription.updatedAt));
    }

    static ObjectNode secret(Secret secret) {
        return Json.object()
                .put("id", secret.id)
                .put("created_at", time(secret.createdAt))
                .put("expires_at", secret.expiresAt == 0 ? null : time(secret.expiresAt));
    }

    static ObjectNode account(Account account) {
        return Json.object()
                .put("object", "account")
                .put("phone_number_id", account.phoneId)
                .put("phone_number", account.display)
                .put("name", account.name)
                .put("status", "connected");
    }

    static ObjectNode delivery(Delivery delivery) {
        return Json.object()
                .put("id", delivery.id)
                .put("object", "webhook_delivery")
                .put("subscription_id", delivery.subscription)
                .put("event_id", delivery.eventId)
                .put("event_type", delivery.type)
                .put("status", delivery.status.name().toLowerCase(Locale.ROOT))
                .put("attempts", delivery.attempts)
                .put("last_response_status", delivery.lastStatus == 0 ? null : delivery.lastStatus)
                .put("replayed_from", delivery.replayOf.isEmpty() ? null : delivery.replayOf)
                .put("created_at", time(delivery.createdAt));
    }
}
