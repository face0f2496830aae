package dev.crmsync.sandbox.hubspot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.dials.Dials;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.hubspot.HubSpotState.CrmObject;
import dev.crmsync.sandbox.hubspot.HubSpotState.Property;
import dev.crmsync.sandbox.hubspot.HubSpotState.Version;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** HubSpot's records and properties as JSON. */
final class HubSpotShapes {
    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final ObjectType type;
    private final List<String> always;
    private final HubSpotSchema schema;
    private final Dials dials;

    HubSpotShapes(ObjectType type, HubSpotSchema schema, Dials dials) {
        this.type = type;
        this.always = List.of(
                type.equals(ObjectType.NOTES) ? "hs_createdate" : "createdate", "hs_object_id", type.modified());
        this.schema = schema;
        this.dials = dials;
    }

    static String time(long millis) {
        return ISO.format(Instant.ofEpochMilli(millis));
    }

    /** One property's value as records show it, or null. */
    static @Nullable String value(CrmObject object, String name) {
        return switch (name) {
            case "hs_object_id" -> object.id;
            case "createdate", "hs_createdate" -> time(object.createdAt);
            case "lastmodifieddate", "hs_lastmodifieddate" -> time(object.updatedAt);
            default -> object.properties.get(name);
        };
    }

    /** A record with the properties that were asked for; unknown ones are ignored, none means the standard ones. */
    ObjectNode record(CrmObject object, Collection<String> wanted) {
        Set<String> names = new LinkedHashSet<>(wanted.isEmpty() ? type.shown() : wanted);
        names.addAll(always);
        return shown(object, names);
    }

    /** A record with all that it holds. */
    ObjectNode whole(CrmObject object) {
        Set<String> names = new LinkedHashSet<>(object.properties.keySet());
        names.addAll(always);
        return shown(object, names);
    }

    private ObjectNode shown(CrmObject object, Set<String> names) {
        ObjectNode record = Json.object().put("id", object.id);
        ObjectNode properties = record.putObject("properties");
        for (String name : names) {
            String value = value(object, name);
            if (value != null) {
                properties.put(name, value);
            } else if (schema.find(name) != null && dials.is("records.missing", "null")) {
                properties.putNull(name);
            }
        }
        record.put("createdAt", time(object.createdAt))
                .put("updatedAt", time(object.updatedAt))
                .put("archived", object.archived);
        if (object.archived) {
            record.put("archivedAt", time(object.archivedAt));
        }
        return record;
    }

    void addHistory(ObjectNode record, CrmObject object, Collection<String> names) {
        ObjectNode history = record.putObject("propertiesWithHistory");
        for (String name : names) {
            ArrayNode versions = history.putArray(name);
            List<Version> all = object.history.getOrDefault(name, List.of());
            for (int i = all.size() - 1; i >= 0; i--) {
                Version version = all.get(i);
                versions.addObject()
                        .put("value", version.value)
                        .put("timestamp", time(version.at))
                        .put("sourceType", version.source)
                        .put("sourceId", version.sourceId);
            }
        }
    }

    static ObjectNode property(Property property) {
        ObjectNode node = Json.object()
                .put("name", property.name)
                .put("label", property.label)
                .put("type", property.type)
                .put("fieldType", property.fieldType)
                .put("description", property.description)
                .put("groupName", property.groupName);
        ArrayNode options = node.putArray("options");
        property.options.forEach(o -> options.addObject()
                .put("label", o.label)
                .put("value", o.value)
                .put("displayOrder", options.size() - 1)
                .put("hidden", false));
        node.put("hasUniqueValue", property.unique)
                .put("calculated", property.calculated)
                .put("hubspotDefined", property.vendors)
                .put("archived", false)
                .put("hidden", false)
                .put("formField", !property.readOnly);
        node.putObject("modificationMetadata")
                .put("readOnlyValue", property.readOnly)
                .put("readOnlyDefinition", property.vendors)
                .put("archivable", !property.vendors);
        return node.put("createdAt", time(property.createdAt)).put("updatedAt", time(property.createdAt));
    }
}
