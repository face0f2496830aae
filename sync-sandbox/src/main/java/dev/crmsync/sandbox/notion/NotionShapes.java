package dev.crmsync.sandbox.notion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.notion.NotionState.DataSource;
import dev.crmsync.sandbox.notion.NotionState.Option;
import dev.crmsync.sandbox.notion.NotionState.Page;
import dev.crmsync.sandbox.notion.NotionState.Property;
import dev.crmsync.sandbox.notion.NotionState.User;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Pages and users as the API shows them. Guarded by the stand-in's lock. */
final class NotionShapes {
    private final Parts parts;
    private final NotionState state;
    private final NotionTimes times;
    private final String workspaceName;

    NotionShapes(Parts parts, NotionState state, NotionTimes times, String workspaceName) {
        this.parts = parts;
        this.state = state;
        this.times = times;
        this.workspaceName = workspaceName;
    }

    /** A page, as much of it as a view wants. */
    ObjectNode page(Page page, NotionView view) {
        DataSource source = state.dataSources.get(page.dataSource);
        ObjectNode shown = Json.object()
                .put("object", "page")
                .put("id", page.id)
                .put("created_time", times.page(page.createdAt))
                .put("last_edited_time", times.page(page.editedAt));
        shown.set("created_by", partial(page.createdBy));
        shown.set("last_edited_by", partial(page.editedBy));
        shown.putNull("cover");
        shown.putNull("icon");
        shown.set("parent", parent(source, view.edition()));
        trash(shown, page.trashed || (source != null && source.trashed), view.edition());
        if (view.edition() == NotionEdition.TRASH) {
            shown.put("is_archived", false);
        }
        shown.put("is_locked", page.locked);
        ObjectNode properties = shown.putObject("properties");
        if (source != null) {
            source.properties.values().stream()
                    .filter(view::wants)
                    .forEach(one -> properties.set(one.name, property(page, one, view.most())));
        }
        return shown.put("url", url(page.id)).putNull("public_url");
    }

    /** Newer editions have one word for it, older ones two. */
    static void trash(ObjectNode shown, boolean trashed, NotionEdition edition) {
        shown.put("in_trash", trashed);
        if (edition != NotionEdition.TRASH) {
            shown.put("archived", trashed);
        }
    }

    static String url(String id) {
        return "https://www.notion.so/" + id.replace("-", "");
    }

    private static ObjectNode parent(@Nullable DataSource source, NotionEdition edition) {
        if (source == null) {
            return Json.object().put("type", "workspace").put("workspace", true);
        }
        return edition.hasDataSources()
                ? Json.object()
                        .put("type", "data_source_id")
                        .put("data_source_id", source.id)
                        .put("database_id", source.database)
                : Json.object().put("type", "database_id").put("database_id", source.database);
    }

    private ObjectNode property(Page page, Property property, int most) {
        ObjectNode shown = Json.object().put("id", property.id).put("type", property.type);
        JsonNode whole = value(page, property);
        NotionType type = NotionSchema.type(property);
        boolean cut = type == NotionType.PEOPLE || type == NotionType.RELATION;
        JsonNode value = cut ? first(whole, most) : type.isText() ? withMentions(whole, most) : whole;
        shown.set(property.type, value);
        boolean tells = type == NotionType.RELATION
                ? parts.dials().on("relation.has_more")
                : type == NotionType.PEOPLE && parts.dials().on("people.has_more");
        return tells ? shown.put("has_more", value.size() < whole.size()) : shown;
    }

    private static JsonNode first(JsonNode list, int most) {
        ArrayNode cut = Json.array();
        for (int i = 0; i < Math.min(most, list.size()); i++) {
            cut.add(list.get(i));
        }
        return cut;
    }

    /** A text breaks off where it would mention more than the API shows. */
    private static JsonNode withMentions(JsonNode items, int most) {
        ArrayNode shown = Json.array();
        int mentions = 0;
        for (JsonNode item : items) {
            mentions += item.has("mention") ? 1 : 0;
            if (mentions > most) {
                break;
            }
            shown.add(item);
        }
        return shown;
    }

    /** The whole value of a property, as the API writes it. */
    JsonNode value(Page page, Property property) {
        JsonNode value = page.values.path(property.id);
        return switch (NotionSchema.type(property)) {
            case TITLE, RICH_TEXT -> value.isArray() ? value : Json.array();
            case CHECKBOX ->
                value.isMissingNode() ? Json.MAPPER.getNodeFactory().booleanNode(false) : value;
            case SELECT, STATUS -> {
                Option option = property.optionById(value.asText(""));
                yield option == null ? Json.MAPPER.nullNode() : NotionSchema.shown(option);
            }
            case MULTI_SELECT -> {
                ArrayNode options = Json.array();
                value.forEach(id -> {
                    Option option = property.optionById(id.asText());
                    if (option != null) {
                        options.add(NotionSchema.shown(option));
                    }
                });
                yield options;
            }
            case PEOPLE -> each(value, this::user);
            case RELATION -> related(value);
            case DATE -> value.isObject() ? ((ObjectNode) value.deepCopy()).putNull("time_zone") : nothing();
            case CREATED_TIME -> text(times.page(page.createdAt));
            case LAST_EDITED_TIME -> text(times.page(page.editedAt));
            case CREATED_BY -> user(page.createdBy);
            case LAST_EDITED_BY -> user(page.editedBy);
            case UNIQUE_ID ->
                Json.object()
                        .put("prefix", property.prefix.isEmpty() ? null : property.prefix)
                        .put("number", page.unique);
            case NUMBER, URL, EMAIL, PHONE_NUMBER -> value.isMissingNode() ? nothing() : value;
        };
    }

    /** What was erased is related no longer. */
    private ArrayNode related(JsonNode ids) {
        ArrayNode shown = Json.array();
        ids.forEach(id -> {
            if (state.pages.containsKey(id.asText())) {
                shown.addObject().set("id", id);
            }
        });
        return shown;
    }

    private static ArrayNode each(JsonNode ids, Function<String, ObjectNode> shape) {
        ArrayNode shown = Json.array();
        ids.forEach(id -> shown.add(shape.apply(id.asText())));
        return shown;
    }

    private static JsonNode nothing() {
        return Json.MAPPER.nullNode();
    }

    private static JsonNode text(String text) {
        return Json.MAPPER.getNodeFactory().textNode(text);
    }

    /** A user by id alone, as created_by and last_edited_by of objects name them. */
    static ObjectNode partial(String id) {
        return Json.object().put("object", "user").put("id", id);
    }

    /** A user with as much as the integration may know. */
    ObjectNode user(String id) {
        User user = state.users.get(id);
        ObjectNode shown = partial(id);
        if (user == null || parts.dials().is("capabilities.users", "none")) {
            return shown;
        }
        shown.put("name", user.name).putNull("avatar_url");
        if (user.bot) {
            ObjectNode bot = shown.put("type", "bot").putObject("bot");
            bot.putObject("owner").put("type", "workspace").put("workspace", true);
            bot.put("workspace_name", workspaceName);
            return shown;
        }
        ObjectNode person = shown.put("type", "person").putObject("person");
        if (parts.dials().is("capabilities.users", "with_email")) {
            person.put("email", user.email);
        }
        return shown;
    }

    /** A page of a list; the type is named twice, as every list does. */
    static ObjectNode list(String type, List<? extends JsonNode> results, @Nullable String next) {
        ObjectNode list = Json.object().put("object", "list");
        list.set("results", Json.array().addAll(results));
        list.put("next_cursor", next).put("has_more", next != null);
        list.put("type", type).putObject(type);
        return list;
    }
}
