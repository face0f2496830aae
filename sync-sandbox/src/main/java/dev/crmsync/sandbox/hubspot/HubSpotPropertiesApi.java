package dev.crmsync.sandbox.hubspot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Routes;
import dev.crmsync.sandbox.http.Routes.Call;
import dev.crmsync.sandbox.hubspot.HubSpotState.Property;

/** HubSpot's endpoints for the properties of one type of objects, and the account's own details. */
final class HubSpotPropertiesApi {
    private final ObjectType type;
    private final Parts parts;
    private final HubSpotState state;
    private final HubSpotSchema schema;
    private final HubSpotBook book;
    private final long portalId;

    HubSpotPropertiesApi(
            ObjectType type, Parts parts, HubSpotState state, HubSpotSchema schema, HubSpotBook book, long portalId) {
        this.type = type;
        this.parts = parts;
        this.state = state;
        this.schema = schema;
        this.book = book;
        this.portalId = portalId;
    }

    void addTo(Routes routes) {
        for (String base : type.bases("properties")) {
            routes.on("GET", base, this::list)
                    .on("POST", base, this::define)
                    .on("GET", base + "/{name}", call -> Reply.json(200, HubSpotShapes.property(property(call))))
                    .on("PATCH", base + "/{name}", this::amend)
                    .on("DELETE", base + "/{name}", this::archive);
        }
        if (!type.equals(ObjectType.CONTACTS)) {
            return;
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
        state.shelf(type).properties.values().forEach(p -> results.add(HubSpotShapes.property(p)));
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

    private Reply archive(Call call) {
        Property property = property(call);
        // The values first: what is unique about them is known only while the property is.
        HubSpotSchema.checkRemovable(property);
        book.forget(property.name);
        schema.remove(property);
        parts.changed().run();
        return Reply.empty(204);
    }

    private Property property(Call call) {
        Property property = schema.find(call.param("name"));
        if (property == null) {
            throw HubSpotErrors.of(404, "OBJECT_NOT_FOUND", "Property " + call.param("name") + " does not exist");
        }
        return property;
    }
}
