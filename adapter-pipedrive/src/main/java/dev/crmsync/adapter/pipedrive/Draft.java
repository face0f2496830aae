package dev.crmsync.adapter.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.http.Json;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Outcome.Rejection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The body of a write that is being made, with the native property behind each of its members, so that what Pipedrive says of a
 * member is told of the property; or why the write is not sent at all. Used by one thread.
 */
final class Draft {
    private final ObjectNode body = Json.object();
    private final Map<String, String> properties = new LinkedHashMap<>();
    private Outcome.@Nullable Rejected refused;

    /** Writes a member on behalf of a property. */
    void put(String member, JsonNode value, String property) {
        body.set(member, value);
        properties.put(member, property);
    }

    /** Writes a custom field on behalf of a property: where a record holds them by themselves, or at its root. */
    void putCustom(boolean nested, String code, JsonNode value, String property) {
        (nested ? body.withObjectProperty("custom_fields") : body).set(code, value);
        properties.put(code, property);
    }

    /** Writes a member that stands for no property. */
    void put(String member, JsonNode value) {
        body.set(member, value);
    }

    boolean has(String member) {
        return body.has(member);
    }

    /** Gives the write up; the first reason stands. */
    void refuse(Rejection kind, String property, String why) {
        if (refused == null) {
            refused = new Outcome.Rejected(kind, property, null, "property " + property + " was not sent: " + why);
        }
    }

    Optional<Outcome> refused() {
        return Optional.ofNullable(refused);
    }

    ObjectNode body() {
        return body;
    }

    /** The property behind each member. */
    Map<String, String> properties() {
        return properties;
    }
}
