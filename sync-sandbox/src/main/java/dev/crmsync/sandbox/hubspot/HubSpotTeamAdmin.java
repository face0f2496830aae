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
import java.util.ArrayList;
import java.util.List;

/** The admin endpoint's part about what stands beside objects: owners, associations and lists, as people change them. */
final class HubSpotTeamAdmin {
    private final Parts parts;
    private final HubSpotState state;
    private final HubSpotLinks links;
    private final HubSpotListsApi lists;
    private final HubSpotMembers members;
    private final Object lock;

    HubSpotTeamAdmin(
            Parts parts,
            HubSpotState state,
            HubSpotLinks links,
            HubSpotListsApi lists,
            HubSpotMembers members,
            Object lock) {
        this.parts = parts;
        this.state = state;
        this.links = links;
        this.lists = lists;
        this.members = members;
        this.lock = lock;
    }

    void addTo(Routes routes) {
        String a = FrontDoor.ADMIN;
        routes.on("POST", a + "/owners", locked(this::owners))
                .on("PATCH", a + "/owners/{id}", locked(this::amendOwner))
                .on("GET", a + "/owners", locked(this::dumpOwners))
                .on("POST", a + "/associations", locked(this::associate))
                .on("GET", a + "/associations", locked(this::dumpAssociations))
                .on("POST", a + "/lists", locked(this::list))
                .on("GET", a + "/lists", locked(this::dumpLists))
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
            owner.updatedAt = owner.createdAt;
            state.owners.put(owner.id, owner);
            ids.add(owner.id);
        }
        parts.changed().run();
        return Reply.json(200, Json.object().set("ids", ids));
    }

    /** A member of the team is renamed, gets another address, leaves or comes back. */
    private Reply amendOwner(Call call) {
        Owner owner = state.owners.get(call.param("id"));
        if (owner == null) {
            throw HubSpotErrors.notFound(call.param("id"));
        }
        JsonNode body = call.request().json();
        owner.email = body.path("email").asText(owner.email);
        owner.firstName = body.path("firstName").asText(owner.firstName);
        owner.lastName = body.path("lastName").asText(owner.lastName);
        owner.archived = body.path("archived").asBoolean(owner.archived);
        owner.updatedAt = parts.clock().millis();
        parts.changed().run();
        return Reply.json(200, HubSpotOwnersApi.shown(owner));
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
        links.pairs().forEach(pairs::add);
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

    private Reply dumpLists(Call call) {
        ArrayNode all = Json.array();
        for (ContactList list : state.lists.values()) {
            ArrayNode ids = Json.array();
            members.of(list).keySet().forEach(id -> ids.add(String.valueOf(id)));
            all.add(lists.shown(list).set("members", ids));
        }
        return Reply.json(200, Json.object().put("count", all.size()).set("lists", all));
    }

    private Reply members(Call call) {
        ContactList list = lists.list(call.param("id"));
        JsonNode body = call.request().json();
        members.change(list, texts(body.path("add")), texts(body.path("remove")));
        return Reply.json(200, lists.shown(list));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(one -> texts.add(one.asText()));
        return texts;
    }
}
