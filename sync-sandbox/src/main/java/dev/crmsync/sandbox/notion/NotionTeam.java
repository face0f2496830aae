package dev.crmsync.sandbox.notion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.notion.NotionState.DataSource;
import dev.crmsync.sandbox.notion.NotionState.Database;
import dev.crmsync.sandbox.notion.NotionState.User;
import java.nio.charset.StandardCharsets;

/** The workspace's people and databases, and what a new workspace has of them. Guarded by the stand-in's lock. */
final class NotionTeam {
    private static final String CONTACTS = """
            {"Name":"title","Email":"email","Phone":"phone_number","Company":"rich_text","Notes":"rich_text",
             "Kirim id":"rich_text","Labels":"multi_select","Stage":{"type":"select","options":["Lead","Customer"]},
             "Status":"status","Owner":"people","Score":"number","VIP":"checkbox","Birthday":"date","Website":"url",
             "Related":"relation","Created":"created_time","Created by":"created_by","Edited":"last_edited_time",
             "Edited by":"last_edited_by","Number":{"type":"unique_id","prefix":"C"}}""";

    private final Parts parts;
    private final NotionState state;
    private final NotionIds ids;
    private final NotionSchema schema;
    private final NotionIdentity identity;

    NotionTeam(Parts parts, NotionState state, NotionIds ids, NotionSchema schema, NotionIdentity identity) {
        this.parts = parts;
        this.state = state;
        this.ids = ids;
        this.schema = schema;
        this.identity = identity;
    }

    /** The integration's user, two people, and a database of contacts with one data source that is shared. */
    void addStandard() {
        User bot = new User();
        bot.id = identity.botUser();
        bot.name = NotionWorkspace.INTEGRATION;
        bot.bot = true;
        state.users.put(bot.id, bot);
        join("Ana Silva", "ana@example.com");
        join("Budi Santoso", "budi@example.com");
        Database contacts = database("Contacts", true, editor());
        source(contacts, "Contacts", Json.parse(CONTACTS.getBytes(StandardCharsets.UTF_8)), editor());
    }

    User join(String name, String email) {
        User user = new User();
        user.id = ids.fresh("user");
        user.name = name;
        user.email = email;
        state.users.put(user.id, user);
        parts.changed().run();
        return user;
    }

    /** The person who does what nobody else is named for. */
    NotionActor editor() {
        return state.users.values().stream()
                .filter(one -> !one.bot)
                .findFirst()
                .map(one -> NotionActor.person(one.id))
                .orElseThrow(() -> new IllegalArgumentException("There is nobody in the workspace"));
    }

    Database database(String title, boolean shared, NotionActor actor) {
        Database database = new Database();
        database.id = ids.fresh("database");
        database.title = title;
        database.shared = shared;
        database.by(actor, parts.clock().millis());
        state.databases.put(database.id, database);
        parts.changed().run();
        return database;
    }

    /** Makes a data source; its properties are types by name, or objects of a type and its configuration. */
    DataSource source(Database database, String title, JsonNode properties, NotionActor actor) {
        DataSource source = new DataSource();
        source.id = ids.fresh("data source");
        source.database = database.id;
        source.title = title;
        source.by(actor, parts.clock().millis());
        properties.properties().forEach(one -> {
            JsonNode config = one.getValue();
            String word =
                    config.isTextual() ? config.asText() : config.path("type").asText();
            schema.define(source, one.getKey(), word, config);
        });
        if (source.properties.values().stream().noneMatch(one -> one.type.equals("title"))) {
            schema.define(source, "Name", "title", Json.object());
        }
        state.dataSources.put(source.id, source);
        parts.changed().run();
        return source;
    }

    /** A database and its data sources with all that they hold, for the admin endpoint. */
    ObjectNode whole(Database database) {
        ObjectNode whole = Json.object()
                .put("id", database.id)
                .put("title", database.title)
                .put("shared", database.shared)
                .put("in_trash", database.trashed);
        var sources = whole.putArray("data_sources");
        state.dataSources.values().stream()
                .filter(one -> one.database.equals(database.id))
                .forEach(one -> sources.add(Json.tree(one)));
        return whole;
    }
}
