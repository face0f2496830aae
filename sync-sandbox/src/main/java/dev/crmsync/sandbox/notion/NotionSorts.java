package dev.crmsync.sandbox.notion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.notion.NotionState.DataSource;
import dev.crmsync.sandbox.notion.NotionState.Page;
import dev.crmsync.sandbox.notion.NotionState.Property;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** In which order a query lists: by its sorts, and rows that are equal in them in an order of nobody's choosing. */
final class NotionSorts {
    private final Parts parts;
    private final NotionTimes times;
    private final List<Function<Page, JsonNode>> keys = new ArrayList<>();
    private final List<Boolean> descending = new ArrayList<>();

    /** A row with what it is sorted by. */
    record Row(Page page, ArrayNode keys, long tie) {}

    NotionSorts(Parts parts, NotionTimes times, JsonNode sorts, DataSource source) {
        this.parts = parts;
        this.times = times;
        for (int i = 0; i < sorts.size(); i++) {
            JsonNode sort = sorts.path(i);
            String direction = sort.path("direction").asText("ascending");
            if (!direction.equals("ascending") && !direction.equals("descending")) {
                throw NotionErrors.invalid("sorts[" + i + "].direction", "should be `ascending` or `descending`.");
            }
            descending.add(direction.equals("descending"));
            keys.add(key(sort, source, "sorts[" + i + "]"));
        }
    }

    private Function<Page, JsonNode> key(JsonNode sort, DataSource source, String path) {
        String timestamp = sort.path("timestamp").asText("");
        if (timestamp.equals("created_time")) {
            return page -> LongNode.valueOf(times.ofPage(page.createdAt));
        }
        if (timestamp.equals("last_edited_time")) {
            return page -> LongNode.valueOf(times.ofPage(page.editedAt));
        }
        if (!sort.path("property").isTextual()) {
            throw NotionErrors.invalid(path + ".property", "should be defined, instead was `undefined`.");
        }
        Property property = NotionSchema.present(source, sort.path("property").asText());
        return page -> key(page, property);
    }

    private JsonNode key(Page page, Property property) {
        JsonNode value = page.values.path(property.id);
        return switch (NotionSchema.type(property)) {
            case CREATED_TIME -> LongNode.valueOf(times.ofPage(page.createdAt));
            case LAST_EDITED_TIME -> LongNode.valueOf(times.ofPage(page.editedAt));
            case UNIQUE_ID -> LongNode.valueOf(page.unique);
            case CHECKBOX -> LongNode.valueOf(value.asBoolean() ? 1 : 0);
            case CREATED_BY -> TextNode.valueOf(page.createdBy);
            case LAST_EDITED_BY -> TextNode.valueOf(page.editedBy);
            // Options are sorted as the schema lists them.
            case SELECT, STATUS -> position(property, value);
            case MULTI_SELECT -> position(property, value.path(0));
            case DATE -> orNull(NotionTimes.parse(value.path("start").asText("")));
            case NUMBER -> value.isNumber() ? value : Json.MAPPER.nullNode();
            default -> {
                String text = value.isArray() && NotionSchema.type(property).isText()
                        ? NotionRichText.plain(value)
                        : value.path(0).asText(value.asText(""));
                yield text.isEmpty() ? Json.MAPPER.nullNode() : TextNode.valueOf(text.toLowerCase(Locale.ROOT));
            }
        };
    }

    private static JsonNode position(Property property, JsonNode id) {
        for (int i = 0; i < property.options.size(); i++) {
            if (property.options.get(i).id.equals(id.asText(""))) {
                return LongNode.valueOf(i);
            }
        }
        return Json.MAPPER.nullNode();
    }

    private static JsonNode orNull(@Nullable Long number) {
        return number == null ? Json.MAPPER.nullNode() : LongNode.valueOf(number);
    }

    Row row(Page page) {
        ArrayNode values = Json.array();
        keys.forEach(key -> values.add(key.apply(page)));
        return new Row(page, values, parts.chance().bits("tie", page.number));
    }

    /** Empty values come last in either direction. */
    Comparator<Row> order() {
        return (one, other) -> compare(one.keys, one.tie, other.keys, other.tie);
    }

    /** Whether a row comes after the place that a cursor names. */
    boolean after(Row row, JsonNode place) {
        return compare(row.keys, row.tie, place.path("keys"), place.path("tie").asLong()) > 0;
    }

    /** The place of a row, for a cursor. */
    static ObjectNode place(Row row) {
        ObjectNode place = Json.object().put("tie", row.tie);
        place.set("keys", row.keys);
        return place;
    }

    private int compare(JsonNode one, long tie, JsonNode other, long otherTie) {
        for (int i = 0; i < keys.size(); i++) {
            JsonNode a = one.path(i);
            JsonNode b = other.path(i);
            if (a.isNull() || b.isNull()) {
                if (a.isNull() != b.isNull()) {
                    return a.isNull() ? 1 : -1;
                }
                continue;
            }
            int order = a.isNumber() && b.isNumber()
                    ? Double.compare(a.doubleValue(), b.doubleValue())
                    : a.asText().compareTo(b.asText());
            if (order != 0) {
                return descending.get(i) ? -order : order;
            }
        }
        return Long.compare(tie, otherTie);
    }
}
