package dev.crmsync.sandbox.kirim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.FrontDoor;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Refusal;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Routes;
import dev.crmsync.sandbox.http.Routes.Call;
import dev.crmsync.sandbox.kirim.KirimState.Contact;
import dev.crmsync.sandbox.kirim.KirimState.Conversation;
import dev.crmsync.sandbox.kirim.KirimState.Message;
import dev.crmsync.sandbox.kirim.KirimState.User;

/** The admin endpoint's part about the team and its conversations: users, messages, and what people do in the inbox. */
final class KirimTeamAdmin {
    private final Parts parts;
    private final KirimState state;
    private final KirimIds ids;
    private final KirimTalks talks;
    private final KirimShapes shapes;
    private final Object lock;
    private final String phoneId;

    KirimTeamAdmin(
            Parts parts,
            KirimState state,
            KirimIds ids,
            KirimTalks talks,
            KirimShapes shapes,
            Object lock,
            String phoneId) {
        this.parts = parts;
        this.state = state;
        this.ids = ids;
        this.talks = talks;
        this.shapes = shapes;
        this.lock = lock;
        this.phoneId = phoneId;
    }

    void addTo(Routes routes) {
        String a = FrontDoor.ADMIN;
        routes.on("POST", a + "/users", locked(this::users))
                .on("GET", a + "/users", locked(call -> Reply.json(200, dumpUsers())))
                .on("GET", a + "/conversations", locked(call -> Reply.json(200, dumpConversations())))
                .on("POST", a + "/conversations/doings", locked(this::doings))
                .on("GET", a + "/messages", locked(call -> Reply.json(200, dumpMessages())));
    }

    private Routes.Handler locked(Routes.Handler handler) {
        return call -> {
            synchronized (lock) {
                return handler.handle(call);
            }
        };
    }

    private Reply users(Call call) {
        ArrayNode made = Json.array();
        for (JsonNode given : call.request().json().path("users")) {
            User user = new User();
            user.name = given.path("name").asText("Somebody");
            user.email = KirimBook.text(given, "email");
            user.teamId = KirimBook.text(given, "team_id");
            user.id = given.path("id").asText(ids.next("usr"));
            state.users.put(user.id, user);
            made.add(user.id);
        }
        parts.changed().run();
        return Reply.json(200, Json.object().set("ids", made));
    }

    /** Applies each doing on its own; one that fails says why and stops no other. */
    private Reply doings(Call call) {
        ArrayNode results = Json.array();
        int failed = 0;
        for (JsonNode doing : call.request().json().path("doings")) {
            ObjectNode result = results.addObject();
            try {
                result.setAll(doing(doing));
            } catch (Refusal | IllegalArgumentException e) {
                failed++;
                result.put("error", e.getMessage());
            }
        }
        return Reply.json(200, Json.object().put("failed", failed).set("results", results));
    }

    private ObjectNode doing(JsonNode doing) {
        String op = doing.path("op").asText();
        return switch (op) {
            case "open" -> shapes.conversation(talks.open(contact(doing)));
            case "message" -> {
                Message message = talks.message(
                        contact(doing),
                        doing.path("inbound").asBoolean(true),
                        doing.path("text").asText("Hello"),
                        KirimBook.text(doing, "message_id"));
                yield KirimShapes.message(message);
            }
            case "assign" -> {
                Conversation conversation = conversation(doing);
                talks.assign(conversation, KirimBook.text(doing, "user_id"));
                yield shapes.conversation(conversation);
            }
            case "status" -> {
                Conversation conversation = conversation(doing);
                talks.turn(conversation, doing.path("status").asText(), KirimBook.text(doing, "user_id"));
                yield shapes.conversation(conversation);
            }
            case "delete" -> {
                Conversation conversation = conversation(doing);
                talks.delete(conversation);
                yield Json.object().put("id", conversation.id).put("deleted", true);
            }
            default ->
                throw new IllegalArgumentException("op must be open, message, assign, status or delete, not " + op);
        };
    }

    private Contact contact(JsonNode doing) {
        Contact contact = state.contacts.get(doing.path("contact_id").asText());
        if (contact == null
                || !contact.phoneId.equals(doing.path("phone_number_id").asText(contact.phoneId))) {
            throw new IllegalArgumentException("contact_id names no contact");
        }
        return contact;
    }

    private Conversation conversation(JsonNode doing) {
        return talks.conversation(null, doing.path("id").asText());
    }

    private JsonNode dumpUsers() {
        ArrayNode users = Json.array();
        state.users.values().forEach(user -> users.add(KirimShapes.user(user)));
        return Json.object().set("users", users);
    }

    private JsonNode dumpConversations() {
        ArrayNode all = Json.array();
        state.conversations
                .values()
                .forEach(one -> all.add(shapes.conversation(one)
                        .put("contact_id", one.contactId)
                        .put("assigned_to", one.assignee)
                        .put("phone_number_id", one.phoneId)));
        return Json.object()
                .put("count", all.size())
                .put("phone_number_id", phoneId)
                .set("conversations", all);
    }

    private JsonNode dumpMessages() {
        ArrayNode all = Json.array();
        state.messages.values().forEach(message -> all.add(KirimShapes.message(message)));
        return Json.object().put("count", all.size()).set("messages", all);
    }
}
