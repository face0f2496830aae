package dev.crmsync.sandbox.hubspot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Routes;
import dev.crmsync.sandbox.http.Routes.Call;
import dev.crmsync.sandbox.hubspot.HubSpotState.Property;
import java.util.List;

/** HubSpot's endpoints for the properties of contacts, and the account's own details. */
final class HubSpotPropertiesApi {
    private static final List<String> BASES = List.of(
            "/crm/v3/properties/contacts",
            "/crm/v3/properties/0-1",
            "/crm/properties/2026-03/contacts",
            "/crm/properties/2026-03/0-1",
            "/crm/properties/2026-09/contacts",
            "/crm/properties/2026-09/0-1");

    private final Parts parts;
    private final HubSpotState state;
    private final HubSpotSchema schema;
    private final long portalId;

    HubSpotPropertiesApi(Parts parts, HubSpotState state, HubSpotSchema schema, long portalId) {
        this.parts = parts;
        this.state = state;
        this.schema = schema;
        this.portalId = portalId;
    }

    void addTo(Routes routes) {
        for (String base : BASES) {
            routes.on("GET", base, this::list)
                    .on("POST", base, this::define)
                    .on("GET", base + "/{name}", call -> Reply.json(200, HubSpotShapes.property(property(call))))
                    .on("PATCH", base + "/{name}", this::amend);
        }
        // Not in the facts: shaped by what is generally known of this endpoint.
        routes.on(
                "GET",
                "/account-info/v3/details",
                call -> Reply.json(
                        200,
                        Json.object()
                                .put("portalId", portalId)
                                .put("accountType", "STANDARD")
                                .put("timeZone", "UTC")
                                .put("companyCurrency", "EUR")
                                .put("utcOffset", "+00:00")
                                .put("utcOffsetMilliseconds", 0)
                                .put("uiDomain", "app.hubspot.com")
                                .put("dataHostingLocation", "na1")));
    }

    private Reply list(Call call) {
        ArrayNode results = Json.array();
        state.properties.values().forEach(p -> results.add(HubSpotShapes.property(p)));
        return Reply.json(200, Json.object().set("results", results));
    }

    private Reply define(Call call) {
        Property property = schema.define(call.request().json(), parts.clock().millis());
        parts.changed().run();
        return Reply.json(201, HubSpotShapes.property(property));
    }

    private Reply amend(Call call) {
        Property property = schema.amend(property(call), call.request().json());
        parts.changed().run();
        return Reply.json(200, HubSpotShapes.property(property));
    }

    private Property property(Call call) {
        Property property = schema.find(call.param("name"));
        if (property == null) {
            throw HubSpotErrors.of(404, "OBJECT_NOT_FOUND", "Property " + call.param("name") + " does not exist");
        }
        return property;
    }
}
