package dev.crmsync.sandbox.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Routes;
import dev.crmsync.sandbox.http.Routes.Call;
import dev.crmsync.sandbox.hubspot.HubSpotState.ContactList;
import java.util.List;
import java.util.Locale;

/** HubSpot's lists of contacts: of members, or of those that share a property's value. */
final class HubSpotListsApi {
    private final Parts parts;
    private final HubSpotState state;
    private final HubSpotMembers members;

    HubSpotListsApi(Parts parts, HubSpotState state, HubSpotMembers members) {
        this.parts = parts;
        this.state = state;
        this.members = members;
    }

    void addTo(Routes routes) {
        for (String base : HubSpotPaths.of("lists")) {
            routes.on("POST", base, this::create)
                    .on("POST", base + "/search", this::search)
                    .on("GET", base + "/object-type-id/{type}/name/{name}", this::byName)
                    .on("GET", base + "/{id}", call -> answer(list(call.param("id"))));
        }
    }

    private Reply answer(ContactList list) {
        return Reply.json(200, Json.object().set("list", shown(list)));
    }

    private Reply create(Call call) {
        JsonNode body = call.request().json();
        ContactList list = new ContactList();
        list.name = body.path("name").asText("");
        list.processingType = body.path("processingType").asText("");
        if (!body.path("objectTypeId").asText("").equals(ObjectType.CONTACTS.id())) {
            throw HubSpotErrors.validation("Only lists of contacts are known here");
        }
        JsonNode filter = body.at("/filterBranch/filterBranches/0/filters/0");
        list.property = filter.path("property").asText("");
        list.value = filter.path("operation")
                .path("values")
                .path(0)
                .asText(filter.path("operation").path("value").asText(""));
        return answer(add(list));
    }

    /** Takes in a list under a new id. */
    ContactList add(ContactList list) {
        if (list.name.isEmpty() || !List.of("MANUAL", "SNAPSHOT", "DYNAMIC").contains(list.processingType)) {
            throw HubSpotErrors.validation("name and a processingType of MANUAL, SNAPSHOT or DYNAMIC are required");
        }
        if (HubSpotMembers.dynamic(list) && (list.property.isEmpty() || list.value.isEmpty())) {
            throw HubSpotErrors.validation("A DYNAMIC list needs a filter by a property's value");
        }
        if (state.lists.values().stream().anyMatch(other -> other.name.equalsIgnoreCase(list.name))) {
            throw HubSpotErrors.validation("A list with the name " + list.name + " already exists");
        }
        list.id = String.valueOf(state.lists.size() + 1);
        list.createdAt = parts.clock().millis();
        list.updatedAt = list.createdAt;
        state.lists.put(list.id, list);
        parts.changed().run();
        return list;
    }

    private Reply search(Call call) {
        JsonNode body = call.request().json();
        int offset = Math.max(0, body.path("offset").asInt(0));
        int count = body.path("count").asInt(20);
        if (count < 1 || count > 500) {
            throw HubSpotErrors.validation("count must be between 1 and 500");
        }
        List<ContactList> found =
                state.lists.values().stream().filter(list -> fits(list, body)).toList();
        ArrayNode lists = Json.array();
        int end = Math.min(found.size(), offset + count);
        found.subList(Math.min(offset, end), end).forEach(list -> lists.add(shown(list)));
        ObjectNode answer = Json.object()
                .put("offset", end)
                .put("hasMore", end < found.size())
                .put("total", found.size());
        return Reply.json(200, answer.set("lists", lists));
    }

    private static boolean fits(ContactList list, JsonNode body) {
        String needle = body.path("query").asText("").toLowerCase(Locale.ROOT);
        return list.name.toLowerCase(Locale.ROOT).contains(needle)
                && among(body.path("listIds"), list.id)
                && among(body.path("processingTypes"), list.processingType);
    }

    /** Whether a value is among those asked for; all are where none is asked for. */
    private static boolean among(JsonNode asked, String value) {
        boolean any = asked.isEmpty();
        for (JsonNode one : asked) {
            any |= one.asText().equals(value);
        }
        return any;
    }

    private Reply byName(Call call) {
        return answer(state.lists.values().stream()
                .filter(one -> one.name.equalsIgnoreCase(call.param("name"))
                        && ObjectType.CONTACTS.id().equals(call.param("type")))
                .findFirst()
                .orElseThrow(() -> HubSpotErrors.notFound("")));
    }

    /** The list of an id; throws in the vendor's words where there is none. */
    ContactList list(String id) {
        ContactList list = state.lists.get(id);
        if (list == null) {
            throw HubSpotErrors.of(404, "OBJECT_NOT_FOUND", "List does not exist with ID " + id);
        }
        return list;
    }

    ObjectNode shown(ContactList list) {
        return Json.object()
                .put("listId", list.id)
                .put("listVersion", 1)
                .put("name", list.name)
                .put("objectTypeId", ObjectType.CONTACTS.id())
                .put("processingType", list.processingType)
                .put("processingStatus", "COMPLETE")
                .put("size", members.of(list).size())
                .put("createdAt", HubSpotShapes.time(list.createdAt))
                .put("updatedAt", HubSpotShapes.time(list.updatedAt));
    }
}
