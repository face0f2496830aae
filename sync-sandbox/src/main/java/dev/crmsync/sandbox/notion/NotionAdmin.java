package dev.crmsync.sandbox.notion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.http.FrontDoor;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Refusal;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Routes;
import dev.crmsync.sandbox.http.Routes.Call;
import dev.crmsync.sandbox.http.Routes.Handler;
import dev.crmsync.sandbox.notion.NotionState.Block;
import dev.crmsync.sandbox.notion.NotionState.DataSource;
import dev.crmsync.sandbox.notion.NotionState.Page;
import java.util.List;

/** Notion's part of the admin endpoint that is about pages: seeding, people's edits, the indexes, dumps. */
final class NotionAdmin {
    private final NotionState state;
    private final NotionBook book;
    private final NotionShapes shapes;
    private final NotionPlain plain;
    private final NotionDoings doings;
    private final NotionBlocksApi blocks;
    private final NotionCommentsApi comments;
    private final Object lock;

    NotionAdmin(
            NotionState state,
            NotionBook book,
            NotionShapes shapes,
            NotionDoings doings,
            NotionBlocksApi blocks,
            NotionCommentsApi comments,
            Object lock) {
        this.state = state;
        this.book = book;
        this.shapes = shapes;
        this.plain = new NotionPlain(shapes);
        this.doings = doings;
        this.blocks = blocks;
        this.comments = comments;
        this.lock = lock;
    }

    void addTo(Routes routes) {
        String a = FrontDoor.ADMIN;
        // What is common to all vendors speaks of contacts.
        for (String name : List.of("pages", "contacts")) {
            routes.on("POST", a + "/" + name, Handler.locked(lock, call -> seed(name, call)))
                    .on("GET", a + "/" + name, Handler.locked(lock, call -> dump(name)))
                    .on("GET", a + "/" + name + "/{id}", Handler.locked(lock, this::one));
        }
        routes.on("POST", a + "/edits", Handler.locked(lock, this::edits))
                .on("POST", a + "/index", Handler.locked(lock, call -> {
                    book.catchUp();
                    return Reply.json(200, Json.object().put("indexed", true));
                }))
                .on("GET", a + "/comments", Handler.locked(lock, call -> comments()));
    }

    private Reply seed(String name, Call call) {
        JsonNode body = call.request().json();
        boolean webhooks = body.path("webhooks").asBoolean(false);
        ArrayNode ids = Json.array();
        for (JsonNode given : body.path(name)) {
            ids.add(doings.create(given, doings.actor(given), webhooks).id);
        }
        if (!webhooks) {
            book.catchUp();
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
                result.setAll(whole(doings.doing(edit)));
            } catch (Refusal | IllegalArgumentException e) {
                failed++;
                result.put("error", e.getMessage());
            }
        }
        return Reply.json(200, Json.object().put("failed", failed).set("results", results));
    }

    private Reply dump(String name) {
        ArrayNode pages = Json.array();
        state.pages.values().forEach(page -> pages.add(whole(page)));
        return Reply.json(200, Json.object().put("count", pages.size()).set(name, pages));
    }

    private Reply one(Call call) {
        Page page = book.any(call.param("id"));
        ObjectNode one = whole(page);
        ArrayNode content = one.putArray("blocks");
        for (String id : page.children) {
            Block block = state.blocks.get(id);
            if (block != null) {
                content.add(blocks.shown(block, NotionEdition.TRASH));
            }
        }
        return Reply.json(200, one);
    }

    private Reply comments() {
        ArrayNode all = Json.array();
        state.comments.values().forEach(one -> all.add(comments.shown(one).put("page_id", one.page)));
        return Reply.json(200, Json.object().put("count", all.size()).set("comments", all));
    }

    /** All that is known of a page: uncut, with exact times, and its values as people see them. */
    private ObjectNode whole(Page page) {
        DataSource source = state.dataSources.get(page.dataSource);
        ObjectNode whole = shapes.page(page, NotionView.WHOLE);
        whole.put("data_source_id", source == null ? null : source.id)
                .put("edited_at", NotionTimes.millis(page.editedAt))
                .put("edited_by", page.editedBy)
                .put("in_trash", page.trashed);
        whole.set("plain", source == null ? Json.object() : plain.of(page, source));
        return whole;
    }
}
