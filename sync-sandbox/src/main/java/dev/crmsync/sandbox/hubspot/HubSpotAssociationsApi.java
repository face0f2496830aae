package dev.crmsync.sandbox.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Routes;
import dev.crmsync.sandbox.http.Routes.Call;
import dev.crmsync.sandbox.hubspot.HubSpotErrors.Refused;
import dev.crmsync.sandbox.hubspot.HubSpotLinks.End;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** HubSpot's endpoints for associations, in their fourth edition. */
final class HubSpotAssociationsApi {
    private static final int READ_MOST = 1000;
    private static final int CREATE_MOST = 2000;
    private static final int ARCHIVE_MOST = 100;
    private static final int PAGE_MOST = 500;

    private final Parts parts;
    private final HubSpotLinks links;
    private final Supplier<Origin> api;

    HubSpotAssociationsApi(Parts parts, HubSpotLinks links, Supplier<Origin> api) {
        this.parts = parts;
        this.links = links;
        this.api = api;
    }

    void addTo(Routes routes) {
        for (String base : HubSpotPaths.of("/crm/v4/associations", "associations")) {
            String pair = base + "/{from}/{to}/batch";
            routes.on("POST", pair + "/read", this::read)
                    .on("POST", pair + "/associate/default", call -> batch(call, 200, false))
                    .on("POST", pair + "/create", call -> batch(call, 201, true))
                    .on("POST", pair + "/archive", this::archive);
        }
        for (String base : HubSpotPaths.of("/crm/v4/objects", "objects")) {
            String pair = base + "/{from}/{id}/associations";
            routes.on("GET", pair + "/{to}", this::list)
                    .on("PUT", pair + "/default/{to}/{toId}", this::putDefault)
                    .on("PUT", pair + "/{to}/{toId}", this::putTyped)
                    .on("DELETE", pair + "/{to}/{toId}", this::remove);
        }
    }

    private static ObjectType from(Call call) {
        return ObjectType.named(call.param("from"));
    }

    private static ObjectType to(Call call) {
        return ObjectType.named(call.param("to"));
    }

    private static List<JsonNode> inputs(Call call, int most) {
        JsonNode inputs = call.request().json().path("inputs");
        if (!inputs.isArray() || inputs.size() > most) {
            throw HubSpotErrors.validation("Invalid input JSON: inputs is required, with at most " + most + " rows");
        }
        List<JsonNode> rows = new ArrayList<>();
        inputs.forEach(rows::add);
        return rows;
    }

    private static ObjectNode row(String id, ObjectType from, ObjectType to) {
        ObjectNode row = Json.object().put("toObjectId", Long.parseLong(id));
        row.putArray("associationTypes")
                .addObject()
                .put("category", "HUBSPOT_DEFINED")
                .put("typeId", HubSpotLinks.typeId(from, to))
                .putNull("label");
        return row;
    }

    private static ObjectNode typed(End one, End other) {
        ObjectNode row = Json.object()
                .put("fromObjectTypeId", one.type().id())
                .put("fromObjectId", Long.parseLong(one.id()))
                .put("toObjectTypeId", other.type().id())
                .put("toObjectId", Long.parseLong(other.id()));
        row.putArray("labels");
        return row;
    }

    private static ObjectNode untyped(End one, End other) {
        ObjectNode row = Json.object();
        row.putObject("from").put("id", one.id());
        row.putObject("to").put("id", other.id());
        row.putObject("associationSpec")
                .put("associationCategory", "HUBSPOT_DEFINED")
                .put("associationTypeId", HubSpotLinks.typeId(one.type(), other.type()));
        return row;
    }

    private ObjectNode batchAnswer(ArrayNode results, ArrayNode errors) {
        String now = HubSpotShapes.time(parts.clock().millis());
        ObjectNode answer = Json.object().put("status", "COMPLETE");
        answer.set("results", results);
        if (!errors.isEmpty()) {
            answer.put("numErrors", errors.size()).set("errors", errors);
        }
        return answer.put("startedAt", now).put("completedAt", now);
    }

    private Reply read(Call call) {
        ObjectType to = to(call);
        ArrayNode results = Json.array();
        ArrayNode errors = Json.array();
        for (JsonNode input : inputs(call, READ_MOST)) {
            String id = input.path("id").asText();
            List<String> ids = links.of(links.present(from(call), id), to);
            if (ids.isEmpty()) {
                ObjectNode error = HubSpotErrors.body("OBJECT_NOT_FOUND", "No associations found for this object");
                error.put("subCategory", "crm.associations.NO_ASSOCIATIONS_FOUND");
                error.putObject("context").putArray("fromObjectId").add(id);
                errors.add(error);
            } else {
                ObjectNode result = results.addObject();
                result.putObject("from").put("id", id);
                ArrayNode rows = result.putArray("to");
                ids.forEach(other -> rows.add(row(other, from(call), to)));
            }
        }
        return Reply.json(errors.isEmpty() ? 200 : 207, batchAnswer(results, errors));
    }

    /** Two ends that may be associated. */
    private record Pair(End one, End other) {}

    private Pair pair(Call call, JsonNode input, boolean withTypes) {
        if (withTypes) {
            HubSpotLinks.checkTypes(from(call), to(call), input.path("types"));
        }
        return new Pair(
                links.live(from(call), input.path("from").path("id").asText()),
                links.live(to(call), input.path("to").path("id").asText()));
    }

    /** All rows are looked at before any is done, so that a batch that fails as a whole has done nothing. */
    private Reply batch(Call call, int status, boolean withTypes) {
        boolean partial = parts.dials().is("associations.partial", "partial");
        List<Pair> pairs = new ArrayList<>();
        ArrayNode errors = Json.array();
        for (JsonNode input : inputs(call, CREATE_MOST)) {
            try {
                pairs.add(pair(call, input, withTypes));
            } catch (Refused refused) {
                if (!partial) {
                    throw refused;
                }
                errors.add(refused.row(input.path("from").path("id").asText(), ""));
            }
        }
        BiFunction<End, End, ObjectNode> shape =
                withTypes ? HubSpotAssociationsApi::typed : HubSpotAssociationsApi::untyped;
        ArrayNode results = Json.array();
        for (Pair pair : pairs) {
            links.link(pair.one, pair.other, api.get());
            results.add(shape.apply(pair.one, pair.other));
        }
        return Reply.json(errors.isEmpty() ? status : 207, batchAnswer(results, errors));
    }

    private Reply archive(Call call) {
        for (JsonNode input : inputs(call, ARCHIVE_MOST)) {
            End one = links.present(from(call), input.path("from").path("id").asText());
            for (JsonNode to : input.path("to")) {
                links.unlink(one, links.present(to(call), to.path("id").asText()), api.get());
            }
        }
        return Reply.empty(204);
    }

    /** Pages go by id, so that what leaves while they are walked makes no other be seen twice or never. */
    private Reply list(Call call) {
        ObjectType to = to(call);
        End end = links.live(from(call), call.param("id"));
        int most = limit(call.request().query("limit"));
        long after = after(call.request().query("after"));
        List<String> rest = links.of(end, to).stream()
                .filter(id -> Long.parseLong(id) > after)
                .sorted(Comparator.comparingLong(Long::parseLong))
                .toList();
        List<String> shown = rest.subList(0, Math.min(rest.size(), most));
        ArrayNode results = Json.array();
        shown.forEach(id -> results.add(row(id, from(call), to)));
        ObjectNode page = Json.object().set("results", results);
        if (shown.size() < rest.size()) {
            page.putObject("paging").putObject("next").put("after", shown.get(shown.size() - 1));
        }
        return Reply.json(200, page);
    }

    private static int limit(@Nullable String raw) {
        try {
            int limit = raw == null ? PAGE_MOST : Integer.parseInt(raw);
            if (limit >= 1 && limit <= PAGE_MOST) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Said below, as for any other bad limit.
        }
        throw HubSpotErrors.validation("limit must be between 1 and " + PAGE_MOST);
    }

    private static long after(@Nullable String raw) {
        try {
            return raw == null || raw.isEmpty() ? 0 : Long.parseLong(raw);
        } catch (NumberFormatException e) {
            throw HubSpotErrors.validation("after is no cursor of this list");
        }
    }

    private Reply putDefault(Call call) {
        Pair pair = put(call);
        ArrayNode results = Json.array().add(untyped(pair.one, pair.other));
        return Reply.json(200, batchAnswer(results, Json.array()));
    }

    private Reply putTyped(Call call) {
        HubSpotLinks.checkTypes(from(call), to(call), call.request().json());
        Pair pair = put(call);
        return Reply.json(201, typed(pair.one, pair.other));
    }

    private Pair put(Call call) {
        Pair pair = new Pair(links.live(from(call), call.param("id")), links.live(to(call), call.param("toId")));
        links.link(pair.one, pair.other, api.get());
        return pair;
    }

    private Reply remove(Call call) {
        links.unlink(links.live(from(call), call.param("id")), links.present(to(call), call.param("toId")), api.get());
        return Reply.empty(204);
    }
}
