package dev.crmsync.sandbox.notion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.notion.NotionState.Block;
import dev.crmsync.sandbox.notion.NotionState.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The content of pages. Guarded by the stand-in's lock. */
final class NotionBlocks {
    private static final int LIST_MOST = 100;
    private static final int REQUEST_MOST = 1000;
    private static final Set<String> TEXTUAL = Set.of(
            "paragraph",
            "heading_1",
            "heading_2",
            "heading_3",
            "bulleted_list_item",
            "numbered_list_item",
            "to_do",
            "toggle",
            "quote",
            "callout",
            "code");

    private final Parts parts;
    private final NotionState state;
    private final NotionIds ids;
    private final NotionRichText texts;
    private final NotionBook book;
    private final NotionEvents events;

    NotionBlocks(
            Parts parts, NotionState state, NotionIds ids, NotionRichText texts, NotionBook book, NotionEvents events) {
        this.parts = parts;
        this.state = state;
        this.ids = ids;
        this.texts = texts;
        this.book = book;
        this.events = events;
    }

    /** Checks blocks that are to be made, with all that is below them; each as {type, content, children}. */
    ArrayNode accept(JsonNode list, String path) {
        ArrayNode blocks = accept(list, path, 2);
        if (count(blocks) > REQUEST_MOST) {
            throw NotionErrors.invalid(path, "should hold at most `" + REQUEST_MOST + "` blocks in all.");
        }
        return blocks;
    }

    private ArrayNode accept(JsonNode list, String path, int depth) {
        ArrayNode blocks = Json.array();
        if (list.isMissingNode()) {
            return blocks;
        }
        if (!list.isArray()) {
            throw NotionErrors.invalid(path, "should be an array, instead was `" + list + "`.");
        }
        if (list.size() > LIST_MOST) {
            throw NotionErrors.invalid(
                    path + ".length", "should be ≤ `" + LIST_MOST + "`, instead was `" + list.size() + "`.");
        }
        for (int i = 0; i < list.size(); i++) {
            blocks.add(one(list.path(i), path + "[" + i + "]", depth));
        }
        return blocks;
    }

    private ObjectNode one(JsonNode given, String path, int depth) {
        String type = type(given);
        if (type == null) {
            throw NotionErrors.invalid(
                    path, "should have one of the types that are imitated: " + TEXTUAL + ", divider.");
        }
        ObjectNode block = Json.object().put("type", type);
        JsonNode content = given.path(type);
        block.set("content", content(type, content, path + "." + type));
        JsonNode below = content.has("children") ? content.path("children") : given.path("children");
        if (depth == 0 && below.size() > 0) {
            throw NotionErrors.invalid(path + ".children", "should be not present, as it is too deep.");
        }
        return block.set("children", accept(below, path + "." + type + ".children", depth - 1));
    }

    private static @Nullable String type(JsonNode given) {
        if (given.has("divider")) {
            return "divider";
        }
        return TEXTUAL.stream().filter(given::has).findFirst().orElse(null);
    }

    private ObjectNode content(String type, JsonNode given, String path) {
        ObjectNode content = Json.object();
        if (type.equals("divider")) {
            return content;
        }
        content.set("rich_text", texts.accept(given.path("rich_text"), path + ".rich_text", true));
        given.properties().forEach(one -> {
            if (!one.getKey().equals("rich_text") && !one.getKey().equals("children")) {
                content.set(one.getKey(), one.getValue());
            }
        });
        if (type.equals("to_do") && !content.has("checked")) {
            content.put("checked", false);
        }
        return content.has("color") ? content : content.put("color", "default");
    }

    /** How many blocks there are, at all depths. */
    int count(JsonNode blocks) {
        int count = blocks.size();
        for (JsonNode block : blocks) {
            count += count(block.path("children"));
        }
        return count;
    }

    /** Refuses what a plan has no room for. */
    void room(int more) {
        long most = parts.dials().whole("limits.blocks_most");
        if (most > 0 && state.pages.size() + state.blocks.size() + more > most) {
            throw NotionErrors.invalid("This workspace has reached its limit of blocks; upgrade it to add more.");
        }
    }

    /**
     * Adds accepted blocks to a page or a block; the new ones of the first level. They come after a block, first when
     * that is the empty text, or last when it is null. With {@code tell}, subscribers hear of it.
     */
    List<Block> append(
            Page page,
            @Nullable Block above,
            ArrayNode blocks,
            @Nullable String after,
            NotionActor actor,
            boolean tell) {
        List<String> siblings = above == null ? page.children : above.children;
        int at = siblings.size();
        if (after != null) {
            at = after.isEmpty() ? 0 : siblings.indexOf(after) + 1;
            if (at == 0 && !after.isEmpty()) {
                throw NotionErrors.invalid("Block to append children after is not parented by this block: " + after);
            }
        }
        List<Block> made = new ArrayList<>();
        for (JsonNode one : blocks) {
            Block block = make(page, above, one, actor);
            made.add(block);
            siblings.add(at++, block.id);
        }
        if (tell) {
            changed(page, made.stream().map(one -> one.id).toList(), actor);
        }
        return made;
    }

    private Block make(Page page, @Nullable Block above, JsonNode accepted, NotionActor actor) {
        Block block = new Block();
        block.id = ids.fresh("block");
        block.page = page.id;
        block.above = above == null ? "" : above.id;
        block.type = accepted.path("type").asText();
        block.content = (ObjectNode) accepted.path("content");
        block.by(actor, parts.clock().millis());
        state.blocks.put(block.id, block);
        for (JsonNode below : accepted.path("children")) {
            block.children.add(make(page, block, below, actor).id);
        }
        return block;
    }

    /** Replaces what a block says. */
    void update(Block block, JsonNode content, NotionActor actor) {
        ObjectNode merged = block.content.deepCopy();
        if (content.has("rich_text")) {
            merged.set("rich_text", texts.accept(content.path("rich_text"), block.type + ".rich_text", true));
        }
        content.properties().forEach(one -> {
            if (!one.getKey().equals("rich_text")) {
                merged.set(one.getKey(), one.getValue());
            }
        });
        block.content = merged;
        block.edited(actor, parts.clock().millis());
        changed(page(block), List.of(block.id), actor);
    }

    /** Puts a block into the trash or takes it out again. */
    void trash(Block block, boolean trashed, NotionActor actor) {
        if (block.trashed != trashed) {
            block.trashed = trashed;
            block.edited(actor, parts.clock().millis());
            changed(page(block), List.of(block.id), actor);
        }
    }

    Page page(Block block) {
        return Objects.requireNonNull(state.pages.get(block.page));
    }

    /** What is directly below a page or a block and not in the trash. */
    List<Block> below(List<String> children) {
        List<Block> below = new ArrayList<>();
        for (String id : children) {
            Block block = state.blocks.get(id);
            if (block != null && !block.trashed) {
                below.add(block);
            }
        }
        return below;
    }

    /** An edit through the API may leave the page's own time where it was. */
    private void changed(Page page, List<String> blocks, NotionActor actor) {
        if (!actor.type().equals("bot") || parts.dials().on("blocks.move_last_edited")) {
            book.touch(page, actor);
        }
        events.content(page, actor, blocks);
        parts.changed().run();
    }
}
