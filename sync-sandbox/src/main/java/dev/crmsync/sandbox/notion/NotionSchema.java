package dev.crmsync.sandbox.notion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Request;
import dev.crmsync.sandbox.notion.NotionState.DataSource;
import dev.crmsync.sandbox.notion.NotionState.Option;
import dev.crmsync.sandbox.notion.NotionState.Page;
import dev.crmsync.sandbox.notion.NotionState.Property;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The properties of data sources, which keep their ids whatever people call them. Guarded by the stand-in's lock. */
final class NotionSchema {
    private static final List<String> COLORS =
            List.of("default", "gray", "brown", "orange", "yellow", "green", "blue", "purple", "pink", "red");

    private final Parts parts;
    private final NotionState state;
    private final NotionIds ids;
    private final NotionEvents events;

    NotionSchema(Parts parts, NotionState state, NotionIds ids, NotionEvents events) {
        this.parts = parts;
        this.state = state;
        this.ids = ids;
        this.events = events;
    }

    /** The property of this id, encoded or not, or else of this name; null when there is none. */
    static @Nullable Property find(DataSource source, String key) {
        Property byId = source.properties.get(key);
        if (byId != null) {
            return byId;
        }
        for (Property property : source.properties.values()) {
            if (property.name.equals(key) || decoded(property.id).equals(key)) {
                return property;
            }
        }
        return null;
    }

    private static String decoded(String id) {
        return URLDecoder.decode(id, StandardCharsets.UTF_8);
    }

    /** The property of this id or name; throws when there is none. */
    static Property present(DataSource source, String key) {
        Property property = find(source, key);
        if (property == null) {
            throw NotionErrors.invalid("Could not find property with name or id: " + key);
        }
        return property;
    }

    static NotionType type(Property property) {
        NotionType type = NotionType.of(property.type);
        if (type == null) {
            throw new IllegalStateException("No type " + property.type);
        }
        return type;
    }

    /** The one property that is the title. */
    static Property title(DataSource source) {
        return source.properties.values().stream()
                .filter(one -> one.type.equals("title"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No title in " + source.id));
    }

    /** Adds a property; its configuration is that of the API. */
    Property define(DataSource source, String name, String word, JsonNode config) {
        NotionType type = NotionType.of(word);
        if (type == null) {
            throw NotionErrors.invalid("properties." + name, "should have one of the types " + NotionType.words());
        }
        unused(source, name);
        boolean titled = source.properties.values().stream().anyMatch(one -> one.type.equals("title"));
        if (type == NotionType.TITLE && titled) {
            throw NotionErrors.invalid("Cannot create a second title property: " + name);
        }
        Property property = new Property();
        property.id = type == NotionType.TITLE ? "title" : ids.property();
        property.name = name;
        property.type = word;
        property.prefix = config.path("prefix").asText("");
        property.relatesTo = config.path("data_source_id").asText(type == NotionType.RELATION ? source.id : "");
        for (JsonNode option : config.path("options")) {
            property.options.add(option(
                    option.path("name").asText(option.asText()),
                    option.path("color").asText("")));
        }
        if (type == NotionType.STATUS && property.options.isEmpty()) {
            List.of("Not started", "In progress", "Done").forEach(one -> property.options.add(option(one, "")));
        }
        source.properties.put(property.id, property);
        return property;
    }

    void rename(DataSource source, Property property, String name) {
        if (!property.name.equals(name)) {
            unused(source, name);
            property.name = name;
        }
    }

    /** Takes a property away; its values go with the next {@link #sweep}. */
    void remove(DataSource source, Property property) {
        if (property.type.equals("title")) {
            throw NotionErrors.invalid("Cannot delete the title property " + property.name + ".");
        }
        source.properties.remove(property.id);
    }

    /** Takes the values of properties that are no more away from every row. */
    void sweep(DataSource source) {
        rows(source, page -> {
            ObjectNode values = page.values.deepCopy();
            values.retain(source.properties.keySet());
            return values;
        });
    }

    /** Gives a property another type under its old id; texts stay texts, everything else is unset. */
    void retype(DataSource source, Property property, String word) {
        NotionType type = NotionType.of(word);
        NotionType before = type(property);
        if (type == null || type == NotionType.TITLE || before == NotionType.TITLE) {
            throw new IllegalArgumentException("A property cannot become " + word);
        }
        property.type = word;
        property.options.clear();
        rows(source, page -> {
            ObjectNode values = page.values.deepCopy();
            JsonNode old = values.remove(property.id);
            String text = old == null ? "" : before.isText() ? NotionRichText.plain(old) : old.asText();
            if (!text.isEmpty() && type.isPlain()) {
                values.put(property.id, text);
            } else if (!text.isEmpty() && type.isText()) {
                values.set(property.id, new NotionRichText(parts).accept(NotionRichText.of(text), "", false));
            }
            return values;
        });
    }

    private void rows(DataSource source, Function<Page, ObjectNode> change) {
        state.pages.values().stream()
                .filter(page -> page.dataSource.equals(source.id))
                .forEach(page -> page.values = change.apply(page));
    }

    /** A new option, which nobody holds yet. */
    Option option(String name, String color) {
        if (name.contains(",")) {
            throw NotionErrors.invalid("Invalid option, commas not allowed: " + name);
        }
        Option option = new Option();
        option.id = NotionIds.uuid(parts, "option", state.next("option"));
        option.name = name;
        long number = parts.chance().bits("color", state.next("color"));
        option.color = color.isEmpty() ? COLORS.get((int) Math.floorMod(number, (long) COLORS.size())) : color;
        return option;
    }

    /** Notes that the schema is another one now. */
    void changed(DataSource source, NotionActor actor, List<String> properties) {
        source.edited(actor, parts.clock().millis());
        events.schema(source, actor, properties);
        parts.changed().run();
    }

    private static void unused(DataSource source, String name) {
        if (source.properties.values().stream().anyMatch(one -> one.name.equals(name))) {
            throw NotionErrors.invalid("Cannot have two properties with the name " + name + ".");
        }
    }

    /** The schema as data sources, and in the oldest edition databases, show it. */
    ObjectNode shown(DataSource source, Request request) {
        ObjectNode shown = Json.object();
        source.properties.values().forEach(property -> shown.set(property.name, shown(property, request)));
        return shown;
    }

    private ObjectNode shown(Property property, Request request) {
        ObjectNode shown = Json.object().put("id", property.id).put("name", property.name);
        shown.putNull("description");
        ObjectNode config = shown.put("type", property.type).putObject(property.type);
        switch (type(property)) {
            case NUMBER -> config.put("format", "number");
            case UNIQUE_ID -> config.put("prefix", property.prefix.isEmpty() ? null : property.prefix);
            case RELATION -> relation(property, config, request);
            case SELECT, MULTI_SELECT, STATUS -> {
                var options = config.putArray("options");
                property.options.forEach(one -> options.add(shown(one).putNull("description")));
                if (property.type.equals("status")) {
                    group(property, config);
                }
            }
            default -> {}
        }
        return shown;
    }

    private void relation(Property property, ObjectNode config, Request request) {
        DataSource target = state.dataSources.get(property.relatesTo);
        config.put("database_id", target == null ? null : target.database);
        if (NotionEdition.of(request).hasDataSources()) {
            config.put("data_source_id", property.relatesTo);
        }
        config.put("type", "single_property").putObject("single_property");
    }

    /** All options in one group, for nothing here depends on groups. */
    private void group(Property property, ObjectNode config) {
        ObjectNode group = config.putArray("groups").addObject();
        group.put("id", NotionIds.uuid(parts, "group " + property.id, 1))
                .put("name", "To-do")
                .put("color", "gray");
        property.options.forEach(one -> group.withArrayProperty("option_ids").add(one.id));
    }

    static ObjectNode shown(Option option) {
        return Json.object().put("id", option.id).put("name", option.name).put("color", option.color);
    }
}
