package dev.crmsync.sandbox.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Routes;
import dev.crmsync.sandbox.http.Routes.Call;
import dev.crmsync.sandbox.pipedrive.PipedriveState.LeadLabel;
import java.util.Set;
import java.util.UUID;

/** The labels of leads, which have UUIDs and colours. Guarded by the stand-in's lock. */
final class PipedriveLeadLabelsApi {
    private static final Set<String> COLORS =
            Set.of("blue", "brown", "dark-gray", "gray", "green", "orange", "pink", "purple", "red", "yellow");

    private final Parts parts;
    private final PipedriveState state;

    PipedriveLeadLabelsApi(Parts parts, PipedriveState state) {
        this.parts = parts;
        this.state = state;
        addStandard();
    }

    /** The labels that every company begins with. */
    void addStandard() {
        if (state.leadLabels.isEmpty()) {
            make("Hot", "red");
            make("Warm", "yellow");
            make("Cold", "blue");
        }
    }

    private LeadLabel make(String name, String color) {
        LeadLabel label = new LeadLabel();
        long number = state.next("leadLabel");
        label.id = new UUID(
                        parts.chance().bits("lead label", 2 * number) & ~0xf000L | 0x4000L,
                        parts.chance().bits("lead label", 2 * number + 1) & ~(3L << 62) | 1L << 63)
                .toString();
        label.name = name;
        label.color = color;
        label.addTime = parts.clock().millis();
        label.updateTime = label.addTime;
        state.leadLabels.put(label.id, label);
        return label;
    }

    void addTo(Routes routes) {
        for (String base : PipedrivePaths.v1("leadLabels")) {
            routes.on("GET", base, this::list)
                    .on("POST", base, this::create)
                    .on("PATCH", base + "/{id}", this::patch)
                    .on("DELETE", base + "/{id}", this::delete);
        }
    }

    private Reply list(Call call) {
        ArrayNode data = Json.array();
        state.leadLabels.values().forEach(one -> data.add(shown(one)));
        return PipedrivePages.data(200, data);
    }

    private Reply create(Call call) {
        JsonNode body = call.request().json();
        String name = body.path("name").asText("");
        if (name.isBlank()) {
            throw PipedriveErrors.invalid("name: is required");
        }
        LeadLabel label = make(name, color(body));
        parts.changed().run();
        return PipedrivePages.data(200, shown(label));
    }

    private Reply patch(Call call) {
        JsonNode body = call.request().json();
        LeadLabel label = label(call);
        if (body.has("color")) {
            label.color = color(body);
        }
        label.name = body.path("name").asText(label.name);
        label.updateTime = parts.clock().millis();
        parts.changed().run();
        return PipedrivePages.data(200, shown(label));
    }

    private Reply delete(Call call) {
        LeadLabel label = label(call);
        state.leadLabels.remove(label.id);
        parts.changed().run();
        return PipedrivePages.data(200, Json.object().put("id", label.id));
    }

    private LeadLabel label(Call call) {
        LeadLabel label = state.leadLabels.get(call.param("id"));
        if (label == null) {
            throw PipedriveErrors.of(404, "Lead label not found", "");
        }
        return label;
    }

    private static String color(JsonNode body) {
        String color = body.path("color").asText("");
        if (!COLORS.contains(color)) {
            throw PipedriveErrors.invalid(
                    "color: must be one of " + COLORS.stream().sorted().toList());
        }
        return color;
    }

    private static ObjectNode shown(LeadLabel label) {
        return Json.object()
                .put("id", label.id)
                .put("name", label.name)
                .put("color", label.color)
                .put("add_time", PipedriveTimes.millis(label.addTime))
                .put("update_time", PipedriveTimes.millis(label.updateTime));
    }
}
