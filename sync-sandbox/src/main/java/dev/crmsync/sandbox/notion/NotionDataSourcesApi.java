package dev.crmsync.sandbox.notion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Refusal;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Request;
import dev.crmsync.sandbox.http.Routes;
import dev.crmsync.sandbox.http.Routes.Call;
import dev.crmsync.sandbox.notion.NotionState.DataSource;
import dev.crmsync.sandbox.notion.NotionState.Database;
import dev.crmsync.sandbox.notion.NotionState.Option;
import dev.crmsync.sandbox.notion.NotionState.Property;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Databases, their data sources, and the schemas of these. Guarded by the stand-in's lock. */
final class NotionDataSourcesApi {
    private final Parts parts;
    private final NotionAccess access;
    private final NotionSchema schema;
    private final NotionTimes times;
    private final NotionRichText texts;
    private final NotionActor bot;

    NotionDataSourcesApi(
            Parts parts,
            NotionAccess access,
            NotionSchema schema,
            NotionTimes times,
            NotionRichText texts,
            NotionActor bot) {
        this.parts = parts;
        this.access = access;
        this.schema = schema;
        this.times = times;
        this.texts = texts;
        this.bot = bot;
    }

    void addTo(Routes routes) {
        routes.on("GET", "/v1/databases/{id}", call -> {
                    access.may("read_content");
                    return Reply.json(200, shown(access.database(call.param("id")), call.request()));
                })
                .on("GET", "/v1/data_sources/{id}", call -> {
                    newer(call);
                    access.may("read_content");
                    return Reply.json(200, shown(access.dataSource(call.param("id")), call.request()));
                })
                .on("PATCH", "/v1/data_sources/{id}", this::patch);
    }

    /** Refuses editions that know no data sources. */
    static void newer(Call call) {
        if (!NotionEdition.of(call.request()).hasDataSources()) {
            throw unknown();
        }
    }

    /** Refuses editions that ask data sources for rows. */
    static void older(Call call) {
        if (NotionEdition.of(call.request()).hasDataSources()) {
            throw unknown();
        }
    }

    static Refusal unknown() {
        return NotionErrors.of(400, "invalid_request_url", "Invalid request URL.");
    }

    private Reply patch(Call call) {
        newer(call);
        access.may("edit_data_source");
        DataSource source = access.dataSource(call.param("id"));
        JsonNode body = call.request().json();
        Set<String> changed = new LinkedHashSet<>();
        // Everything is done to a copy first, so that a refused change leaves nothing behind.
        DataSource copy = Json.as(Json.tree(source), DataSource.class);
        for (Map.Entry<String, JsonNode> one : body.path("properties").properties()) {
            changed.add(change(copy, one.getKey(), one.getValue()));
        }
        if (body.has("title")) {
            source.title = NotionRichText.plain(texts.accept(body.path("title"), "title", true));
        }
        source.properties = copy.properties;
        schema.sweep(source);
        if (!changed.isEmpty() || body.has("title")) {
            schema.changed(source, bot, List.copyOf(changed));
        }
        return Reply.json(200, shown(source, call.request()));
    }

    /** Adds, renames, removes or configures one property; its id. */
    private String change(DataSource source, String key, JsonNode change) {
        Property property = NotionSchema.find(source, key);
        if (property == null) {
            return add(source, key, change).id;
        }
        if (change.isNull()) {
            schema.remove(source, property);
            return property.id;
        }
        if (change.path("name").isTextual()) {
            schema.rename(source, property, change.path("name").asText());
        }
        JsonNode options = change.path(property.type).path("options");
        if (options.isArray()) {
            configure(property, options);
        }
        return property.id;
    }

    private Property add(DataSource source, String name, JsonNode config) {
        for (String word : NotionType.words()) {
            if (config.path(word).isObject()) {
                return schema.define(source, name, word, config.path(word));
            }
        }
        throw NotionErrors.invalid("properties." + name, "should have one of the types " + NotionType.words());
    }

    /** Replaces the options: those that are named by id or name stay, others go, new ones come. */
    private void configure(Property property, JsonNode options) {
        if (property.type.equals("status") && !parts.dials().on("status.options_writable")) {
            throw NotionErrors.invalid("Cannot update the options of the status property " + property.name + ".");
        }
        List<Option> after = new ArrayList<>();
        for (JsonNode given : options) {
            String name = given.path("name").asText("");
            Option known = given.hasNonNull("id")
                    ? property.optionById(given.path("id").asText())
                    : property.optionByName(name);
            if (known == null && name.isEmpty()) {
                throw NotionErrors.invalid("An option needs a name or the id of one that is there.");
            }
            String color = given.path("color").asText("");
            if (known != null && !color.isEmpty() && !color.equals(known.color)) {
                throw NotionErrors.invalid("Cannot update color of select with name: " + known.name + ".");
            }
            if (known == null) {
                known = schema.option(name, color);
            } else if (!name.isEmpty()) {
                known.name = name;
            }
            after.add(known);
        }
        property.options = after;
    }

    ObjectNode shown(Database database, Request request) {
        NotionEdition edition = NotionEdition.of(request);
        ObjectNode shown = Json.object().put("object", "database").put("id", database.id);
        about(shown, database.title, database.trashed, database, edition);
        shown.putObject("parent").put("type", "workspace").put("workspace", true);
        shown.put("is_locked", false).put("url", NotionShapes.url(database.id));
        if (!edition.hasDataSources()) {
            return shown.set("properties", schema.shown(access.only(database), request));
        }
        ArrayNode sources = shown.putArray("data_sources");
        access.sourcesOf(database)
                .forEach(one -> sources.addObject().put("id", one.id).put("name", one.title));
        return shown;
    }

    ObjectNode shown(DataSource source, Request request) {
        ObjectNode shown = Json.object().put("object", "data_source").put("id", source.id);
        about(shown, source.title, source.trashed, source, NotionEdition.of(request));
        shown.putObject("parent").put("type", "database_id").put("database_id", source.database);
        shown.putObject("database_parent").put("type", "workspace").put("workspace", true);
        shown.put("url", NotionShapes.url(source.database));
        return shown.set("properties", schema.shown(source, request));
    }

    private void about(ObjectNode shown, String title, boolean trashed, NotionState.Made made, NotionEdition edition) {
        shown.set("title", texts.accept(NotionRichText.of(title), "title", false));
        shown.putArray("description");
        shown.put("created_time", times.other(made.createdAt)).put("last_edited_time", times.other(made.editedAt));
        shown.set("created_by", NotionShapes.partial(made.createdBy));
        shown.set("last_edited_by", NotionShapes.partial(made.editedBy));
        shown.put("is_inline", false).putNull("icon").putNull("cover").putNull("public_url");
        NotionShapes.trash(shown, trashed, edition);
    }
}
