package dev.crmsync.sandbox.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.FrontDoor;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Routes;
import dev.crmsync.sandbox.http.Routes.Call;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Field;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Item;
import dev.crmsync.sandbox.pipedrive.PipedriveState.User;
import java.util.ArrayList;
import java.util.List;

/** Pipedrive's part of the admin endpoint that is about the company: users, pipelines, fields, labels, webhooks, tokens. */
final class PipedriveCompanyAdmin {
    private final Parts parts;
    private final PipedriveState state;
    private final PipedriveTeam team;
    private final PipedriveFields fields;
    private final PipedrivePipelinesApi pipelines;
    private final PipedriveUsersApi users;
    private final PipedriveWebhooksApi webhooks;
    private final PipedriveFilters filters;
    private final PipedriveLimits limits;
    private final PipedriveShapes shapes;
    private final Object lock;

    PipedriveCompanyAdmin(
            Parts parts,
            PipedriveState state,
            PipedriveTeam team,
            PipedriveFields fields,
            PipedrivePipelinesApi pipelines,
            PipedriveUsersApi users,
            PipedriveWebhooksApi webhooks,
            PipedriveFilters filters,
            PipedriveLimits limits,
            PipedriveShapes shapes,
            Object lock) {
        this.parts = parts;
        this.state = state;
        this.team = team;
        this.fields = fields;
        this.pipelines = pipelines;
        this.users = users;
        this.webhooks = webhooks;
        this.filters = filters;
        this.limits = limits;
        this.shapes = shapes;
        this.lock = lock;
    }

    void addTo(Routes routes) {
        String a = FrontDoor.ADMIN;
        routes.on("GET", a + "/users", locked(call -> answer("users", users.dump())))
                .on("POST", a + "/users", locked(this::join))
                .on("PATCH", a + "/users/{id}", locked(this::change))
                .on("GET", a + "/pipelines", locked(call -> answer("pipelines", items(PipedriveKind.PIPELINE))))
                .on("GET", a + "/stages", locked(call -> answer("stages", items(PipedriveKind.STAGE))))
                .on("POST", a + "/pipelines", locked(this::pipeline))
                .on("GET", a + "/fields", locked(call -> answer("fields", fields())))
                .on("POST", a + "/fields", locked(this::field))
                .on("POST", a + "/labels", locked(this::label))
                .on(
                        "POST",
                        a + "/filters",
                        locked(call ->
                                Reply.json(200, filters.make(call.request().json()))))
                .on("GET", a + "/webhooks", locked(call -> answer("webhooks", webhooks.dump())))
                .on("GET", a + "/tokens", locked(call -> Reply.json(200, tokens())));
    }

    private Routes.Handler locked(Routes.Handler handler) {
        return call -> {
            synchronized (lock) {
                return handler.handle(call);
            }
        };
    }

    private static Reply answer(String name, ArrayNode all) {
        return Reply.json(200, Json.object().put("count", all.size()).set(name, all));
    }

    private ArrayNode items(PipedriveKind kind) {
        ArrayNode all = Json.array();
        state.shelf(kind).items.values().forEach(one -> all.add(shapes.whole(kind, one)));
        return all;
    }

    private Reply join(Call call) {
        ArrayNode ids = Json.array();
        for (JsonNode one : call.request().json().path("users")) {
            String name = one.path("name").asText("Somebody");
            ids.add(team.join(
                            name,
                            one.path("email").asText(""),
                            one.path("admin").asBoolean())
                    .id);
        }
        parts.changed().run();
        return Reply.json(200, Json.object().set("ids", ids));
    }

    private Reply change(Call call) {
        User user = state.users.get(Long.parseLong(call.param("id")));
        if (user == null) {
            throw new IllegalArgumentException("There is no user " + call.param("id"));
        }
        JsonNode body = call.request().json();
        user.name = body.path("name").asText(user.name);
        user.email = body.path("email").asText(user.email);
        user.admin = body.path("admin").asBoolean(user.admin);
        user.active = body.path("active").asBoolean(user.active);
        parts.changed().run();
        return Reply.json(200, users.shown(user));
    }

    private Reply pipeline(Call call) {
        JsonNode body = call.request().json();
        List<String> stages = new ArrayList<>();
        body.path("stages").forEach(one -> stages.add(one.asText()));
        Item made = pipelines.makePipeline(body.path("name").asText("A pipeline"), stages);
        parts.changed().run();
        ObjectNode answer = shapes.whole(PipedriveKind.PIPELINE, made);
        ArrayNode ids = answer.putArray("stage_ids");
        state.shelf(PipedriveKind.STAGE).items.values().stream()
                .filter(one -> one.values.path("pipeline_id").asLong() == made.number)
                .forEach(one -> ids.add(one.number));
        return Reply.json(200, answer);
    }

    /** The fields of persons and deals with their options. */
    private ArrayNode fields() {
        ArrayNode all = Json.array();
        for (PipedriveKind kind : List.of(PipedriveKind.PERSON, PipedriveKind.DEAL)) {
            for (Field field : fields.all(kind)) {
                ObjectNode row = all.addObject()
                        .put("kind", kind.word())
                        .put("field_name", field.name)
                        .put("field_code", field.code);
                ArrayNode options = row.putArray("options");
                field.options.forEach(
                        one -> options.addObject().put("id", one.id).put("label", one.label));
            }
        }
        return all;
    }

    private Reply field(Call call) {
        JsonNode body = call.request().json();
        List<String> labels = new ArrayList<>();
        body.path("options").forEach(one -> labels.add(one.path("label").asText(one.asText())));
        String name = body.path("field_name").asText("");
        String type = body.path("field_type").asText("varchar");
        Field field = fields.define(kind(body), name, type, labels);
        parts.changed().run();
        ObjectNode answer = Json.object().put("field_code", field.code);
        ArrayNode ids = answer.putArray("option_ids");
        field.options.forEach(one -> ids.add(one.id));
        return Reply.json(200, answer);
    }

    /** A label of persons or deals, which people make and rename whatever the API may. */
    private Reply label(Call call) {
        JsonNode body = call.request().json();
        Field labels = fields.labels(kind(body));
        String text = body.path("label").asText("");
        long id = body.path("id").asLong();
        PipedriveState.Option option = body.has("id")
                ? labels.option(id)
                : fields.addOptions(labels, List.of(text)).get(0);
        if (option == null) {
            throw new IllegalArgumentException("There is no label " + id);
        }
        option.label = text;
        parts.changed().run();
        return Reply.json(200, Json.object().put("id", option.id).put("label", option.label));
    }

    private static PipedriveKind kind(JsonNode body) {
        return body.path("kind").asText("person").equals("deal") ? PipedriveKind.DEAL : PipedriveKind.PERSON;
    }

    private ObjectNode tokens() {
        long budget = parts.dials().whole("limits.daily_tokens");
        long spent = limits.spent();
        return Json.object().put("budget", budget).put("spent", spent).put("left", Math.max(0, budget - spent));
    }
}
