package dev.crmsync.sandbox.notion;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.notion.NotionState.DataSource;
import dev.crmsync.sandbox.notion.NotionState.Option;
import dev.crmsync.sandbox.notion.NotionState.Property;
import java.util.LinkedHashMap;
import java.util.Map;

/** The options that one write names; those that are new are made only when the whole write is good. */
final class NotionOptions {
    private static final int NAME_MOST = 100;

    private final Parts parts;
    private final NotionSchema schema;
    private final DataSource source;
    private final NotionActor actor;
    private final Map<Property, Map<String, Option>> fresh = new LinkedHashMap<>();

    NotionOptions(Parts parts, NotionSchema schema, DataSource source, NotionActor actor) {
        this.parts = parts;
        this.schema = schema;
        this.source = source;
        this.actor = actor;
    }

    /** The id of an option that is named by id or by name. */
    JsonNode id(Property property, JsonNode given, String path) {
        Option option = given.hasNonNull("id") ? byId(property, given, path) : byName(property, given, path);
        return Json.MAPPER.getNodeFactory().textNode(option.id);
    }

    private static Option byId(Property property, JsonNode given, String path) {
        String id = given.path("id").asText();
        Option option = property.optionById(id);
        if (option == null) {
            throw NotionErrors.invalid(path + ".id", "should be the id of an option, instead was `" + id + "`.");
        }
        return option;
    }

    private Option byName(Property property, JsonNode given, String path) {
        String name = given.path("name").asText("");
        if (name.isEmpty()) {
            throw NotionErrors.invalid(path + ".name", "should be a non-empty string.");
        }
        if (name.contains(",")) {
            throw NotionErrors.invalid("Invalid " + property.type + " option, commas not allowed: " + name);
        }
        if (name.length() > NAME_MOST) {
            throw NotionErrors.invalid(path + ".name.length", "should be ≤ `" + NAME_MOST + "`.");
        }
        Option known = property.optionByName(name);
        if (known != null) {
            return known;
        }
        boolean person = !actor.type().equals("bot");
        if (!person && NotionSchema.type(property) == NotionType.STATUS) {
            throw NotionErrors.invalid(
                    "Invalid status option. Status option \"" + name + "\" does not exist in " + property.name + ".");
        }
        if (!person && !parts.dials().on("capabilities.edit_data_source")) {
            throw NotionErrors.restricted("the integration may not add the option of " + property.name);
        }
        return fresh.computeIfAbsent(property, one -> new LinkedHashMap<>())
                .computeIfAbsent(
                        name, one -> schema.option(one, given.path("color").asText("")));
    }

    /** Adds what is new to the schema. */
    void make() {
        fresh.forEach((property, options) -> property.options.addAll(options.values()));
        if (!fresh.isEmpty()) {
            schema.changed(
                    source, actor, fresh.keySet().stream().map(one -> one.id).toList());
        }
    }
}
