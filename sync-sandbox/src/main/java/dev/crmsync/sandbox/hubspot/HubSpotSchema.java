package dev.crmsync.sandbox.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.dials.Dials;
import dev.crmsync.sandbox.hubspot.HubSpotErrors.Wrong;
import dev.crmsync.sandbox.hubspot.HubSpotState.Option;
import dev.crmsync.sandbox.hubspot.HubSpotState.Property;
import dev.crmsync.sandbox.hubspot.HubSpotState.Shelf;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The properties of one type of objects: which there are, what values they take, and how the vendor renders them. */
final class HubSpotSchema {
    static final String EMAIL = "email";
    static final String MORE_EMAILS = "hs_additional_emails";
    static final String MERGED = "hs_merged_object_ids";
    private static final int UNIQUE_MOST = 10;

    private final ObjectType type;
    private final HubSpotState state;
    private final Dials dials;

    HubSpotSchema(ObjectType type, HubSpotState state, Dials dials) {
        this.type = type;
        this.state = state;
        this.dials = dials;
        addStandard();
    }

    private Shelf shelf() {
        return state.shelf(type);
    }

    @Nullable Property find(String name) {
        return shelf().properties.get(name);
    }

    boolean unique(String name) {
        Property property = shelf().properties.get(name);
        return name.equals(type.unique()) || (property != null && property.unique);
    }

    List<String> uniqueNames() {
        List<String> names = new ArrayList<>(type.unique().isEmpty() ? List.of() : List.of(type.unique()));
        shelf().properties.values().stream().filter(p -> p.unique).forEach(p -> names.add(p.name));
        return names;
    }

    /** What a write would store: checked and rendered; all wrong properties are named at once. */
    Map<String, String> accept(JsonNode given, Map<String, String> before) {
        if (!given.isObject()) {
            throw HubSpotErrors.validation("Invalid input JSON: properties must be an object");
        }
        Map<String, String> values = new LinkedHashMap<>();
        List<Wrong> wrongs = new ArrayList<>();
        given.properties().forEach(e -> {
            String name = e.getKey();
            Property property = shelf().properties.get(name);
            if (property == null) {
                wrongs.add(new Wrong(name, "PROPERTY_DOESNT_EXIST", "Property \"" + name + "\" does not exist"));
            } else if (property.readOnly || property.calculated) {
                wrongs.add(new Wrong(name, "READ_ONLY_VALUE", "\"" + name + "\" is a read only property"));
            } else if (!e.getValue().isValueNode() || e.getValue().isNull()) {
                wrongs.add(new Wrong(name, "INVALID_VALUE", "Property \"" + name + "\" wants a string"));
            } else {
                String value = e.getValue().asText();
                String stored = value.isEmpty() ? "" : render(property, value, before.getOrDefault(name, ""));
                if (stored == null) {
                    wrongs.add(wrong(property, value));
                } else {
                    values.put(name, stored);
                }
            }
        });
        if (!wrongs.isEmpty()) {
            throw HubSpotErrors.properties(wrongs);
        }
        return values;
    }

    private static Wrong wrong(Property property, String value) {
        return switch (property.type) {
            case "enumeration", "bool" ->
                new Wrong(property.name, "INVALID_OPTION", "\"" + value + "\" was not one of the allowed options");
            case "number" -> new Wrong(property.name, "INVALID_NUMBER", "\"" + value + "\" was not a valid number");
            case "date", "datetime" -> new Wrong(property.name, "INVALID_DATE", "\"" + value + "\" is no valid date");
            default -> new Wrong(property.name, "INVALID_EMAIL", "Email address " + value + " is invalid");
        };
    }

    private @Nullable String render(Property property, String value, String before) {
        return switch (property.type) {
            case "enumeration", "bool" ->
                property.multiple() ? options(property, value, before) : option(property, value);
            case "number" -> number(value);
            case "date" -> date(value);
            case "datetime" -> datetime(value);
            default -> property.name.equals(EMAIL) ? email(value) : dials.on("text.trim") ? value.strip() : value;
        };
    }

    private @Nullable String email(String value) {
        String email = dials.is("email.normalise", "lower_trim") ? value.strip().toLowerCase(Locale.ROOT) : value;
        boolean good = email.matches("[^@\\s,;]+@[^@\\s,;]+\\.[^@\\s,;.]+");
        return good || !dials.on("email.validate") ? email : null;
    }

    private static @Nullable String option(Property property, String value) {
        return property.options.stream().anyMatch(o -> o.value.equals(value)) ? value : null;
    }

    /** "a;b" replaces, ";c" appends. */
    private static @Nullable String options(Property property, String value, String before) {
        Set<String> chosen = new LinkedHashSet<>();
        String given = value;
        if (value.startsWith(";")) {
            given = before + value;
        }
        for (String one : given.split(";", -1)) {
            if (!one.isEmpty()) {
                if (option(property, one) == null) {
                    return null;
                }
                chosen.add(one);
            }
        }
        return String.join(";", chosen);
    }

    private static @Nullable String number(String value) {
        try {
            Double.parseDouble(value.strip());
            return value.strip();
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable String date(String value) {
        try {
            if (value.matches("-?\\d{6,}")) {
                Instant instant = Instant.ofEpochMilli(Long.parseLong(value));
                LocalDate day = instant.atZone(ZoneOffset.UTC).toLocalDate();
                boolean midnight = day.atStartOfDay(ZoneOffset.UTC).toInstant().equals(instant);
                return midnight ? day.toString() : null;
            }
            return LocalDate.parse(value).toString();
        } catch (DateTimeParseException | NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable String datetime(String value) {
        try {
            Instant instant =
                    value.matches("-?\\d+") ? Instant.ofEpochMilli(Long.parseLong(value)) : Instant.parse(value);
            return HubSpotShapes.time(instant.toEpochMilli());
        } catch (DateTimeParseException | NumberFormatException e) {
            return null;
        }
    }

    /** Adds a custom property; throws in the vendor's words when it may not be. */
    Property define(JsonNode body, long nowMs) {
        Property property = new Property();
        property.name = body.path("name").asText("").toLowerCase(Locale.ROOT);
        property.label = body.path("label").asText("");
        property.type = body.path("type").asText("");
        property.fieldType = body.path("fieldType").asText("");
        property.groupName = body.path("groupName").asText("");
        property.description = body.path("description").asText("");
        property.unique = body.path("hasUniqueValue").asBoolean(false);
        property.createdAt = nowMs;
        readOptions(property, body.path("options"));
        checkDefinition(property);
        shelf().properties.put(property.name, property);
        return property;
    }

    private void checkDefinition(Property property) {
        if (!property.name.matches("[a-z][a-z0-9_]{0,99}")) {
            throw HubSpotErrors.validation("Property name must start with a letter and hold letters, digits and _");
        }
        if (shelf().properties.containsKey(property.name)) {
            throw HubSpotErrors.of(
                    409, "OBJECT_ALREADY_EXISTS", "A property named '" + property.name + "' already exists.");
        }
        if (property.label.isEmpty() || property.groupName.isEmpty() || property.fieldType.isEmpty()) {
            throw HubSpotErrors.validation("label, groupName, type and fieldType are required");
        }
        if (!Set.of("string", "number", "bool", "enumeration", "date", "datetime", "phone_number")
                .contains(property.type)) {
            throw HubSpotErrors.validation("Unknown property type " + property.type);
        }
        if (property.unique && !type.takesUnique()) {
            throw HubSpotErrors.validation("Properties of " + type.plural() + " cannot have unique values");
        }
        long uniques =
                shelf().properties.values().stream().filter(p -> p.unique).count();
        if (property.unique && uniques >= UNIQUE_MOST) {
            throw HubSpotErrors.validation("At most 10 properties with unique values are allowed");
        }
    }

    /** Refuses to take the vendor's own properties away. */
    static void checkRemovable(Property property) {
        if (property.vendors) {
            throw HubSpotErrors.validation("Property " + property.name + " is HubSpot's own and cannot be archived");
        }
    }

    /** Takes a property away. */
    void remove(Property property) {
        shelf().properties.remove(property.name);
    }

    /** Changes what may change after creation; hasUniqueValue is not among it. */
    Property amend(Property property, JsonNode body) {
        if (body.has("hasUniqueValue") && body.path("hasUniqueValue").asBoolean() != property.unique) {
            throw HubSpotErrors.validation("hasUniqueValue can only be set at creation");
        }
        property.label = body.path("label").asText(property.label);
        property.description = body.path("description").asText(property.description);
        if (body.path("options").isArray()) {
            readOptions(property, body.path("options"));
        }
        return property;
    }

    private static void readOptions(Property property, JsonNode given) {
        property.options.clear();
        for (JsonNode one : given) {
            addOption(property, one.path("value").asText(), one.path("label").asText());
        }
        if (property.type.equals("bool") && property.options.isEmpty()) {
            addOption(property, "true", "Yes");
            addOption(property, "false", "No");
        }
    }

    private static void addOption(Property property, String value, String label) {
        Option option = new Option();
        option.value = value;
        option.label = label;
        property.options.add(option);
    }

    /** The vendor's own properties, as far as objects in step need them. */
    void addStandard() {
        switch (type.plural()) {
            case "contacts" -> contacts();
            case "tickets" -> tickets();
            default -> notes();
        }
        for (String name : List.of("hs_object_id", MERGED, "hs_object_source", "hs_object_source_id")) {
            standard(name, name.equals("hs_object_id") ? "number" : "string", true);
        }
        standard("createdate", "datetime", true);
        standard(type.modified(), "datetime", true);
    }

    private void contacts() {
        for (String name : List.of(
                "firstname",
                "lastname",
                EMAIL,
                "phone",
                "mobilephone",
                "company",
                "website",
                "jobtitle",
                "address",
                "city",
                "state",
                "zip",
                "country",
                "hubspot_owner_id",
                "hs_whatsapp_phone_number")) {
            standard(name, name.contains("phone") ? "phone_number" : "string", false);
        }
        standard(MORE_EMAILS, "string", true);
        for (String stage : List.of(
                "subscriber",
                "lead",
                "marketingqualifiedlead",
                "salesqualifiedlead",
                "opportunity",
                "customer",
                "evangelist",
                "other")) {
            option("lifecyclestage", stage);
        }
        for (String status : List.of("NEW", "OPEN", "IN_PROGRESS", "OPEN_DEAL", "UNQUALIFIED", "CONNECTED")) {
            option("hs_lead_status", status);
        }
    }

    private void tickets() {
        for (String name : List.of("subject", "content", "hubspot_owner_id", "hs_ticket_category")) {
            standard(name, "string", false);
        }
        for (String priority : List.of("LOW", "MEDIUM", "HIGH", "URGENT")) {
            option("hs_ticket_priority", priority);
        }
        option("hs_pipeline", HubSpotPipelines.DEFAULT);
        HubSpotPipelines.STAGES.keySet().forEach(stage -> option("hs_pipeline_stage", stage));
        standard("closed_date", "datetime", false);
    }

    private void notes() {
        standard("hs_note_body", "string", false);
        standard("hubspot_owner_id", "string", false);
        standard("hs_timestamp", "datetime", false);
        standard("hs_createdate", "datetime", true);
    }

    private void option(String name, String value) {
        Property property = standard(name, "enumeration", false);
        if (option(property, value) == null) {
            addOption(property, value, value);
        }
    }

    private Property standard(String name, String type, boolean readOnly) {
        return shelf().properties.computeIfAbsent(name, n -> {
            Property property = new Property();
            property.name = n;
            property.label = n;
            property.type = type;
            property.fieldType = type.equals("enumeration") ? "select" : "text";
            property.readOnly = readOnly;
            property.vendors = true;
            return property;
        });
    }
}
