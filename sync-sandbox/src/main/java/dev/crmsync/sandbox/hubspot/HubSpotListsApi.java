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
import dev.crmsync.sandbox.hubspot.HubSpotState.CrmObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** HubSpot's lists of contacts: written where they are manual, read where a filter makes them. */
final class HubSpotListsApi {
    private static final int PAGE_MOST = 250;

    private final Parts parts;
    private final HubSpotState state;
    private final HubSpotBook contacts;

    HubSpotListsApi(Parts parts, HubSpotState state, HubSpotBook contacts) {
        this.parts = parts;
        this.state = state;
        this.contacts = contacts;
    }

    void addTo(Routes routes) {
        for (String base : List.of("/crm/v3/lists", "/crm/lists/2026-03")) {
            routes.on("POST", base, this::create)
                    .on("POST", base + "/search", this::search)
                    .on("GET", base + "/object-type-id/{type}/name/{name}", this::byName)
                    .on(
                            "GET",
                            base + "/{id}",
                            call -> Reply.json(200, Json.object().set("list", shown(list(call)))))
                    .on("GET", base + "/{id}/memberships", this::members)
                    .on("GET", base + "/{id}/memberships/join-order", this::members)
                    .on("PUT", base + "/{id}/memberships/add", call -> change(call, true, false))
                    .on("PUT", base + "/{id}/memberships/remove", call -> change(call, false, true))
                    .on("PUT", base + "/{id}/memberships/add-and-remove", call -> change(call, true, true));
        }
    }

    private Reply create(Call call) {
        JsonNode body = call.request().json();
        ContactList list = new ContactList();
        list.name = body.path("name").asText("");
        list.processingType = body.path("processingType").asText("");
        if (list.name.isEmpty() || !List.of("MANUAL", "SNAPSHOT", "DYNAMIC").contains(list.processingType)) {
            throw HubSpotErrors.validation("name and a processingType of MANUAL, SNAPSHOT or DYNAMIC are required");
        }
        if (!body.path("objectTypeId").asText("").equals(ObjectType.CONTACTS.id())) {
            throw HubSpotErrors.validation("Only lists of contacts are known here");
        }
        if (state.lists.values().stream().anyMatch(other -> other.name.equalsIgnoreCase(list.name))) {
            throw HubSpotErrors.validation("A list with the name " + list.name + " already exists");
        }
        JsonNode filter = body.at("/filterBranch/filterBranches/0/filters/0");
        list.property = filter.path("property").asText("");
        list.value = filter.path("operation")
                .path("values")
                .path(0)
                .asText(filter.path("operation").path("value").asText(""));
        add(list);
        return Reply.json(200, Json.object().set("list", shown(list)));
    }

    /** Takes in a list under a new id. */
    ContactList add(ContactList list) {
        list.id = String.valueOf(state.lists.size() + 1);
        list.createdAt = parts.clock().millis();
        list.updatedAt = list.createdAt;
        state.lists.put(list.id, list);
        parts.changed().run();
        return list;
    }

    private Reply search(Call call) {
        JsonNode body = call.request().json();
        String needle = body.path("query").asText("").toLowerCase(Locale.ROOT);
        int offset = body.path("offset").asInt(0);
        int count = body.path("count").asInt(20);
        if (count < 1 || count > 500) {
            throw HubSpotErrors.validation("count must be between 1 and 500");
        }
        List<ContactList> found = state.lists.values().stream()
                .filter(list -> list.name.toLowerCase(Locale.ROOT).contains(needle))
                .toList();
        ArrayNode lists = Json.array();
        int end = Math.min(found.size(), offset + count);
        found.subList(Math.min(offset, end), end).forEach(list -> lists.add(shown(list)));
        ObjectNode answer = Json.object()
                .put("offset", end)
                .put("hasMore", end < found.size())
                .put("total", found.size());
        return Reply.json(200, answer.set("lists", lists));
    }

    private Reply byName(Call call) {
        ContactList list = state.lists.values().stream()
                .filter(one -> one.name.equalsIgnoreCase(call.param("name")))
                .findFirst()
                .orElseThrow(() -> HubSpotErrors.notFound(""));
        return Reply.json(200, Json.object().set("list", shown(list)));
    }

    private ContactList list(Call call) {
        ContactList list = state.lists.get(call.param("id"));
        if (list == null) {
            throw HubSpotErrors.of(404, "OBJECT_NOT_FOUND", "List does not exist with ID " + call.param("id"));
        }
        return list;
    }

    private Reply members(Call call) {
        ContactList list = list(call);
        String limit = call.request().query("limit");
        int most = limit == null ? 100 : Integer.parseInt(limit);
        if (most < 1 || most > PAGE_MOST) {
            throw HubSpotErrors.validation("limit must be between 1 and 250");
        }
        String after = call.request().query("after");
        List<String> all = ids(list);
        int start = after == null || after.isEmpty() ? 0 : all.indexOf(after) + 1;
        int end = Math.min(all.size(), start + most);
        ArrayNode results = Json.array();
        all.subList(start, end)
                .forEach(id -> results.addObject()
                        .put("recordId", id)
                        .put("membershipTimestamp", HubSpotShapes.time(list.members.getOrDefault(id, list.createdAt))));
        ObjectNode page = Json.object().put("total", all.size()).set("results", results);
        if (end < all.size()) {
            page.putObject("paging").putObject("next").put("after", all.get(end - 1));
        }
        return Reply.json(200, page);
    }

    private List<String> ids(ContactList list) {
        List<String> ids = new ArrayList<>();
        if (list.processingType.equals("DYNAMIC")) {
            state.shelf(ObjectType.CONTACTS).objects.values().stream()
                    .filter(contact ->
                            !contact.archived && list.value.equals(contact.properties.getOrDefault(list.property, "")))
                    .forEach(contact -> ids.add(contact.id));
            return ids;
        }
        for (String id : list.members.keySet()) {
            CrmObject contact = contacts.byId(id);
            if (contact != null && !contact.archived && !ids.contains(contact.id)) {
                ids.add(contact.id);
            }
        }
        return ids;
    }

    private Reply change(Call call, boolean adds, boolean removes) {
        ContactList list = list(call);
        if (list.processingType.equals("DYNAMIC")) {
            throw HubSpotErrors.validation("The memberships of a DYNAMIC list cannot be changed");
        }
        JsonNode body = call.request().json();
        JsonNode added = adds && removes ? body.path("recordIdsToAdd") : adds ? body : Json.array();
        JsonNode removed = adds && removes ? body.path("recordIdsToRemove") : removes ? body : Json.array();
        ObjectNode answer = Json.object();
        ArrayNode recordsAdded = answer.putArray("recordsIdsAdded");
        ArrayNode recordsRemoved = answer.putArray("recordIdsRemoved");
        ArrayNode missing = answer.putArray("recordIdsMissing");
        for (JsonNode one : added) {
            CrmObject contact = contacts.byId(one.asText());
            if (contact == null || contact.archived) {
                missing.add(one.asText());
            } else if (list.members.putIfAbsent(contact.id, parts.clock().millis()) == null) {
                recordsAdded.add(contact.id);
            }
        }
        removed.forEach(one -> {
            if (list.members.remove(one.asText()) != null) {
                recordsRemoved.add(one.asText());
            }
        });
        list.updatedAt = parts.clock().millis();
        parts.changed().run();
        return Reply.json(200, answer);
    }

    ObjectNode shown(ContactList list) {
        return Json.object()
                .put("listId", list.id)
                .put("name", list.name)
                .put("objectTypeId", ObjectType.CONTACTS.id())
                .put("processingType", list.processingType)
                .put("processingStatus", "COMPLETE")
                .put("size", ids(list).size())
                .put("createdAt", HubSpotShapes.time(list.createdAt))
                .put("updatedAt", HubSpotShapes.time(list.updatedAt));
    }
}
