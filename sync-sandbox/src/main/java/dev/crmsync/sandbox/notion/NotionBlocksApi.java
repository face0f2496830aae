package dev.crmsync.sandbox.notion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Request;
import dev.crmsync.sandbox.http.Routes;
import dev.crmsync.sandbox.http.Routes.Call;
import dev.crmsync.sandbox.notion.NotionState.Block;
import dev.crmsync.sandbox.notion.NotionState.Page;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Blocks and what is below them; a page is the block of its own id. Guarded by the stand-in's lock. */
final class NotionBlocksApi {
    private final NotionAccess access;
    private final NotionBlocks blocks;
    private final NotionTimes times;
    private final NotionActor bot;

    NotionBlocksApi(NotionAccess access, NotionBlocks blocks, NotionTimes times, NotionActor bot) {
        this.access = access;
        this.blocks = blocks;
        this.times = times;
        this.bot = bot;
    }

    void addTo(Routes routes) {
        routes.on("GET", "/v1/blocks/{id}/children", this::list)
                .on("PATCH", "/v1/blocks/{id}/children", this::append)
                .on("GET", "/v1/blocks/{id}", call -> {
                    access.may("read_content");
                    return Reply.json(200, shown(access.block(call.param("id")), edition(call.request())));
                })
                .on("PATCH", "/v1/blocks/{id}", this::patch)
                .on("DELETE", "/v1/blocks/{id}", call -> {
                    access.may("update_content");
                    Block block = access.block(call.param("id"));
                    blocks.trash(block, true, bot);
                    return Reply.json(200, shown(block, edition(call.request())));
                });
    }

    private Reply list(Call call) {
        access.may("read_content");
        Page page = pageOf(call.param("id"));
        List<String> children = page == null ? access.block(call.param("id")).children : page.children;
        NotionPaging paging = NotionPaging.of(call.request(), "children of " + call.param("id"));
        NotionPaging.Cut<Block> cut = paging.cut(blocks.below(children));
        List<ObjectNode> results = cut.items().stream()
                .map(one -> shown(one, edition(call.request())))
                .toList();
        return Reply.json(200, NotionShapes.list("block", results, cut.next()));
    }

    private Reply append(Call call) {
        access.may("insert_content");
        Page page = pageOf(call.param("id"));
        Block above = page == null ? access.block(call.param("id")) : null;
        Page of = page == null ? blocks.page(access.block(call.param("id"))) : page;
        if (of.trashed || (above != null && above.trashed)) {
            throw NotionErrors.invalid(
                    "Can't edit block that is archived. You must unarchive the block before editing.");
        }
        JsonNode body = call.request().json();
        ArrayNode accepted = blocks.accept(body.path("children"), "children");
        blocks.room(blocks.count(accepted));
        String after = after(body, edition(call.request()));
        List<ObjectNode> made = blocks.append(of, above, accepted, after, bot, true).stream()
                .map(one -> shown(one, edition(call.request())))
                .toList();
        return Reply.json(200, NotionShapes.list("block", made, null));
    }

    /** Where new blocks go, in the words of the edition; null for the end. */
    private static @Nullable String after(JsonNode body, NotionEdition edition) {
        if (edition == NotionEdition.TRASH) {
            if (body.has("after")) {
                throw NotionErrors.invalid("after", "should be not present, use position.");
            }
            String type = body.at("/position/type").asText("end");
            return switch (type) {
                case "start" -> "";
                case "after_block" ->
                    NotionIds.valid(
                            "body failed validation: body.position.after_block.id",
                            body.at("/position/after_block/id").asText());
                default -> null;
            };
        }
        return body.path("after").isTextual()
                ? NotionIds.valid(
                        "body failed validation: body.after", body.path("after").asText())
                : null;
    }

    private Reply patch(Call call) {
        access.may("update_content");
        Block block = access.block(call.param("id"));
        JsonNode body = call.request().json();
        Boolean trash = NotionPagesApi.trash(body, edition(call.request()));
        if (body.path(block.type).isObject()) {
            blocks.update(block, body.path(block.type), bot);
        }
        if (trash != null) {
            blocks.trash(block, trash, bot);
        }
        return Reply.json(200, shown(block, edition(call.request())));
    }

    private @Nullable Page pageOf(String id) {
        String known = NotionIds.read(id);
        return known == null ? null : access.seen(known);
    }

    private static NotionEdition edition(Request request) {
        return NotionEdition.of(request);
    }

    ObjectNode shown(Block block, NotionEdition edition) {
        ObjectNode shown = Json.object().put("object", "block").put("id", block.id);
        boolean below = block.above.isEmpty();
        shown.putObject("parent")
                .put("type", below ? "page_id" : "block_id")
                .put(below ? "page_id" : "block_id", below ? block.page : block.above);
        shown.put("created_time", times.other(block.createdAt)).put("last_edited_time", times.other(block.editedAt));
        shown.set("created_by", NotionShapes.partial(block.createdBy));
        shown.set("last_edited_by", NotionShapes.partial(block.editedBy));
        shown.put("has_children", !blocks.below(block.children).isEmpty());
        NotionShapes.trash(shown, block.trashed, edition);
        return shown.put("type", block.type).set(block.type, block.content);
    }
}
