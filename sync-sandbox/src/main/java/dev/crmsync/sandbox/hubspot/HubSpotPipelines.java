package dev.crmsync.sandbox.hubspot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Routes;
import java.util.LinkedHashMap;
import java.util.Map;

/** The one pipeline of tickets that every portal has. Shaped by what is generally known of this endpoint. */
final class HubSpotPipelines {
    static final String DEFAULT = "0";

    /** The stage in which the next step is ours. */
    static final String WAITS_FOR_US = "3";

    /** The stage in which a ticket is closed. */
    static final String CLOSED = "4";

    static final Map<String, String> STAGES = stages();

    private HubSpotPipelines() {}

    private static Map<String, String> stages() {
        Map<String, String> stages = new LinkedHashMap<>();
        stages.put("1", "New");
        stages.put("2", "Waiting on contact");
        stages.put(WAITS_FOR_US, "Waiting on us");
        stages.put(CLOSED, "Closed");
        return stages;
    }

    static void addTo(Routes routes) {
        for (String base : HubSpotPaths.of("pipelines")) {
            routes.on("GET", base + "/tickets", call -> {
                ArrayNode results = Json.array().add(pipeline());
                return Reply.json(200, Json.object().set("results", results));
            });
        }
    }

    private static ObjectNode pipeline() {
        ObjectNode pipeline = Json.object()
                .put("id", DEFAULT)
                .put("label", "Support Pipeline")
                .put("displayOrder", 0)
                .put("archived", false);
        ArrayNode stages = pipeline.putArray("stages");
        STAGES.forEach((id, label) -> {
            ObjectNode stage = stages.addObject()
                    .put("id", id)
                    .put("label", label)
                    .put("displayOrder", Integer.parseInt(id) - 1)
                    .put("archived", false);
            stage.putObject("metadata").put("ticketState", id.equals(CLOSED) ? "CLOSED" : "OPEN");
        });
        return pipeline;
    }
}
