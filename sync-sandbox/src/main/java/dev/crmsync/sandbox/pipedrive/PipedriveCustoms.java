package dev.crmsync.sandbox.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Field;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What custom fields take, by their type; null clears any of them. Guarded by the stand-in's lock. */
final class PipedriveCustoms {
    private static final int MOST_TEXT = 255;
    private static final List<String> ADDRESS = List.of(
            "value",
            "country",
            "admin_area_level_1",
            "admin_area_level_2",
            "locality",
            "sublocality",
            "route",
            "street_number",
            "subpremise",
            "postal_code");

    private final Parts parts;
    private final PipedriveState state;

    PipedriveCustoms(Parts parts, PipedriveState state) {
        this.parts = parts;
        this.state = state;
    }

    /** The values as they are kept, nulls where they clear. */
    ObjectNode accept(PipedriveKind kind, JsonNode customs) {
        Map<String, Field> fields = state.fields(kind);
        ObjectNode accepted = Json.object();
        customs.properties().forEach(e -> {
            Field field = fields.get(e.getKey());
            if (field == null || !field.custom) {
                throw PipedriveErrors.invalid("custom_fields." + e.getKey() + ": there is no such field");
            }
            accepted.set(e.getKey(), e.getValue().isNull() ? e.getValue() : value(field, e.getValue()));
        });
        return accepted;
    }

    /** Whether a field of the account is a custom one of this kind. */
    boolean knows(PipedriveKind kind, String code) {
        Field field = state.fields(kind).get(code);
        return field != null && field.custom;
    }

    private @Nullable JsonNode value(Field field, JsonNode value) {
        switch (field.type) {
            case "double" -> need(field, value.isNumber(), "a number");
            case "enum" ->
                need(field, value.isIntegralNumber() && field.option(value.asLong()) != null, "the id of an option");
            case "set" -> {
                need(field, PipedriveType.WHOLES.fits(value) && !value.isEmpty(), "a non-empty array of option ids");
                value.forEach(one -> need(field, field.option(one.asLong()) != null, "the ids of options"));
            }
            case "user", "org", "people" -> need(field, value.isIntegralNumber(), "an id");
            case "date" -> need(field, PipedriveType.DATE.fits(value), "a date");
            case "monetary" ->
                object(
                        field,
                        value,
                        List.of("value", "currency"),
                        value.path("value").isNumber());
            case "daterange", "timerange" ->
                object(
                        field,
                        value,
                        List.of("value", "until"),
                        value.path("value").isTextual());
            case "time" ->
                object(
                        field,
                        value,
                        List.of("value", "timezone_name"),
                        value.path("value").isTextual());
            case "address" -> {
                object(field, value, ADDRESS, value.path("value").isTextual());
                // Subfields that were left out become null.
                ObjectNode whole = Json.object();
                ADDRESS.forEach(key -> whole.set(key, value.has(key) ? value.path(key) : Json.MAPPER.nullNode()));
                return whole;
            }
            default -> {
                need(field, value.isTextual(), "a string");
                return text(field, value);
            }
        }
        return value;
    }

    private JsonNode text(Field field, JsonNode value) {
        String text = value.asText();
        if (text.isEmpty() && parts.dials().is("custom.empty_text", "cleared")) {
            return Json.MAPPER.nullNode();
        }
        boolean long255 = field.type.startsWith("varchar") && text.length() > MOST_TEXT;
        need(field, !long255 || parts.dials().is("custom.long_text", "cut"), "at most " + MOST_TEXT + " characters");
        return long255 ? Json.tree(text.substring(0, MOST_TEXT)) : value;
    }

    private static void object(Field field, JsonNode value, List<String> keys, boolean valued) {
        need(field, value.isObject() && valued, "an object with a value");
        value.fieldNames().forEachRemaining(key -> need(field, keys.contains(key), "an object of " + keys));
    }

    private static void need(Field field, boolean holds, String wanted) {
        if (!holds) {
            throw PipedriveErrors.invalid("custom_fields." + field.code + ": must be " + wanted);
        }
    }
}
