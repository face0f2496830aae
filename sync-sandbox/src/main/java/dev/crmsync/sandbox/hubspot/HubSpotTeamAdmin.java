package dev.crmsync.sandbox.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.FrontDoor;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Routes;
import dev.crmsync.sandbox.http.Routes.Call;
import dev.crmsync.sandbox.hubspot.HubSpotLinks.End;
import dev.crmsync.sandbox.hubspot.HubSpotState.ContactList;
import dev.crmsync.sandbox.hubspot.HubSpotState.Owner;

/** The admin endpoint's part about what stands beside objects: owners, associations and lists, as people change them. */
final class HubSpotTeamAdmin {
    private final Parts parts;
    private final HubSpotState state;
    private final HubSpotLinks links;
    private final HubSpotListsApi lists;
    private final Object lock;

    HubSpotTeamAdmin(Parts parts, HubSpotState state, HubSpotLinks links, HubSpotListsApi lists, Object lock) {
        this.parts = parts;
        this.state = state;
        this.links = links;
        this.lists = lists;
        this.lock = lock;
    }

    void addTo(Routes routes) {
        String a = FrontDoor.ADMIN;
        routes.on("POST", a + "/owners", locked(this::owners))
                .on("GET", a + "/owners", locked(this::dumpOwners))
                .on("POST", a + "/associations", locked(this::associate))
                .on("GET", a + "/associations", locked(this::dumpAssociations))
                .on("POST", a + "/lists", locked(this::list))
                .on("POST", a + "/lists/{id}/members", locked(this::members));
    }

    private Routes.Handler locked(Routes.Handler handler) {
        return call -> {
            synchronized (lock) {
                return handler.handle(call);
            }
        };
    }

    private Reply owners(Call call) {
        ArrayNode ids = Json.array();
        for (JsonNode given : call.request().json().path("owners")) {
            Owner owner = new Owner();
            owner.id = given.path("id").asText(String.valueOf(80_000_000L + state.owners.size() + 1));
            owner.email = given.path("email").asText("");
            owner.firstName = given.path("firstName").asText("");
            owner.lastName = given.path("lastName").asText("");
            owner.userId = 50_000_000L + state.owners.size() + 1;
            owner.archived = given.path("archived").asBoolean(false);
            owner.createdAt = parts.clock().millis();
            state.owners.put(owner.id, owner);
            ids.add(owner.id);
        }
        parts.changed().run();
        return Reply.json(200, Json.object().set("ids", ids));
    }

    private Reply dumpOwners(Call call) {
        ArrayNode owners = Json.array();
        state.owners.values().forEach(owner -> owners.add(HubSpotOwnersApi.shown(owner)));
        return Reply.json(200, Json.object().set("owners", owners));
    }

    private Reply associate(Call call) {
        JsonNode body = call.request().json();
        End from = links.live(
                ObjectType.named(body.path("from").path("type").asText()),
                body.path("from").path("id").asText());
        End to = links.live(
                ObjectType.named(body.path("to").path("type").asText()),
                body.path("to").path("id").asText());
        boolean changed = body.path("removed").asBoolean(false)
                ? links.unlink(from, to, Origin.PERSON)
                : links.link(from, to, Origin.PERSON);
        return Reply.json(200, Json.object().put("changed", changed));
    }

    private Reply dumpAssociations(Call call) {
        ArrayNode pairs = Json.array();
        state.associations.forEach(pairs::add);
        return Reply.json(200, Json.object().put("count", pairs.size()).set("associations", pairs));
    }

    private Reply list(Call call) {
        JsonNode body = call.request().json();
        ContactList list = new ContactList();
        list.name = body.path("name").asText("A list");
        list.processingType = body.path("processingType").asText("MANUAL");
        list.property = body.path("property").asText("");
        list.value = body.path("value").asText("");
        return Reply.json(200, lists.shown(lists.add(list)));
    }

    private Reply members(Call call) {
        ContactList list = state.lists.get(call.param("id"));
        if (list == null) {
            throw HubSpotErrors.notFound(call.param("id"));
        }
        JsonNode body = call.request().json();
        body.path("add")
                .forEach(id ->
                        list.members.putIfAbsent(id.asText(), parts.clock().millis()));
        body.path("remove").forEach(id -> list.members.remove(id.asText()));
        parts.changed().run();
        return Reply.json(200, lists.shown(list));
    }
}
