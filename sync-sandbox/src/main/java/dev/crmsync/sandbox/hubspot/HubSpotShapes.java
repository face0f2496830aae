package dev.crmsync.sandbox.hubspot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.dials.Dials;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.hubspot.HubSpotState.Contact;
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
    private static final List<String> ALWAYS = List.of("createdate", "hs_object_id", "lastmodifieddate");
    private static final List<String> STANDARD = List.of("email", "firstname", "lastname");

    private final HubSpotSchema schema;
    private final Dials dials;

    HubSpotShapes(HubSpotSchema schema, Dials dials) {
        this.schema = schema;
        this.dials = dials;
    }

    static String time(long millis) {
        return ISO.format(Instant.ofEpochMilli(millis));
    }

    /** One property's value as records show it, or null. */
    static @Nullable String value(Contact contact, String name) {
        return switch (name) {
            case "hs_object_id" -> contact.id;
            case "createdate" -> time(contact.createdAt);
            case "lastmodifieddate" -> time(contact.updatedAt);
            default -> contact.properties.get(name);
        };
    }

    /** A record with the properties that were asked for; unknown ones are ignored, none means the standard ones. */
    ObjectNode record(Contact contact, Collection<String> wanted) {
        Set<String> names = new LinkedHashSet<>(wanted.isEmpty() ? STANDARD : wanted);
        names.addAll(ALWAYS);
        return shown(contact, names);
    }

    /** A record with all that it holds. */
    ObjectNode whole(Contact contact) {
        Set<String> names = new LinkedHashSet<>(contact.properties.keySet());
        names.addAll(ALWAYS);
        return shown(contact, names);
    }

    private ObjectNode shown(Contact contact, Set<String> names) {
        ObjectNode record = Json.object().put("id", contact.id);
        ObjectNode properties = record.putObject("properties");
        for (String name : names) {
            String value = value(contact, name);
            if (value != null) {
                properties.put(name, value);
            } else if (schema.find(name) != null && dials.is("records.missing", "null")) {
                properties.putNull(name);
            }
        }
        record.put("createdAt", time(contact.createdAt))
                .put("updatedAt", time(contact.updatedAt))
                .put("archived", contact.archived);
        if (contact.archived) {
            record.put("archivedAt", time(contact.archivedAt));
        }
        return record;
    }

    void addHistory(ObjectNode record, Contact contact, Collection<String> names) {
        ObjectNode history = record.putObject("propertiesWithHistory");
        for (String name : names) {
            ArrayNode versions = history.putArray(name);
            List<Version> all = contact.history.getOrDefault(name, List.of());
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
