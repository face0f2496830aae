package dev.crmsync.sandbox.hubspot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Routes;
import dev.crmsync.sandbox.http.Routes.Call;
import dev.crmsync.sandbox.hubspot.HubSpotState.Owner;

/** HubSpot's owners: who may look after records. Shaped by what is generally known of this endpoint. */
final class HubSpotOwnersApi {
    private final HubSpotState state;

    HubSpotOwnersApi(HubSpotState state) {
        this.state = state;
    }

    void addTo(Routes routes) {
        for (String base : HubSpotPaths.of("owners")) {
            routes.on("GET", base, this::list).on("GET", base + "/{id}", this::one);
        }
    }

    private Reply list(Call call) {
        String limit = call.request().query("limit");
        int most = limit == null ? 100 : Integer.parseInt(limit);
        if (most < 1 || most > 500) {
            throw HubSpotErrors.validation("limit must be between 1 and 500");
        }
        String after = call.request().query("after");
        String email = call.request().query("email");
        boolean archived = Boolean.parseBoolean(call.request().query("archived"));
        ArrayNode results = Json.array();
        String last = "";
        boolean more = false;
        boolean begun = after == null || after.isEmpty();
        for (Owner owner : state.owners.values()) {
            boolean wanted =
                    begun && owner.archived == archived && (email == null || owner.email.equalsIgnoreCase(email));
            begun |= owner.id.equals(after);
            if (wanted && results.size() == most) {
                more = true;
                break;
            } else if (wanted) {
                results.add(shown(owner));
                last = owner.id;
            }
        }
        ObjectNode page = Json.object().set("results", results);
        if (more) {
            page.putObject("paging").putObject("next").put("after", last);
        }
        return Reply.json(200, page);
    }

    private Reply one(Call call) {
        boolean archived = Boolean.parseBoolean(call.request().query("archived"));
        Owner owner = state.owners.get(call.param("id"));
        if (owner == null || owner.archived != archived) {
            throw HubSpotErrors.notFound(call.param("id"));
        }
        return Reply.json(200, shown(owner));
    }

    static ObjectNode shown(Owner owner) {
        return Json.object()
                .put("id", owner.id)
                .put("email", owner.email)
                .put("type", "PERSON")
                .put("firstName", owner.firstName)
                .put("lastName", owner.lastName)
                .put("userId", owner.userId)
                .put("createdAt", HubSpotShapes.time(owner.createdAt))
                .put("updatedAt", HubSpotShapes.time(owner.updatedAt))
                .put("archived", owner.archived);
    }
}
