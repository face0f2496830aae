package dev.crmsync.sandbox.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.http.FrontDoor;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Refusal;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Routes;
import dev.crmsync.sandbox.http.Routes.Call;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Item;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Pipedrive's part of the admin endpoint that is about records: seeding, people's edits, the index, dumps. */
final class PipedriveAdmin {
    private final Map<PipedriveKind, PipedriveBook> books;
    private final PipedriveShapes shapes;
    private final PipedriveLegacyShapes older;
    private final PipedriveDoings doings;
    private final Object lock;

    PipedriveAdmin(
            Map<PipedriveKind, PipedriveBook> books,
            PipedriveShapes shapes,
            PipedriveLegacyShapes older,
            PipedriveDoings doings,
            Object lock) {
        this.books = books;
        this.shapes = shapes;
        this.older = older;
        this.doings = doings;
        this.lock = lock;
    }

    void addTo(Routes routes) {
        String a = FrontDoor.ADMIN;
        for (PipedriveKind kind : books.keySet()) {
            // What is common to all vendors speaks of contacts.
            List<String> names =
                    kind == PipedriveKind.PERSON ? List.of(kind.plural(), "contacts") : List.of(kind.plural());
            for (String name : names) {
                routes.on("POST", a + "/" + name, locked(call -> seed(kind, name, call)))
                        .on("GET", a + "/" + name, locked(call -> dump(kind, name)))
                        .on("GET", a + "/" + name + "/{id}", locked(call -> one(kind, call)));
            }
        }
        routes.on("POST", a + "/edits", locked(this::edits)).on("POST", a + "/index", locked(call -> {
            books.values().forEach(book -> book.index().catchUp());
            return Reply.json(200, Json.object().put("indexed", true));
        }));
    }

    private Routes.Handler locked(Routes.Handler handler) {
        return call -> {
            synchronized (lock) {
                return handler.handle(call);
            }
        };
    }

    private Reply seed(PipedriveKind kind, String name, Call call) {
        JsonNode body = call.request().json();
        boolean webhooks = body.path("webhooks").asBoolean(false);
        PipedriveBook book = book(kind);
        ArrayNode ids = Json.array();
        for (JsonNode given : body.path(name)) {
            ids.add(book.create(given, doings.person(Json.object()), webhooks).id);
        }
        if (!webhooks) {
            book.index().catchUp();
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
                PipedriveDoings.Done done = doings.doing(edit);
                result.setAll(shown(done.kind(), done.item()));
            } catch (Refusal | IllegalArgumentException e) {
                failed++;
                result.put("error", e.getMessage());
            }
        }
        return Reply.json(200, Json.object().put("failed", failed).set("results", results));
    }

    private Reply dump(PipedriveKind kind, String name) {
        ArrayNode items = Json.array();
        book(kind).all().forEach(item -> items.add(shown(kind, item)));
        return Reply.json(200, Json.object().put("count", items.size()).set(name, items));
    }

    private Reply one(PipedriveKind kind, Call call) {
        return Reply.json(200, shown(kind, book(kind).any(call.param("id"))));
    }

    /** All that is known of a record, whatever the dials hide; the id as text, as for other vendors. */
    private ObjectNode shown(PipedriveKind kind, Item item) {
        ObjectNode shown = switch (kind) {
            case NOTE, LEAD -> older.any(kind, item);
            default -> shapes.whole(kind, item);
        };
        shown.put("id", item.id).put("is_deleted", item.deleted);
        return item.mergedInto.isEmpty() ? shown : shown.put("merged_into", item.mergedInto);
    }

    private PipedriveBook book(PipedriveKind kind) {
        return Objects.requireNonNull(books.get(kind));
    }
}
