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
import dev.crmsync.sandbox.kirim.KirimState.Account;
import dev.crmsync.sandbox.kirim.KirimState.Contact;
import dev.crmsync.sandbox.kirim.KirimState.Label;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Kirim's own part of the admin endpoint: seeding, a person's edits, and dumps with labels. */
final class KirimAdmin {
    private final Parts parts;
    private final KirimState state;
    private final KirimBook book;
    private final KirimShapes shapes;
    private final KirimEvents events;
    private final Object lock;
    private final String phoneId;

    KirimAdmin(
            Parts parts,
            KirimState state,
            KirimBook book,
            KirimShapes shapes,
            KirimEvents events,
            Object lock,
            String phoneId) {
        this.parts = parts;
        this.state = state;
        this.book = book;
        this.shapes = shapes;
        this.events = events;
        this.lock = lock;
        this.phoneId = phoneId;
    }

    void addTo(Routes routes) {
        String a = FrontDoor.ADMIN;
        routes.on("POST", a + "/contacts", locked(this::seed))
                .on("GET", a + "/contacts", locked(this::dump))
                .on("GET", a + "/contacts/{id}", locked(call -> Reply.json(200, shapes.whole(any(call.param("id"))))))
                .on("POST", a + "/edits", locked(this::edits))
                .on("GET", a + "/labels", locked(call -> Reply.json(200, labels())))
                .on("GET", a + "/subscriptions", locked(call -> Reply.json(200, subscriptions())))
                .on("POST", a + "/accounts", locked(this::account));
    }

    private Routes.Handler locked(Routes.Handler handler) {
        return call -> {
            synchronized (lock) {
                return handler.handle(call);
            }
        };
    }

    private Reply seed(Call call) {
        JsonNode body = call.request().json();
        boolean webhooks = body.path("webhooks").asBoolean(false);
        ArrayNode ids = Json.array();
        for (JsonNode given : body.path("contacts")) {
            Contact contact = book.create(
                    phone(given), given, given.path("acquisition_source").asText("inbound"));
            contact.teamId = KirimBook.text(given, "team_id");
            contact.labels.addAll(labelIds(given.path("labels"), contact.teamId));
            backdate(contact, given);
            if (webhooks) {
                events.created(contact);
            }
            ids.add(contact.id);
        }
        return Reply.json(200, Json.object().put("created", ids.size()).set("ids", ids));
    }

    private void backdate(Contact contact, JsonNode given) {
        String created = KirimBook.text(given, "created_at");
        if (created != null) {
            book.delete(contact);
            contact.createdAt = Instant.parse(created).toEpochMilli();
            contact.updatedAt = contact.createdAt;
            book.add(contact);
        }
    }

    /** Applies each edit on its own; one that fails says why and stops no other. */
    private Reply edits(Call call) {
        JsonNode body = call.request().json();
        JsonNode edits = body.has("edits") ? body.path("edits") : Json.array().add(body);
        ArrayNode results = Json.array();
        int failed = 0;
        for (JsonNode edit : edits) {
            ObjectNode result = results.addObject();
            try {
                result.setAll(edit(edit));
            } catch (Refusal | IllegalArgumentException e) {
                failed++;
                result.put("error", e.getMessage());
            }
        }
        return Reply.json(200, Json.object().put("failed", failed).set("results", results));
    }

    private ObjectNode edit(JsonNode edit) {
        String op = edit.path("op").asText("patch");
        return switch (op) {
            case "create" -> create(edit);
            case "patch" -> patch(any(edit.path("id").asText()), edit);
            case "delete" -> {
                Contact contact = any(edit.path("id").asText());
                book.delete(contact);
                yield Json.object().put("id", contact.id).put("deleted", true);
            }
            case "rename_label" -> renameLabel(edit);
            default ->
                throw new IllegalArgumentException("op must be create, patch, delete or rename_label, not " + op);
        };
    }

    private ObjectNode create(JsonNode edit) {
        Contact contact = book.create(phone(edit), edit, "manual");
        contact.teamId = KirimBook.text(edit, "team_id");
        contact.labels.addAll(labelIds(edit.path("labels"), contact.teamId));
        events.created(contact);
        return shapes.whole(contact);
    }

    /** A person's patch always merges metadata by key, whatever the API's dials say. */
    private ObjectNode patch(Contact contact, JsonNode edit) {
        ObjectNode fields = Json.object();
        for (String field : Set.of("name", "email")) {
            if (edit.has(field)) {
                fields.set(field, edit.get(field));
            }
        }
        if (edit.has("metadata")) {
            ObjectNode whole = Json.object();
            whole.setAll(contact.metadata);
            edit.get("metadata").properties().forEach(e -> {
                if (e.getValue().isNull()) {
                    whole.remove(e.getKey());
                } else {
                    whole.set(e.getKey(), e.getValue());
                }
            });
            fields.set("metadata", whole);
        }
        Set<String> changed = new LinkedHashSet<>(book.edit(contact, fields));
        String phone = KirimBook.text(edit, "phone_number");
        if (phone != null && book.changePhone(contact, phone)) {
            changed.add("phone_number");
        }
        if (relabel(contact, edit)) {
            changed.add("labels");
        }
        events.updated(contact, changed);
        return shapes.whole(contact);
    }

    private boolean relabel(Contact contact, JsonNode edit) {
        boolean changed = false;
        for (String id : labelIds(edit.path("add_labels"), contact.teamId)) {
            changed |= book.label(contact, book.label(id), true);
        }
        for (String id : labelIds(edit.path("remove_labels"), contact.teamId)) {
            changed |= book.label(contact, book.label(id), false);
        }
        if (edit.path("labels").isArray()) {
            Set<String> wanted = labelIds(edit.path("labels"), contact.teamId);
            for (String id : Set.copyOf(contact.labels)) {
                if (!wanted.contains(id)) {
                    changed |= book.label(contact, book.label(id), false);
                }
            }
            for (String id : wanted) {
                changed |= book.label(contact, book.label(id), true);
            }
        }
        return changed;
    }

    private ObjectNode renameLabel(JsonNode edit) {
        Label label = book.label(edit.path("id").asText());
        label.name = edit.path("name").asText(label.name);
        label.updatedAt = parts.clock().millis();
        parts.changed().run();
        return KirimShapes.label(label);
    }

    /** Labels by name or by id; a name that is not there yet becomes a label. */
    private Set<String> labelIds(JsonNode given, @Nullable String team) {
        Set<String> ids = new LinkedHashSet<>();
        for (JsonNode one : given) {
            String text = one.asText();
            if (state.labels.containsKey(text)) {
                ids.add(text);
            } else {
                Label found = book.findLabel(text, team);
                ids.add(
                        found != null
                                ? found.id
                                : book.createLabel(
                                                Json.object().put("name", text).put("team_id", team))
                                        .id);
            }
        }
        return ids;
    }

    private Reply dump(Call call) {
        ArrayNode contacts = Json.array();
        state.contacts.values().forEach(c -> contacts.add(shapes.whole(c)));
        return Reply.json(200, Json.object().put("count", contacts.size()).set("contacts", contacts));
    }

    private JsonNode labels() {
        ArrayNode labels = Json.array();
        state.labels.values().forEach(l -> labels.add(KirimShapes.label(l)));
        return Json.object().set("labels", labels);
    }

    private JsonNode subscriptions() {
        ArrayNode all = Json.array();
        long now = parts.clock().millis();
        state.subscriptions.values().forEach(s -> {
            ObjectNode node = KirimShapes.subscription(s, now).put("failed_in_row", s.failedInRow);
            ArrayNode secrets = node.putArray("secret_values");
            s.secrets.stream().filter(x -> x.active(now)).forEach(x -> secrets.add(x.value));
            all.add(node);
        });
        return Json.object().set("subscriptions", all);
    }

    private Reply account(Call call) {
        JsonNode body = call.request().json();
        Account account = new Account();
        account.phoneId = body.path("phone_number_id").asText();
        account.display = body.path("phone_number").asText();
        account.name = body.path("name").asText("Another number");
        if (!account.phoneId.matches("\\d{6,20}")) {
            throw new IllegalArgumentException("phone_number_id must have 6 to 20 digits");
        }
        state.accounts.put(account.phoneId, account);
        parts.changed().run();
        return Reply.json(200, KirimShapes.account(account));
    }

    private String phone(JsonNode given) {
        return given.path("phone_number_id").asText(phoneId);
    }

    private Contact any(String id) {
        Contact contact = state.contacts.get(id);
        if (contact == null) {
            throw KirimErrors.notFound();
        }
        return contact;
    }
}
