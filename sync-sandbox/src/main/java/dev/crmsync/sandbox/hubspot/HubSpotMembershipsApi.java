package dev.crmsync.sandbox.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Routes;
import dev.crmsync.sandbox.http.Routes.Call;
import dev.crmsync.sandbox.hubspot.HubSpotState.ContactList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** HubSpot's endpoints for the members of lists. A cursor names a place, so it holds also when its member has left. */
final class HubSpotMembershipsApi {
    private static final int PAGE_MOST = 250;
    private static final Comparator<Place> BY_ID = Comparator.comparingLong(Place::id);
    private static final Comparator<Place> BY_JOINING =
            Comparator.comparingLong(Place::since).thenComparingLong(Place::id);

    private final HubSpotState state;
    private final HubSpotListsApi lists;
    private final HubSpotMembers members;
    private final HubSpotBook contacts;

    HubSpotMembershipsApi(HubSpotState state, HubSpotListsApi lists, HubSpotMembers members, HubSpotBook contacts) {
        this.state = state;
        this.lists = lists;
        this.members = members;
        this.contacts = contacts;
    }

    /** A member's place in a list. */
    private record Place(long since, long id) {}

    void addTo(Routes routes) {
        for (String base : HubSpotPaths.of("lists")) {
            String own = base + "/{id}/memberships";
            routes.on("GET", base + "/records/{type}/{record}/memberships", this::listsOf)
                    .on("GET", own, call -> page(call, BY_ID))
                    .on("GET", own + "/join-order", call -> page(call, BY_JOINING))
                    .on(
                            "PUT",
                            own + "/add",
                            call -> change(call, texts(call.request().json()), List.of()))
                    .on(
                            "PUT",
                            own + "/remove",
                            call -> change(call, List.of(), texts(call.request().json())))
                    .on("PUT", own + "/add-and-remove", call -> {
                        JsonNode body = call.request().json();
                        return change(call, texts(body.path("recordIdsToAdd")), texts(body.path("recordIdsToRemove")));
                    });
        }
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(one -> texts.add(one.asText()));
        return texts;
    }

    private Reply page(Call call, Comparator<Place> order) {
        ContactList list = lists.list(call.param("id"));
        int most = limit(call.request().query("limit"));
        Place after = place(call.request().query("after"));
        List<Place> all = members.of(list).entrySet().stream()
                .map(member -> new Place(member.getValue(), member.getKey()))
                .sorted(order)
                .toList();
        List<Place> rest =
                all.stream().filter(one -> order.compare(one, after) > 0).toList();
        List<Place> shown = rest.subList(0, Math.min(rest.size(), most));
        ArrayNode results = Json.array();
        shown.forEach(one -> results.addObject()
                .put("recordId", String.valueOf(one.id))
                .put("membershipTimestamp", HubSpotShapes.time(one.since)));
        ObjectNode page = Json.object().put("total", all.size()).set("results", results);
        if (shown.size() < rest.size()) {
            Place last = shown.get(shown.size() - 1);
            page.putObject("paging").putObject("next").put("after", last.since + "-" + last.id);
        }
        return Reply.json(200, page);
    }

    private static int limit(@Nullable String raw) {
        try {
            int limit = raw == null ? 100 : Integer.parseInt(raw);
            if (limit >= 1 && limit <= PAGE_MOST) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Said below, as for any other bad limit.
        }
        throw HubSpotErrors.validation("limit must be between 1 and " + PAGE_MOST);
    }

    private static Place place(@Nullable String raw) {
        if (raw == null || raw.isEmpty()) {
            return new Place(Long.MIN_VALUE, Long.MIN_VALUE);
        }
        if (!raw.matches("\\d{1,18}-\\d{1,18}")) {
            throw HubSpotErrors.validation("after is no cursor of this list");
        }
        int dash = raw.indexOf('-');
        return new Place(Long.parseLong(raw.substring(0, dash)), Long.parseLong(raw.substring(dash + 1)));
    }

    private Reply change(Call call, List<String> in, List<String> out) {
        HubSpotMembers.Change change = members.change(lists.list(call.param("id")), in, out);
        ObjectNode answer = Json.object();
        // The vendor's spelling: one of the three says records.
        change.added().forEach(answer.putArray("recordsIdsAdded")::add);
        change.removed().forEach(answer.putArray("recordIdsRemoved")::add);
        change.missing().forEach(answer.putArray("recordIdsMissing")::add);
        return Reply.json(200, answer);
    }

    private Reply listsOf(Call call) {
        if (!ObjectType.named(call.param("type")).equals(ObjectType.CONTACTS)) {
            throw HubSpotErrors.validation("Only lists of contacts are known here");
        }
        long id = Long.parseLong(contacts.live(call.param("record"), null).id);
        ArrayNode results = Json.array();
        for (ContactList list : state.lists.values()) {
            Map<Long, Long> all = members.of(list);
            Long since = all.get(id);
            if (since != null) {
                results.addObject()
                        .put("listId", list.id)
                        .put("listVersion", 1)
                        .put("firstAddedTimestamp", HubSpotShapes.time(since))
                        .put("lastAddedTimestamp", HubSpotShapes.time(since));
            }
        }
        return Reply.json(200, Json.object().put("total", results.size()).set("results", results));
    }
}
