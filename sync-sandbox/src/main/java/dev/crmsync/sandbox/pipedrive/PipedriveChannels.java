package dev.crmsync.sandbox.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.http.Json;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** The rules of emails and phones: at most one is primary, and when none is, the first becomes it. */
final class PipedriveChannels {
    private static final PipedriveBody ONE =
            new PipedriveBody().with(PipedriveType.TEXT, "value", "label").with(PipedriveType.FLAG, "primary");

    private PipedriveChannels() {}

    /** The array as it is kept. */
    static ArrayNode accept(String key, JsonNode given) {
        ArrayNode kept = Json.array();
        int primaries = 0;
        for (JsonNode one : given) {
            ONE.check(one);
            if (!one.has("value")) {
                throw PipedriveErrors.invalid(key + ": value is required");
            }
            boolean primary = one.path("primary").asBoolean();
            primaries += primary ? 1 : 0;
            kept.addObject()
                    .put("label", one.path("label").asText("work"))
                    .put("value", one.path("value").asText())
                    .put("primary", primary);
        }
        if (primaries > 1) {
            throw PipedriveErrors.invalid(key + ": at most one can be primary");
        }
        if (primaries == 0 && !kept.isEmpty()) {
            ((ObjectNode) kept.path(0)).put("primary", true);
        }
        return kept;
    }

    /** The first array and what the second has beyond it; the first one's primary stays. */
    static ArrayNode union(JsonNode first, JsonNode second) {
        ArrayNode union = first.deepCopy();
        Set<String> seen = new HashSet<>();
        first.forEach(one -> seen.add(word(one)));
        for (JsonNode one : second) {
            if (seen.add(word(one))) {
                ObjectNode copy = one.deepCopy();
                union.add(first.isEmpty() ? copy : copy.put("primary", false));
            }
        }
        return union;
    }

    private static String word(JsonNode one) {
        return one.path("value").asText().toLowerCase(Locale.ROOT);
    }
}
