package dev.crmsync.sandbox.notion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.notion.NotionState.DataSource;
import dev.crmsync.sandbox.notion.NotionState.Page;
import dev.crmsync.sandbox.notion.NotionState.Property;
import java.util.Objects;

/** Values as a person sees them: texts, numbers, flags, names of options, ids; for the admin endpoint. */
final class NotionPlain {
    private final NotionShapes shapes;

    NotionPlain(NotionShapes shapes) {
        this.shapes = shapes;
    }

    /** Properties as the API takes them; what already looks so stays as it is. */
    static ObjectNode request(DataSource source, JsonNode properties) {
        ObjectNode request = Json.object();
        properties.properties().forEach(one -> {
            Property property = NotionSchema.present(source, one.getKey());
            JsonNode given = one.getValue();
            boolean typed = given.isObject() && given.has(property.type);
            request.set(property.id, typed ? given : Json.object().set(property.type, value(property, given)));
        });
        return request;
    }

    private static JsonNode value(Property property, JsonNode given) {
        NotionType type = NotionSchema.type(property);
        if (given.isNull() && !type.isText() && type != NotionType.CHECKBOX) {
            return given;
        }
        return switch (type) {
            case TITLE, RICH_TEXT -> given.isArray() ? given : NotionRichText.of(given.isNull() ? "" : given.asText());
            case SELECT, STATUS -> Json.object().put("name", given.asText());
            case MULTI_SELECT -> each(given, "name");
            case PEOPLE, RELATION -> each(given, "id");
            case DATE -> given.isTextual() ? Json.object().put("start", given.asText()) : given;
            default -> given;
        };
    }

    private static ArrayNode each(JsonNode given, String key) {
        ArrayNode list = Json.array();
        given.forEach(one -> list.add(one.isObject() ? one : Json.object().put(key, one.asText())));
        return list;
    }

    /** Every value of a page that is set, under the names that the properties have now. */
    ObjectNode of(Page page, DataSource source) {
        ObjectNode plain = Json.object();
        for (Property property : source.properties.values()) {
            JsonNode value = shapes.value(page, property);
            plain.set(property.name, plain(NotionSchema.type(property), value));
        }
        return plain;
    }

    private static JsonNode plain(NotionType type, JsonNode value) {
        return switch (type) {
            case TITLE, RICH_TEXT -> Json.tree(NotionRichText.plain(value));
            case SELECT, STATUS -> value.isNull() ? value : value.path("name");
            case MULTI_SELECT -> list(value, "name");
            case PEOPLE, RELATION -> list(value, "id");
            case CREATED_BY, LAST_EDITED_BY -> value.path("id");
            case UNIQUE_ID -> value.path("number");
            default -> Objects.requireNonNull(value);
        };
    }

    private static ArrayNode list(JsonNode value, String key) {
        ArrayNode list = Json.array();
        value.forEach(one -> list.add(one.path(key)));
        return list;
    }
}
