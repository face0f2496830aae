package dev.crmsync.sandbox.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.hubspot.HubSpotState.CrmObject;
import dev.crmsync.sandbox.hubspot.HubSpotState.Property;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One filter of a search: a property, an operator, and what it is compared with. */
final class HubSpotFilter {
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Set<String> ORDERED_TYPES = Set.of("number", "date", "datetime");

    private HubSpotFilter() {}

    static Predicate<CrmObject> of(JsonNode filter, HubSpotSchema schema) {
        String name = filter.path("propertyName").asText("");
        Property property = schema.find(name);
        if (property == null) {
            throw HubSpotErrors.validation("There was a problem with the request: no property " + name);
        }
        String operator = filter.path("operator").asText("");
        boolean ordered = ORDERED_TYPES.contains(property.type);
        return switch (operator) {
            case "HAS_PROPERTY" -> c -> value(c, name) != null;
            case "NOT_HAS_PROPERTY" -> c -> value(c, name) == null;
            case "IN", "NOT_IN" -> in(filter, name, ordered, property, operator.equals("IN"));
            case "CONTAINS_TOKEN" -> tokens(name, one(filter, "value"), true);
            case "NOT_CONTAINS_TOKEN" -> tokens(name, one(filter, "value"), false);
            case "BETWEEN" ->
                compare(name, property, ordered, one(filter, "value"), Set.of(0, 1))
                        .and(compare(name, property, ordered, one(filter, "highValue"), Set.of(-1, 0)));
            case "EQ" -> compare(name, property, ordered, one(filter, "value"), Set.of(0));
            case "NEQ" -> compare(name, property, ordered, one(filter, "value"), Set.of(-1, 1));
            case "LT" -> compare(name, property, ordered, one(filter, "value"), Set.of(-1));
            case "LTE" -> compare(name, property, ordered, one(filter, "value"), Set.of(-1, 0));
            case "GT" -> compare(name, property, ordered, one(filter, "value"), Set.of(1));
            case "GTE" -> compare(name, property, ordered, one(filter, "value"), Set.of(0, 1));
            default -> throw HubSpotErrors.validation("Invalid input JSON: unknown operator " + operator);
        };
    }

    /** What a record is sorted by: numbers and times as numbers, text without regard to case; null without a value. */
    static @Nullable Comparable<?> sortKey(CrmObject object, Property property) {
        if (ORDERED_TYPES.contains(property.type)) {
            return number(object, property.name);
        }
        String value = value(object, property.name);
        return value == null ? null : value.toLowerCase(Locale.ROOT);
    }

    private static Predicate<CrmObject> compare(
            String name, Property property, boolean ordered, String wanted, Set<Integer> signs) {
        BigDecimal number = ordered ? given(property, wanted) : BigDecimal.ZERO;
        return c -> {
            if (ordered) {
                BigDecimal value = number(c, name);
                return value != null && signs.contains(Integer.signum(value.compareTo(number)));
            }
            String value = value(c, name);
            return value != null && signs.contains(Integer.signum(value.compareToIgnoreCase(wanted)));
        };
    }

    private static Predicate<CrmObject> in(
            JsonNode filter, String name, boolean ordered, Property property, boolean wanted) {
        JsonNode values = filter.path("values");
        if (!values.isArray() || values.isEmpty()) {
            throw HubSpotErrors.validation("Invalid input JSON: values is required for IN and NOT_IN");
        }
        List<Predicate<CrmObject>> any = new ArrayList<>();
        values.forEach(v -> any.add(compare(name, property, ordered, v.asText(), Set.of(0))));
        return c -> any.stream().anyMatch(p -> p.test(c)) == wanted;
    }

    private static Predicate<CrmObject> tokens(String name, String wanted, boolean contains) {
        String regex = "";
        for (String piece : wanted.toLowerCase(Locale.ROOT).split("\\*", -1)) {
            regex += (regex.isEmpty() ? "" : ".*") + Pattern.quote(piece);
        }
        Pattern pattern = Pattern.compile(regex);
        return c -> {
            String value = value(c, name);
            if (value == null) {
                return !contains;
            }
            String lower = value.toLowerCase(Locale.ROOT);
            boolean found = pattern.matcher(lower).matches();
            for (String token : lower.split("[^\\p{L}\\p{N}]+", -1)) {
                found |= pattern.matcher(token).matches();
            }
            return found == contains;
        };
    }

    private static String one(JsonNode filter, String field) {
        JsonNode value = filter.path(field);
        if (!value.isValueNode() || value.isNull()) {
            throw HubSpotErrors.validation("Invalid input JSON: " + field + " is required");
        }
        return value.asText();
    }

    private static BigDecimal given(Property property, String wanted) {
        try {
            return new BigDecimal(wanted);
        } catch (NumberFormatException e) {
            throw HubSpotErrors.validation(
                    "There was a problem with the request: " + property.name + " wants a number or epoch milliseconds");
        }
    }

    private static @Nullable String value(CrmObject object, String name) {
        return HubSpotShapes.value(object, name);
    }

    /** A value as a number; what every record has is read without parsing, for searches look at all records. */
    private static @Nullable BigDecimal number(CrmObject object, String name) {
        switch (name) {
            case "lastmodifieddate", "hs_lastmodifieddate" -> {
                return BigDecimal.valueOf(object.updatedAt);
            }
            case "createdate", "hs_createdate" -> {
                return BigDecimal.valueOf(object.createdAt);
            }
            case "hs_object_id" -> {
                return new BigDecimal(object.id);
            }
            default -> {
                String value = object.properties.get(name);
                return value == null ? null : number(value);
            }
        }
    }

    private static BigDecimal number(String value) {
        if (DAY.matcher(value).matches()) {
            return BigDecimal.valueOf(LocalDate.parse(value)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant()
                    .toEpochMilli());
        }
        if (value.endsWith("Z")) {
            return BigDecimal.valueOf(Instant.parse(value).toEpochMilli());
        }
        return new BigDecimal(value);
    }
}
