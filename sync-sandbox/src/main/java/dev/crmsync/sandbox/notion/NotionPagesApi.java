package dev.crmsync.sandbox.notion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Request;
import dev.crmsync.sandbox.http.Routes;
import dev.crmsync.sandbox.http.Routes.Call;
import dev.crmsync.sandbox.notion.NotionState.DataSource;
import dev.crmsync.sandbox.notion.NotionState.Page;
import dev.crmsync.sandbox.notion.NotionState.Property;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pages and their properties. Guarded by the stand-in's lock. */
final class NotionPagesApi {
    private final NotionState state;
    private final NotionAccess access;
    private final NotionBook book;
    private final NotionBlocks blocks;
    private final NotionShapes shapes;
    private final NotionActor bot;

    NotionPagesApi(
            NotionState state,
            NotionAccess access,
            NotionBook book,
            NotionBlocks blocks,
            NotionShapes shapes,
            NotionActor bot) {
        this.state = state;
        this.access = access;
        this.book = book;
        this.blocks = blocks;
        this.shapes = shapes;
        this.bot = bot;
    }

    void addTo(Routes routes) {
        routes.on("POST", "/v1/pages", this::create)
                .on("GET", "/v1/pages/{id}", this::get)
                .on("PATCH", "/v1/pages/{id}", this::patch)
                .on("GET", "/v1/pages/{id}/properties/{property}", this::property);
    }

    private Reply create(Call call) {
        access.may("insert_content");
        JsonNode body = call.request().json();
        DataSource source = parent(body.path("parent"), NotionEdition.of(call.request()));
        if (source.trashed) {
            throw NotionErrors.missing("data source", source.id);
        }
        ArrayNode children = blocks.accept(body.path("children"), "children");
        blocks.room(1 + blocks.count(children));
        Page page = book.create(source, body.path("properties"), bot, true);
        if (!children.isEmpty()) {
            blocks.append(page, null, children, null, bot, false);
        }
        return Reply.json(200, shown(page, call.request()));
    }

    /** Rows are put into data sources; a database is understood as long as it has one only. */
    private DataSource parent(JsonNode parent, NotionEdition edition) {
        if (parent.hasNonNull("data_source_id") && edition.hasDataSources()) {
            return access.dataSource(parent.path("data_source_id").asText());
        }
        if (parent.hasNonNull("database_id")) {
            return access.only(access.database(parent.path("database_id").asText()));
        }
        throw NotionErrors.invalid(
                "parent." + (edition.hasDataSources() ? "data_source_id" : "database_id"),
                "should be defined, instead was `undefined`.");
    }

    private Reply get(Call call) {
        access.may("read_content");
        return Reply.json(200, shown(access.page(call.param("id")), call.request()));
    }

    private Reply patch(Call call) {
        access.may("update_content");
        Page page = access.page(call.param("id"));
        JsonNode body = call.request().json();
        Boolean trash = trash(body, NotionEdition.of(call.request()));
        boolean stays = page.trashed && !Boolean.FALSE.equals(trash);
        if (stays && !body.path("properties").isEmpty()) {
            throw NotionErrors.invalid(
                    "Can't edit page on block with an archived ancestor. You must unarchive the ancestor before editing.");
        }
        if (Boolean.FALSE.equals(trash)) {
            book.trash(page, false, bot);
        }
        book.update(page, body.path("properties"), bot);
        if (Boolean.TRUE.equals(trash)) {
            book.trash(page, true, bot);
        }
        return Reply.json(200, shown(page, call.request()));
    }

    /** What a body says about the trash, in the word of its edition; null when it says nothing. */
    static @Nullable Boolean trash(JsonNode body, NotionEdition edition) {
        if (edition == NotionEdition.TRASH && body.has("archived")) {
            throw NotionErrors.invalid("archived", "should be not present, use in_trash.");
        }
        for (String word : List.of("in_trash", "archived")) {
            if (body.has(word)) {
                if (!body.path(word).isBoolean()) {
                    throw NotionErrors.invalid(word, "should be a boolean, instead was `" + body.path(word) + "`.");
                }
                return body.path(word).asBoolean();
            }
        }
        return null;
    }

    private ObjectNode shown(Page page, Request request) {
        return shapes.page(page, NotionView.of(request, state.dataSources.get(page.dataSource)));
    }

    /** One property whole: in pages when it is a list. */
    private Reply property(Call call) {
        access.may("read_content");
        Page page = access.page(call.param("id"));
        DataSource source = state.dataSources.get(page.dataSource);
        Property property = source == null ? null : NotionSchema.find(source, call.param("property"));
        if (property == null) {
            throw NotionErrors.of(
                    404, "object_not_found", "Could not find property with ID: " + call.param("property"));
        }
        JsonNode value = shapes.value(page, property);
        if (!NotionSchema.type(property).isPaged()) {
            return Reply.json(200, item(property, value));
        }
        NotionPaging paging = NotionPaging.of(call.request(), property.id);
        NotionPaging.Cut<JsonNode> cut = paging.cut(list(value));
        List<ObjectNode> items =
                cut.items().stream().map(one -> item(property, one)).toList();
        ObjectNode list = NotionShapes.list("property_item", items, cut.next());
        ObjectNode about = list.withObjectProperty("property_item");
        about.put("id", property.id).put("next_url", cut.next() == null ? null : next(call, cut.next()));
        about.put("type", property.type).putObject(property.type);
        return Reply.json(200, list);
    }

    private static String next(Call call, String cursor) {
        return "https://api.notion.com" + call.request().path() + "?start_cursor=" + cursor;
    }

    private static ObjectNode item(Property property, JsonNode value) {
        ObjectNode item = Json.object().put("object", "property_item");
        item.put("id", property.id).put("type", property.type).set(property.type, value);
        return item;
    }

    private static List<JsonNode> list(JsonNode array) {
        List<JsonNode> list = new ArrayList<>();
        array.forEach(list::add);
        return list;
    }
}
