package dev.crmsync.sandbox.notion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.FrontDoor;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Routes;
import dev.crmsync.sandbox.http.Routes.Call;
import dev.crmsync.sandbox.http.Routes.Handler;
import dev.crmsync.sandbox.notion.NotionState.DataSource;
import dev.crmsync.sandbox.notion.NotionState.Database;
import dev.crmsync.sandbox.notion.NotionState.Option;
import dev.crmsync.sandbox.notion.NotionState.Property;
import java.util.List;
import java.util.Locale;

/** Notion's part of the admin endpoint that is about the workspace: users, databases, what is shared, schemas. */
final class NotionTeamAdmin {
    private final Parts parts;
    private final NotionState state;
    private final NotionTeam team;
    private final NotionSchema schema;
    private final NotionEvents events;
    private final NotionDoings doings;
    private final Object lock;

    NotionTeamAdmin(
            Parts parts,
            NotionState state,
            NotionTeam team,
            NotionSchema schema,
            NotionEvents events,
            NotionDoings doings,
            Object lock) {
        this.parts = parts;
        this.state = state;
        this.team = team;
        this.schema = schema;
        this.events = events;
        this.doings = doings;
        this.lock = lock;
    }

    void addTo(Routes routes) {
        String a = FrontDoor.ADMIN;
        routes.on(
                        "GET",
                        a + "/users",
                        Handler.locked(
                                lock,
                                call -> answer(
                                        "users",
                                        Json.array()
                                                .addAll(state.users.values().stream()
                                                        .map(Json::tree)
                                                        .toList()))))
                .on("POST", a + "/users", Handler.locked(lock, this::join))
                .on(
                        "GET",
                        a + "/databases",
                        Handler.locked(
                                lock,
                                call -> answer(
                                        "databases",
                                        Json.array()
                                                .addAll(state.databases.values().stream()
                                                        .map(team::whole)
                                                        .toList()))))
                .on("POST", a + "/databases", Handler.locked(lock, this::make))
                .on("POST", a + "/databases/{id}/data_sources", Handler.locked(lock, this::addSource))
                .on("POST", a + "/data_sources/{id}/trash", Handler.locked(lock, this::trash));
        for (boolean shared : List.of(true, false)) {
            String word = shared ? "share" : "unshare";
            routes.on("POST", a + "/databases/{id}/" + word, Handler.locked(lock, call -> {
                Database database = database(call.param("id"));
                database.shared = shared;
                parts.changed().run();
                return Reply.json(200, team.whole(database));
            }));
        }
        routes.on("POST", a + "/properties", Handler.locked(lock, this::property))
                .on("POST", a + "/options", Handler.locked(lock, this::option));
    }

    private static Reply answer(String name, ArrayNode all) {
        return Reply.json(200, Json.object().put("count", all.size()).set(name, all));
    }

    private Reply join(Call call) {
        ArrayNode ids = Json.array();
        for (JsonNode one : call.request().json().path("users")) {
            ids.add(team.join(
                            one.path("name").asText("Somebody"),
                            one.path("email").asText(""))
                    .id);
        }
        return Reply.json(200, Json.object().set("ids", ids));
    }

    /** A database with one data source of the same name, unless data sources are named. */
    private Reply make(Call call) {
        JsonNode body = call.request().json();
        NotionActor actor = doings.actor(body);
        String title = body.path("title").asText("A database");
        Database database = team.database(title, body.path("shared").asBoolean(true), actor);
        if (body.path("data_sources").isEmpty()) {
            team.source(database, title, body.path("properties"), actor);
        }
        for (JsonNode one : body.path("data_sources")) {
            team.source(database, one.path("name").asText(title), one.path("properties"), actor);
        }
        return Reply.json(200, team.whole(database));
    }

    private Reply addSource(Call call) {
        JsonNode body = call.request().json();
        Database database = database(call.param("id"));
        NotionActor actor = doings.actor(body);
        DataSource made = team.source(database, body.path("name").asText("More"), body.path("properties"), actor);
        events.dataSource("created", made, actor);
        return Reply.json(200, Json.tree(made));
    }

    private Reply trash(Call call) {
        JsonNode body = call.request().json();
        DataSource source = doings.source(Json.object().put("data_source_id", call.param("id")));
        boolean trashed = body.path("in_trash").asBoolean(true);
        if (source.trashed != trashed) {
            source.trashed = trashed;
            events.dataSource(trashed ? "deleted" : "undeleted", source, doings.actor(body));
            parts.changed().run();
        }
        return Reply.json(200, Json.tree(source));
    }

    /** Adds a property, or renames, retypes or removes one that is named by id or name. */
    private Reply property(Call call) {
        JsonNode body = call.request().json();
        DataSource source = doings.source(body);
        String op = body.path("op").asText("add");
        String name = body.path("name").asText("");
        Property property;
        if (op.equals("add")) {
            property = schema.define(source, name, body.path("type").asText("rich_text"), body);
        } else {
            property = NotionSchema.present(source, body.path("property").asText());
            switch (op) {
                case "rename" -> schema.rename(source, property, name);
                case "retype" ->
                    schema.retype(source, property, body.path("type").asText());
                case "remove" -> {
                    schema.remove(source, property);
                    schema.sweep(source);
                }
                default -> throw new IllegalArgumentException("op must be add, rename, retype or remove, not " + op);
            }
        }
        schema.changed(source, doings.actor(body), List.of(property.id));
        return Reply.json(200, Json.tree(property));
    }

    /** Adds an option, or renames or removes one that is named by id or name. */
    private Reply option(Call call) {
        JsonNode body = call.request().json();
        DataSource source = doings.source(body);
        Property property = NotionSchema.present(source, body.path("property").asText());
        String op = body.path("op").asText("add");
        String name = body.path("name").asText("");
        Option option;
        if (op.equals("add")) {
            option = schema.option(name, body.path("color").asText("").toLowerCase(Locale.ROOT));
            property.options.add(option);
        } else {
            String named = body.path("option").asText();
            Option known = property.optionById(named);
            option = known == null ? property.optionByName(named) : known;
            if (option == null) {
                throw new IllegalArgumentException("There is no option " + named);
            }
            switch (op) {
                case "rename" -> option.name = name;
                case "remove" -> property.options.remove(option);
                default -> throw new IllegalArgumentException("op must be add, rename or remove, not " + op);
            }
        }
        schema.changed(source, doings.actor(body), List.of(property.id));
        ObjectNode shown = NotionSchema.shown(option);
        return Reply.json(200, shown.put("property_id", property.id));
    }

    private Database database(String id) {
        Database database = state.databases.get(id);
        if (database == null) {
            throw new IllegalArgumentException("There is no database " + id);
        }
        return database;
    }
}
