package dev.crmsync.sandbox.hubspot;

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
import dev.crmsync.sandbox.hubspot.HubSpotState.CrmObject;
import dev.crmsync.sandbox.hubspot.HubSpotState.Subscription;
import dev.crmsync.sandbox.search.LaggingIndex;
import java.util.ArrayList;
import java.util.List;

/** HubSpot's part of the admin endpoint for one type of objects: seeding, a person's edits, webhook settings, the index, dumps. */
final class HubSpotAdmin {
    private final ObjectType type;
    private final Parts parts;
    private final HubSpotState state;
    private final HubSpotSchema schema;
    private final HubSpotBook book;
    private final HubSpotShapes shapes;
    private final LaggingIndex<CrmObject> index;
    private final Object lock;

    HubSpotAdmin(
            ObjectType type,
            Parts parts,
            HubSpotState state,
            HubSpotSchema schema,
            HubSpotBook book,
            HubSpotShapes shapes,
            LaggingIndex<CrmObject> index,
            Object lock) {
        this.type = type;
        this.parts = parts;
        this.state = state;
        this.schema = schema;
        this.book = book;
        this.shapes = shapes;
        this.index = index;
        this.lock = lock;
    }

    void addTo(Routes routes) {
        boolean contacts = type.equals(ObjectType.CONTACTS);
        String a = FrontDoor.ADMIN;
        // Contacts came first, so their calls bear no name.
        String own = contacts ? a : a + "/" + type.plural();
        routes.on("POST", a + "/" + type.plural(), locked(this::seed))
                .on("GET", a + "/" + type.plural(), locked(this::dump))
                .on("POST", own + "/edits", locked(this::edits))
                .on("POST", own + "/properties", locked(this::property))
                .on("POST", own + "/index", locked(call -> {
                    index.catchUp();
                    return Reply.json(200, Json.object().put("indexed", true));
                }));
        for (String op : List.of("merge", "archive", "restore", "gdpr-delete")) {
            routes.on("POST", own + "/" + op, locked(call -> {
                ObjectNode edit = Json.object();
                edit.setAll((ObjectNode) call.request().json());
                return Reply.json(200, edit(edit.put("op", op.replace('-', '_'))));
            }));
        }
        routes.on(
                "GET",
                a + "/" + type.plural() + "/{id}",
                locked(call -> Reply.json(200, shapes.whole(any(call.param("id"))))));
        if (contacts) {
            routes.on("GET", a + "/webhooks", locked(call -> Reply.json(200, webhooks())))
                    .on("PUT", a + "/webhooks", locked(this::setWebhooks));
        }
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
        for (JsonNode given : body.path(type.plural())) {
            JsonNode properties = given.has("properties") ? given.path("properties") : given;
            ids.add(book.create(properties, Origin.IMPORT, webhooks).id);
        }
        if (!webhooks) {
            index.catchUp();
        }
        return Reply.json(200, Json.object().put("created", ids.size()).set("ids", ids));
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
        String id = edit.path("id").asText();
        switch (op) {
            case "create" -> {
                return shapes.whole(book.create(edit.path("properties"), Origin.PERSON, true));
            }
            case "patch" -> {
                CrmObject object = book.live(id, edit.path("idProperty").asText(""));
                book.update(object, edit.path("properties"), Origin.PERSON);
                return shapes.whole(object);
            }
            case "archive", "delete" -> {
                CrmObject object = any(id);
                book.archive(object, Origin.PERSON);
                return shapes.whole(object);
            }
            case "restore" -> {
                CrmObject object = any(id);
                book.restore(object, Origin.PERSON);
                return shapes.whole(object);
            }
            case "gdpr_delete" -> {
                if (!type.equals(ObjectType.CONTACTS)) {
                    throw new IllegalArgumentException("Only contacts can be erased, not " + type.plural());
                }
                book.erase(any(id), Origin.PERSON);
                return Json.object().put("id", id).put("erased", true);
            }
            case "merge" -> {
                if (!type.merges()) {
                    throw new IllegalArgumentException("There is no merging of " + type.plural());
                }
                CrmObject primary = book.live(edit.path("primary").asText(), null);
                CrmObject secondary = book.live(edit.path("secondary").asText(), null);
                return shapes.whole(book.merge(primary, secondary, Origin.PERSON));
            }
            default ->
                throw new IllegalArgumentException(
                        "op must be create, patch, archive, restore, merge or gdpr_delete, not " + op);
        }
    }

    private Reply property(Call call) {
        schema.define(call.request().json(), parts.clock().millis());
        book.rebuild();
        parts.changed().run();
        return Reply.json(200, Json.object().put("defined", true));
    }

    private ObjectNode webhooks() {
        ObjectNode settings = Json.object().put("targetUrl", state.targetUrl);
        ArrayNode list = settings.putArray("subscriptions");
        state.subscriptions.forEach(s -> list.addObject()
                .put("id", s.id)
                .put("subscriptionType", s.type)
                .put("propertyName", s.propertyName)
                .put("active", s.active));
        return settings;
    }

    /** What a person clicks together in the app's settings; the whole of it is replaced. */
    private Reply setWebhooks(Call call) {
        JsonNode body = call.request().json();
        List<Subscription> subscriptions = new ArrayList<>();
        for (JsonNode given : body.path("subscriptions")) {
            Subscription subscription = new Subscription();
            subscription.id = ++state.lastSubscription;
            subscription.type = given.isTextual()
                    ? given.asText()
                    : given.path("subscriptionType").asText();
            subscription.propertyName = given.path("propertyName").isTextual()
                    ? given.path("propertyName").asText()
                    : null;
            subscription.active = given.path("active").asBoolean(true);
            if (!subscription.type.matches("(contact|ticket|object)\\.[A-Za-z]+")) {
                throw new IllegalArgumentException("No subscription type " + subscription.type);
            }
            subscriptions.add(subscription);
        }
        state.targetUrl = body.path("targetUrl").asText(state.targetUrl);
        if (body.has("subscriptions")) {
            state.subscriptions.clear();
            state.subscriptions.addAll(subscriptions);
        }
        parts.changed().run();
        return Reply.json(200, webhooks());
    }

    private Reply dump(Call call) {
        ArrayNode objects = Json.array();
        state.shelf(type).objects.values().forEach(one -> objects.add(shapes.whole(one)));
        ObjectNode dump = Json.object().put("count", objects.size()).set(type.plural(), objects);
        dump.set("aliases", Json.tree(state.shelf(type).aliases));
        return Reply.json(200, dump);
    }

    private CrmObject any(String id) {
        CrmObject object = book.byId(id);
        if (object == null) {
            throw HubSpotErrors.notFound(id);
        }
        return object;
    }
}
