package dev.crmsync.sandbox.notion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.notion.NotionState.DataSource;
import dev.crmsync.sandbox.notion.NotionState.Page;

/** What a person does with pages in Notion's own pages: without limits of the API, and whatever is shared. Guarded by the stand-in's lock. */
final class NotionDoings {
    private final NotionState state;
    private final NotionBook book;
    private final NotionBlocks blocks;
    private final NotionComments comments;
    private final NotionTeam team;

    NotionDoings(NotionState state, NotionBook book, NotionBlocks blocks, NotionComments comments, NotionTeam team) {
        this.state = state;
        this.book = book;
        this.blocks = blocks;
        this.comments = comments;
        this.team = team;
    }

    /** Who does it: whoever is named, or the first person; perhaps through an agent. */
    NotionActor actor(JsonNode doing) {
        String id = doing.path("user_id").asText(team.editor().id());
        if (!state.users.containsKey(id)) {
            throw new IllegalArgumentException("There is no user " + id);
        }
        return new NotionActor(id, doing.path("agent").asBoolean() ? "agent" : "person");
    }

    /** The data source that is named, or the first one. */
    DataSource source(JsonNode named) {
        if (!named.path("data_source_id").isTextual()) {
            return state.dataSources.values().iterator().next();
        }
        String id = named.path("data_source_id").asText();
        DataSource source = state.dataSources.get(id);
        if (source == null) {
            throw new IllegalArgumentException("There is no data source " + id);
        }
        return source;
    }

    Page create(JsonNode given, NotionActor actor, boolean emit) {
        DataSource source = source(given);
        JsonNode properties = given.path("properties");
        return book.create(source, NotionPlain.request(source, properties), actor, emit);
    }

    /** Does one thing; the page that it was about. */
    Page doing(JsonNode doing) {
        NotionActor actor = actor(doing);
        String op = doing.path("op").asText("patch");
        if (op.equals("create")) {
            return create(doing, actor, true);
        }
        Page page = book.any(doing.path("id").asText());
        switch (op) {
            case "patch" -> {
                DataSource source = state.dataSources.get(page.dataSource);
                if (source == null) {
                    throw new IllegalArgumentException("The page is in no data source");
                }
                book.update(page, NotionPlain.request(source, doing.path("properties")), actor);
            }
            case "delete" -> book.trash(page, true, actor);
            case "restore" -> book.trash(page, false, actor);
            case "lock" -> book.lock(page, true, actor);
            case "unlock" -> book.lock(page, false, actor);
            case "move" -> book.move(page, doing.hasNonNull("data_source_id") ? source(doing) : null, actor);
            case "erase" -> book.erase(page);
            case "write" -> write(page, doing, actor);
            case "comment" ->
                comments.create(
                        page, "", "", NotionRichText.of(doing.path("text").asText()), actor);
            default ->
                throw new IllegalArgumentException("op must be create, patch, delete, restore, lock, unlock, move,"
                        + " erase, write or comment, not " + op);
        }
        return page;
    }

    private void write(Page page, JsonNode doing, NotionActor actor) {
        ArrayNode paragraph = Json.array();
        paragraph
                .addObject()
                .putObject("paragraph")
                .set("rich_text", NotionRichText.of(doing.path("text").asText()));
        blocks.append(page, null, blocks.accept(paragraph, "text"), null, actor, true);
    }
}
