package dev.crmsync.sandbox.hubspot;

import dev.crmsync.sandbox.dials.Dials;
import dev.crmsync.sandbox.hubspot.HubSpotState.CrmObject;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who holds which unique value. Secondary e-mails identify too. Guarded by the stand-in's lock. */
final class HubSpotUnique {
    private final ObjectType type;
    private final HubSpotSchema schema;
    private final Dials dials;
    private final Map<String, Map<String, String>> holders = new HashMap<>();

    HubSpotUnique(ObjectType type, HubSpotSchema schema, Dials dials) {
        this.type = type;
        this.schema = schema;
        this.dials = dials;
    }

    @Nullable String holder(String property, String value) {
        return holders.getOrDefault(property, Map.of()).get(key(value));
    }

    /** Refuses values that another contact holds. */
    void check(Map<String, String> values, String ownId) {
        for (String name : schema.uniqueNames()) {
            String value = values.getOrDefault(name, "");
            String holder = value.isEmpty() ? null : holder(name, value);
            if (holder != null && !holder.equals(ownId)) {
                if (name.equals(HubSpotSchema.EMAIL) || dials.is("unique.conflict", "409")) {
                    throw HubSpotErrors.exists(type, holder);
                }
                throw HubSpotErrors.validation("Cannot set PropertyValueCoordinates{propertyName=" + name + ", value="
                        + value + "} on this object. " + holder + " already has that value.");
            }
        }
    }

    void add(CrmObject object) {
        for (String name : schema.uniqueNames()) {
            values(object, name)
                    .forEach(v ->
                            holders.computeIfAbsent(name, n -> new HashMap<>()).put(key(v), object.id));
        }
    }

    void remove(CrmObject object) {
        for (String name : schema.uniqueNames()) {
            values(object, name)
                    .forEach(v -> holders.getOrDefault(name, new HashMap<>()).remove(key(v), object.id));
        }
    }

    void clear() {
        holders.clear();
    }

    private static List<String> values(CrmObject object, String name) {
        String value = object.properties.get(name);
        List<String> own = value == null ? List.of() : List.of(value);
        if (!name.equals(HubSpotSchema.EMAIL)) {
            return own;
        }
        List<String> all = new java.util.ArrayList<>(own);
        all.addAll(HubSpotBook.split(object.properties.get(HubSpotSchema.MORE_EMAILS)));
        return all;
    }

    private static String key(String value) {
        return value.strip().toLowerCase(Locale.ROOT);
    }
}
