package dev.crmsync.adapter.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.http.HttpAnswer;
import dev.crmsync.http.HttpCall;
import dev.crmsync.http.HttpReply;
import dev.crmsync.http.Json;
import dev.crmsync.spi.adapter.Describes.NativeProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The account's schema of a kind of objects: which properties there are, and the making of those that are missing. */
final class Properties {
    private static final Map<String, String> GROUPS =
            Map.of("contacts", "contactinformation", "tickets", "ticketinformation", "notes", "engagement");

    private final Api api;

    Properties(Api api) {
        this.api = api;
    }

    List<NativeProperty> describe() {
        HttpAnswer answer = api.read(HttpCall.get(api.properties("")).query("archived", "false"));
        List<NativeProperty> described = new ArrayList<>();
        for (JsonNode property : Api.body(answer).path("results")) {
            String name = property.path("name").asText("");
            if (!name.isEmpty()) {
                described.add(new NativeProperty(
                        name,
                        property.path("label").asText(name),
                        property.path("type").asText("string") + "/"
                                + property.path("fieldType").asText("text"),
                        writable(property),
                        property.path("hasUniqueValue").asBoolean(false)));
            }
        }
        return described;
    }

    private static boolean writable(JsonNode property) {
        return !property.path("modificationMetadata").path("readOnlyValue").asBoolean(false)
                && !property.path("calculated").asBoolean(false);
    }

    /** Makes a text property; what came back is for the caller to judge. */
    HttpReply make(String name, String label, boolean unique) {
        ObjectNode body = Json.object()
                .put("name", name)
                .put("label", label)
                .put("groupName", GROUPS.getOrDefault(api.kind().plural(), "contactinformation"))
                .put("type", "string")
                .put("fieldType", unique ? "text" : "textarea")
                .put("hasUniqueValue", unique);
        return api.send(HttpCall.post(api.properties("")).body(body));
    }
}
