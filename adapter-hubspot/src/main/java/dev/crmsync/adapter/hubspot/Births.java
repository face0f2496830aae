package dev.crmsync.adapter.hubspot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.http.Json;
import dev.crmsync.spi.adapter.Write;
import java.util.Map;
import java.util.TreeMap;

/**
 * The properties of a write as HubSpot takes them, and what a new object needs besides: its join key, and whatever HubSpot
 * demands that nobody has supplied.
 *
 * @param kind the kind of objects
 * @param needed what a new object is given where the write says nothing of it
 */
record Births(ObjectKind kind, Map<String, String> needed) {
    Births {
        needed = new TreeMap<>(needed);
    }

    ObjectNode properties(Write write) {
        ObjectNode properties = Json.object();
        ObjectKind.Link link = kind.link();
        write.properties().forEach((name, value) -> {
            if (link == null || !name.equals(link.property())) {
                NativeText.render(value).ifPresent(text -> properties.put(name, text));
            }
        });
        if (kind.equals(ObjectKind.NOTE) && properties.has(NoteMapping.BODY)) {
            properties.put(
                    NoteMapping.BODY,
                    NoteHtml.of(properties.path(NoteMapping.BODY).asText()));
        }
        Write.ExternalId externalId = write.externalId();
        if (write.creates()) {
            needed.forEach((name, value) -> {
                if (properties.path(name).asText("").isEmpty()) {
                    properties.put(name, value);
                }
            });
            if (externalId != null) {
                properties.put(externalId.property(), externalId.value());
            }
        }
        return properties;
    }
}
