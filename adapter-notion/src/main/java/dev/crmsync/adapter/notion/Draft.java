package dev.crmsync.adapter.notion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.http.Json;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Outcome.Rejection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a write that is being made, with the native property behind each of them, so that what Notion says of one is
 * told of the other; or why the write is not sent at all. Used by one thread.
 */
final class Draft {
    /** The largest body of a request. */
    private static final int MOST_BYTES = 500_000;

    private final ObjectNode properties = Json.object();
    private final Map<String, String> natives = new LinkedHashMap<>();
    private final SortedMap<String, List<String>> references = new TreeMap<>();
    private Outcome.@Nullable Rejected refused;

    /** Writes a property on behalf of a native one. */
    void put(SchemaProperty property, JsonNode value, String nativeName) {
        properties.putObject(property.id()).set(property.type(), value);
        natives.put(property.name(), nativeName);
        natives.put(property.id(), nativeName);
        if (property.refers()) {
            List<String> ids = new ArrayList<>();
            value.forEach(entry -> ids.add(entry.path("id").asText("")));
            references.put(nativeName, ids);
        }
    }

    /** Gives a write up that is larger than Notion takes, for the property that has most of it; half a kilobyte is left for the rest. */
    void fit() {
        if (Json.bytes(properties).size() <= MOST_BYTES - 500) {
            return;
        }
        String longest = "";
        int most = -1;
        for (var one : properties.properties()) {
            int size = Json.bytes(one.getValue()).size();
            if (size > most) {
                most = size;
                longest = natives.getOrDefault(one.getKey(), "");
            }
        }
        refuse(Rejection.TOO_LONG, longest, "a write takes " + MOST_BYTES + " bytes in all");
    }

    /** Gives the write up; the first reason stands. */
    void refuse(Rejection kind, String nativeName, String why) {
        if (refused == null) {
            refused = new Outcome.Rejected(kind, nativeName, null, "property " + nativeName + " was not sent: " + why);
        }
    }

    Optional<Outcome> refused() {
        return Optional.ofNullable(refused);
    }

    boolean has(SchemaProperty property) {
        return properties.has(property.id());
    }

    boolean isEmpty() {
        return properties.isEmpty();
    }

    ObjectNode properties() {
        return properties;
    }

    /** The ids of the people or pages that each native property was sent. */
    SortedMap<String, List<String>> references() {
        return references;
    }

    /** The native property behind each name and id that was sent. */
    Map<String, String> natives() {
        return natives;
    }
}
