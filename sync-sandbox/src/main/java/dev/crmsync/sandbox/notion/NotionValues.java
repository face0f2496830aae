package dev.crmsync.sandbox.notion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.notion.NotionState.DataSource;
import dev.crmsync.sandbox.notion.NotionState.Property;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a write of properties must look like, and what is kept of it. Guarded by the stand-in's lock. */
final class NotionValues {
    private static final int PLAIN_MOST = 200;
    private static final int LIST_MOST = 100;

    private final Parts parts;
    private final NotionState state;
    private final NotionSchema schema;
    private final NotionRichText texts;

    NotionValues(Parts parts, NotionState state, NotionSchema schema, NotionRichText texts) {
        this.parts = parts;
        this.state = state;
        this.schema = schema;
        this.texts = texts;
    }

    /**
     * The values by property id, null for those that are to be unset. Nothing is changed when it throws; options that
     * are new are made otherwise.
     */
    ObjectNode accept(DataSource source, JsonNode properties, NotionActor actor) {
        if (!properties.isObject() && !properties.isMissingNode()) {
            throw NotionErrors.invalid("properties", "should be an object, instead was `" + properties + "`.");
        }
        boolean limited = actor.type().equals("bot");
        NotionOptions options = new NotionOptions(parts, schema, source, actor);
        ObjectNode values = Json.object();
        for (var given : properties.properties()) {
            Property property = NotionSchema.find(source, given.getKey());
            if (property == null) {
                throw NotionErrors.invalid(given.getKey() + " is not a property that exists.");
            }
            values.set(property.id, value(property, given.getKey(), given.getValue(), limited, options));
        }
        options.make();
        return values;
    }

    private JsonNode value(Property property, String key, JsonNode given, boolean limited, NotionOptions options) {
        NotionType type = NotionSchema.type(property);
        String path = "properties." + key + "." + property.type;
        if (type.readOnly()) {
            throw NotionErrors.invalid("Cannot update " + property.type + " property " + property.name + ".");
        }
        if (!given.has(property.type)) {
            if (given.isNull()) {
                return Json.MAPPER.nullNode();
            }
            throw NotionErrors.invalid(property.name + " is expected to be " + property.type + ".");
        }
        JsonNode value = given.path(property.type);
        if (value.isNull() && type != NotionType.CHECKBOX) {
            return value;
        }
        return switch (type) {
            case TITLE, RICH_TEXT -> filled(texts.accept(value, path, limited));
            case NUMBER -> fitting(value, value.isNumber(), path, "a number");
            case CHECKBOX -> fitting(value, value.isBoolean(), path, "a boolean");
            case URL, EMAIL, PHONE_NUMBER -> plain(type, value, path, limited);
            case SELECT, STATUS -> options.id(property, value, path);
            case MULTI_SELECT -> {
                ArrayNode ids = Json.array();
                unique(
                                list(value, path, limited),
                                one -> options.id(property, one, path).asText())
                        .forEach(ids::add);
                yield filled(ids);
            }
            case PEOPLE -> filled(references(list(value, path, limited), path, "user", state.users.keySet()));
            case RELATION -> filled(references(list(value, path, limited), path, "page", state.pages.keySet()));
            case DATE -> date(value, path);
            default -> throw new IllegalStateException("No value of " + type);
        };
    }

    private JsonNode plain(NotionType type, JsonNode value, String path, boolean limited) {
        fitting(value, value.isTextual(), path, "a string");
        boolean trims = type != NotionType.URL && parts.dials().on("email_phone.trim");
        String text = trims ? value.asText().strip() : value.asText();
        if (text.isEmpty()) {
            if (parts.dials().is("email_phone.empty", "rejected")) {
                throw NotionErrors.invalid(path, "should be a non-empty string or `null`.");
            }
            return Json.MAPPER.nullNode();
        }
        int most = type == NotionType.URL ? NotionRichText.TEXT_MOST : PLAIN_MOST;
        if (limited && text.length() > most) {
            throw NotionErrors.invalid(
                    path + ".length", "should be ≤ `" + most + "`, instead was `" + text.length() + "`.");
        }
        return Json.MAPPER.getNodeFactory().textNode(text);
    }

    private static JsonNode date(JsonNode value, String path) {
        String zone = value.hasNonNull("time_zone") ? value.path("time_zone").asText() : null;
        ObjectNode date = Json.object();
        date.put("start", moment(value.path("start"), zone, path + ".start"));
        date.put("end", value.hasNonNull("end") ? moment(value.path("end"), zone, path + ".end") : null);
        return date;
    }

    private static String moment(JsonNode given, @Nullable String zone, String path) {
        String shown = given.isTextual() ? NotionTimes.shown(given.asText(), zone) : null;
        if (shown == null) {
            throw NotionErrors.invalid(path, "should be a valid ISO 8601 date string, instead was `" + given + "`.");
        }
        return shown;
    }

    private ArrayNode references(JsonNode list, String path, String kind, Set<String> known) {
        ArrayNode ids = Json.array();
        unique(list, one -> {
                    String id = NotionIds.valid("body failed validation: body." + path + ".id", text(one, "id"));
                    if (!known.contains(id)) {
                        throw parts.dials().is("references.missing", "404")
                                ? NotionErrors.missing(kind, id)
                                : NotionErrors.invalid("Could not find " + kind + " with ID: " + id + ".");
                    }
                    return id;
                })
                .forEach(ids::add);
        return ids;
    }

    private static JsonNode list(JsonNode value, String path, boolean limited) {
        fitting(value, value.isArray(), path, "an array");
        if (limited && value.size() > LIST_MOST) {
            throw NotionErrors.invalid(
                    path + ".length", "should be ≤ `" + LIST_MOST + "`, instead was `" + value.size() + "`.");
        }
        return value;
    }

    private static Set<String> unique(JsonNode list, Function<JsonNode, String> id) {
        Set<String> unique = new LinkedHashSet<>();
        list.forEach(one -> unique.add(id.apply(one)));
        return unique;
    }

    private static JsonNode fitting(JsonNode value, boolean fits, String path, String wanted) {
        if (!fits) {
            throw NotionErrors.invalid(path, "should be " + wanted + ", instead was `" + value + "`.");
        }
        return value;
    }

    private static JsonNode filled(ArrayNode list) {
        return list.isEmpty() ? Json.MAPPER.nullNode() : list;
    }

    private static String text(JsonNode node, String key) {
        return node.path(key).asText("");
    }
}
