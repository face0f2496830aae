package dev.crmsync.sandbox.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Routes;
import dev.crmsync.sandbox.http.Routes.Call;
import dev.crmsync.sandbox.hubspot.HubSpotBook.Draft;
import dev.crmsync.sandbox.hubspot.HubSpotErrors.Refused;
import dev.crmsync.sandbox.hubspot.HubSpotState.CrmObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** HubSpot's batch endpoints: at most 100 inputs, and a 207 where only some of them succeed. */
final class HubSpotBatchApi {
    private static final int MOST = 100;

    private final ObjectType type;
    private final Parts parts;
    private final HubSpotSchema schema;
    private final HubSpotBook book;
    private final HubSpotShapes shapes;
    private final HubSpotLinks links;
    private final Supplier<Origin> api;

    HubSpotBatchApi(
            ObjectType type,
            Parts parts,
            HubSpotSchema schema,
            HubSpotBook book,
            HubSpotShapes shapes,
            HubSpotLinks links,
            Supplier<Origin> api) {
        this.type = type;
        this.links = links;
        this.parts = parts;
        this.schema = schema;
        this.book = book;
        this.shapes = shapes;
        this.api = api;
    }

    void addTo(Routes routes) {
        for (String base : type.bases("objects")) {
            routes.on("POST", base + "/batch/read", this::read)
                    .on("POST", base + "/batch/create", this::create)
                    .on("POST", base + "/batch/update", this::update)
                    .on("POST", base + "/batch/upsert", this::upsert)
                    .on("POST", base + "/batch/archive", this::archive);
        }
    }

    private Reply read(Call call) {
        JsonNode body = call.request().json();
        String idProperty = body.path("idProperty").asText("");
        boolean archived = Boolean.parseBoolean(call.request().query("archived"));
        List<String> properties = texts(body.path("properties"));
        List<String> historic = texts(body.path("propertiesWithHistory"));
        ArrayNode results = Json.array();
        ArrayNode missing = Json.array();
        Set<String> shown = new HashSet<>();
        for (JsonNode input : inputs(body)) {
            CrmObject object = book.find(input.path("id").asText(), idProperty);
            if (object == null || object.archived != archived) {
                missing.add(input.path("id").asText());
            } else if (shown.add(object.id)) {
                ObjectNode record = shapes.record(object, properties);
                if (!historic.isEmpty()) {
                    shapes.addHistory(record, object, historic);
                }
                results.add(record);
            }
        }
        ArrayNode errors = Json.array();
        if (!missing.isEmpty()) {
            ObjectNode error = HubSpotErrors.body(
                    "OBJECT_NOT_FOUND",
                    "Could not get some " + type.singular().toUpperCase(Locale.ROOT)
                            + " objects, they may be deleted or not exist. Check that ids are valid.");
            error.remove("correlationId");
            error.putObject("context").set("ids", missing);
            errors.add(error);
        }
        return answer(200, results, errors, missing.size());
    }

    private Reply create(Call call) {
        List<JsonNode> inputs = inputs(call.request().json());
        Set<String> traces = new HashSet<>();
        boolean traced = true;
        for (JsonNode input : inputs) {
            String trace = trace(input);
            traced &= !trace.isEmpty() && traces.add(trace);
        }
        if (!traced) {
            book.rehearse(inputs, input -> new Draft(null, input.path("properties")));
            inputs.forEach(input -> links.asked(type, input.path("associations")));
        }
        return rows(inputs, 201, input -> {
            List<HubSpotLinks.End> with = links.asked(type, input.path("associations"));
            CrmObject made = book.create(input.path("properties"), api.get(), true);
            with.forEach(end -> links.link(new HubSpotLinks.End(type, made.id), end, api.get()));
            return shapes.whole(made);
        });
    }

    private Reply update(Call call) {
        List<JsonNode> inputs = inputs(call.request().json());
        refuseTwice(inputs);
        if (parts.dials().is("batch.partial", "whole")) {
            book.rehearse(inputs, input -> new Draft(live(input), input.path("properties")));
        }
        return rows(inputs, 200, input -> {
            CrmObject object = live(input);
            return shapes.record(
                    object,
                    book.update(object, input.path("properties"), api.get()).keySet());
        });
    }

    private Reply upsert(Call call) {
        List<JsonNode> inputs = inputs(call.request().json());
        refuseTwice(inputs);
        boolean byEmail =
                inputs.stream().anyMatch(i -> i.path("idProperty").asText("").equals(HubSpotSchema.EMAIL));
        boolean partial = parts.dials().is("batch.partial", "partial")
                && (!byEmail || parts.dials().is("upsert.by_email", "partial"));
        if (!partial) {
            book.rehearse(inputs, this::upsertDraft);
        }
        return rows(inputs, 200, this::upsertOne);
    }

    private CrmObject live(JsonNode input) {
        return book.live(input.path("id").asText(), input.path("idProperty").asText(""));
    }

    private Draft upsertDraft(JsonNode input) {
        String idProperty = input.path("idProperty").asText("");
        String id = input.path("id").asText("");
        if (id.isEmpty()) {
            throw HubSpotErrors.validation("id is required");
        }
        CrmObject found = book.find(id, idProperty);
        ObjectNode properties = input.path("properties").isObject()
                ? (ObjectNode) input.path("properties").deepCopy()
                : Json.object();
        if (found != null && !found.archived) {
            return new Draft(found, properties);
        }
        if (!schema.unique(idProperty)) {
            throw HubSpotErrors.notFound(id);
        }
        if (!properties.has(idProperty)) {
            properties.put(idProperty, id);
        }
        return new Draft(null, properties);
    }

    private ObjectNode upsertOne(JsonNode input) {
        Draft draft = upsertDraft(input);
        CrmObject present = draft.object();
        if (present == null) {
            return shapes.whole(book.create(draft.properties(), api.get(), true))
                    .put("new", true);
        }
        List<String> stored = new ArrayList<>(
                book.update(present, draft.properties(), api.get()).keySet());
        stored.add(input.path("idProperty").asText("hs_object_id"));
        return shapes.record(present, stored).put("new", false);
    }

    private Reply archive(Call call) {
        for (JsonNode input : inputs(call.request().json())) {
            CrmObject object = book.byId(input.path("id").asText());
            if (object != null) {
                book.archive(object, api.get());
            }
        }
        return Reply.empty(204);
    }

    private Reply rows(List<JsonNode> inputs, int status, Function<JsonNode, ObjectNode> row) {
        ArrayNode results = Json.array();
        ArrayNode errors = Json.array();
        for (JsonNode input : inputs) {
            String trace = trace(input);
            try {
                ObjectNode record = row.apply(input);
                if (!trace.isEmpty()) {
                    record.put("objectWriteTraceId", trace);
                }
                results.add(record);
            } catch (Refused refused) {
                errors.add(refused.row(input.path("id").asText(""), trace));
            }
        }
        return answer(status, results, errors, errors.size());
    }

    private Reply answer(int status, ArrayNode results, ArrayNode errors, int numErrors) {
        ArrayNode ordered = parts.dials().on("batch.shuffle") ? shuffled(results) : results;
        String now = HubSpotShapes.time(parts.clock().millis());
        ObjectNode answer = Json.object().put("status", "COMPLETE");
        answer.set("results", ordered);
        if (!errors.isEmpty()) {
            answer.put("numErrors", numErrors).set("errors", errors);
        }
        answer.put("startedAt", now).put("completedAt", now);
        return Reply.json(errors.isEmpty() ? status : 207, answer);
    }

    private ArrayNode shuffled(ArrayNode results) {
        ArrayNode shuffled = Json.array();
        results.forEach(r -> shuffled.insert((int) (parts.chance().next("batch.shuffle") * (shuffled.size() + 1)), r));
        return shuffled;
    }

    private static List<JsonNode> inputs(JsonNode body) {
        JsonNode inputs = body.path("inputs");
        if (!inputs.isArray()) {
            throw HubSpotErrors.validation("Invalid input JSON: inputs is required");
        }
        if (inputs.size() > MOST) {
            throw HubSpotErrors.validation("Invalid input JSON: at most 100 inputs in a batch");
        }
        List<JsonNode> list = new ArrayList<>();
        inputs.forEach(list::add);
        return list;
    }

    private static void refuseTwice(List<JsonNode> inputs) {
        Set<String> seen = new HashSet<>();
        for (JsonNode input : inputs) {
            String id = input.path("id").asText();
            if (!seen.add(input.path("idProperty").asText("") + " " + id)) {
                throw HubSpotErrors.validation("Duplicate IDs found in batch input: [" + id + "]. IDs must be unique");
            }
        }
    }

    private static String trace(JsonNode input) {
        return input.path("objectWriteTraceId").asText("");
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(t -> texts.add(t.asText()));
        return texts;
    }
}
