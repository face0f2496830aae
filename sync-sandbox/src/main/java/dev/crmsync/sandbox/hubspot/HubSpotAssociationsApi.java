package dev.crmsync.sandbox.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Routes;
import dev.crmsync.sandbox.http.Routes.Call;
import dev.crmsync.sandbox.hubspot.HubSpotLinks.End;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** HubSpot's endpoints for associations, in their fourth edition. */
final class HubSpotAssociationsApi {
    private static final int READ_MOST = 1000;
    private static final int CREATE_MOST = 2000;
    private static final int ARCHIVE_MOST = 100;
    private static final int PAGE_MOST = 500;

    private final HubSpotLinks links;
    private final Supplier<Origin> api;

    HubSpotAssociationsApi(HubSpotLinks links, Supplier<Origin> api) {
        this.links = links;
        this.api = api;
    }

    void addTo(Routes routes) {
        for (String base : List.of("/crm/v4/associations", "/crm/associations/2026-03")) {
            String pair = base + "/{from}/{to}/batch";
            routes.on("POST", pair + "/read", this::read)
                    .on("POST", pair + "/associate/default", this::create)
                    .on("POST", pair + "/create", this::create)
                    .on("POST", pair + "/archive", this::archive);
        }
        for (String base : List.of("/crm/v4/objects", "/crm/objects/2026-03")) {
            routes.on("GET", base + "/{from}/{id}/associations/{to}", this::list)
                    .on("PUT", base + "/{from}/{id}/associations/default/{to}/{toId}", this::put)
                    .on("DELETE", base + "/{from}/{id}/associations/{to}/{toId}", this::remove);
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

    private Reply read(Call call) {
        ArrayNode results = Json.array();
        ArrayNode errors = Json.array();
        for (JsonNode input : inputs(call, READ_MOST)) {
            String id = input.path("id").asText();
            List<String> ids = links.of(new End(from(call), id), to(call));
            if (ids.isEmpty()) {
                ObjectNode error = HubSpotErrors.body("OBJECT_NOT_FOUND", "No associations found for this object");
                error.put("subCategory", "crm.associations.NO_ASSOCIATIONS_FOUND");
                error.putObject("context").putArray("fromObjectId").add(id);
                errors.add(error);
            } else {
                ObjectNode result = results.addObject();
                result.putObject("from").put("id", id);
                ArrayNode rows = result.putArray("to");
                ids.forEach(other -> rows.add(row(other, from(call), to(call))));
            }
        }
        ObjectNode answer = Json.object().put("status", "COMPLETE");
        answer.set("results", results);
        if (!errors.isEmpty()) {
            answer.put("numErrors", errors.size()).set("errors", errors);
        }
        return Reply.json(errors.isEmpty() ? 200 : 207, answer);
    }

    private Reply create(Call call) {
        ArrayNode results = Json.array();
        for (JsonNode input : inputs(call, CREATE_MOST)) {
            End one = links.live(from(call), input.path("from").path("id").asText());
            End other = links.live(to(call), input.path("to").path("id").asText());
            links.link(one, other, api.get());
            results.addObject()
                    .put("fromObjectId", Long.parseLong(one.id()))
                    .put("toObjectId", Long.parseLong(other.id()));
        }
        return Reply.json(201, Json.object().put("status", "COMPLETE").set("results", results));
    }

    private Reply archive(Call call) {
        for (JsonNode input : inputs(call, ARCHIVE_MOST)) {
            End one = new End(from(call), input.path("from").path("id").asText());
            input.path("to")
                    .forEach(to ->
                            links.unlink(one, new End(to(call), to.path("id").asText()), api.get()));
        }
        return Reply.empty(204);
    }

    private Reply list(Call call) {
        End end = links.live(from(call), call.param("id"));
        String raw = call.request().query("after");
        List<String> ids = links.of(end, to(call));
        int start = raw == null || raw.isEmpty() ? 0 : ids.indexOf(raw) + 1;
        int stop = Math.min(ids.size(), start + PAGE_MOST);
        ArrayNode results = Json.array();
        ids.subList(start, stop).forEach(id -> results.add(row(id, from(call), to(call))));
        ObjectNode page = Json.object().set("results", results);
        if (stop < ids.size()) {
            page.putObject("paging").putObject("next").put("after", ids.get(stop - 1));
        }
        return Reply.json(200, page);
    }

    private Reply put(Call call) {
        End one = links.live(from(call), call.param("id"));
        End other = links.live(to(call), call.param("toId"));
        links.link(one, other, api.get());
        ObjectNode answer = Json.object().put("status", "COMPLETE");
        answer.putArray("results").add(row(other.id(), from(call), to(call)));
        return Reply.json(200, answer);
    }

    private Reply remove(Call call) {
        links.unlink(links.live(from(call), call.param("id")), new End(to(call), call.param("toId")), api.get());
        return Reply.empty(204);
    }
}
