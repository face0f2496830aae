package dev.crmsync.adapter.notion;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.http.Json;
import dev.crmsync.spi.model.NativeValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a page's property holds, as a native value: text for texts, options and dates, a list for several options, people or pages.
 * What nobody could write down without loss, such as files, is not told.
 */
final class Values {
    private static final Set<String> PLAIN = Set.of("number", "checkbox", "url", "email", "phone_number");

    private Values() {}

    /**
     * Reads a property.
     *
     * @param property the property as a page shows it
     * @param entries where the page shows only the beginning, all entries; else what it shows
     * @param single whether the first of several people or pages stands for it
     * @return the value; null when it is of a kind that is not told
     */
    static @Nullable NativeValue read(JsonNode property, JsonNode entries, boolean single) {
        String type = property.path("type").asText("");
        JsonNode held = property.path(type);
        if (held.isMissingNode()) {
            return null;
        }
        return switch (type) {
            case SchemaProperty.TITLE, SchemaProperty.TEXT -> text(RichText.plain(entries));
            case SchemaProperty.SELECT, SchemaProperty.STATUS -> held.isNull() ? NativeValue.EMPTY : named(held);
            case SchemaProperty.MULTI_SELECT -> items(held, "name");
            case SchemaProperty.PEOPLE, SchemaProperty.RELATION -> references(entries, single);
            case SchemaProperty.DATE -> held.isNull() ? NativeValue.EMPTY : date(held.path("start"));
            case "created_time", "last_edited_time" -> held.isTextual() ? NativeValue.text(held.textValue()) : null;
            case "created_by", "last_edited_by" -> id(held);
            case "unique_id" -> unique(held);
            case "formula" -> formula(held);
            default -> PLAIN.contains(type) && held.isValueNode() ? plain(held) : null;
        };
    }

    private static NativeValue text(String text) {
        return text.isEmpty() ? NativeValue.EMPTY : NativeValue.text(text);
    }

    private static NativeValue plain(JsonNode held) {
        return held.isTextual() ? text(held.textValue()) : Json.toNative(held);
    }

    private static @Nullable NativeValue named(JsonNode option) {
        return option.path("name").isTextual()
                ? NativeValue.text(option.path("name").textValue())
                : null;
    }

    /** Null when one of them cannot be named: it would look as if it had been taken off. */
    private static @Nullable NativeValue items(JsonNode array, String member) {
        List<NativeValue> items = new ArrayList<>();
        for (JsonNode item : array) {
            if (!item.path(member).isTextual()) {
                return null;
            }
            items.add(NativeValue.text(item.path(member).textValue()));
        }
        return array.isArray() ? new NativeValue.Items(items) : null;
    }

    private static @Nullable NativeValue references(JsonNode entries, boolean single) {
        if (!entries.isArray()) {
            return null;
        }
        return single ? new References(entries).first() : References.all(entries);
    }

    private static @Nullable NativeValue id(JsonNode reference) {
        return Ids.of(reference.path("id")).map(NativeValue::text).orElse(null);
    }

    /** A day stays a day; a time is shown in UTC, in whatever zone people entered it. */
    private static @Nullable NativeValue date(JsonNode start) {
        if (!start.isTextual()) {
            return null;
        }
        return NativeValue.text(Times.of(start).map(Object::toString).orElse(start.textValue()));
    }

    private static @Nullable NativeValue unique(JsonNode held) {
        if (!held.path("number").isNumber()) {
            return null;
        }
        String prefix = held.path("prefix").asText("");
        String number = held.path("number").asText();
        return NativeValue.text(prefix.isEmpty() || held.path("prefix").isNull() ? number : prefix + "-" + number);
    }

    private static @Nullable NativeValue formula(JsonNode held) {
        JsonNode result = held.path(held.path("type").asText(""));
        if (result.isObject()) {
            return date(result.path("start"));
        }
        return result.isMissingNode() || result.isArray() ? null : plain(result);
    }

    /** A value as text, where it is one value. */
    static Optional<String> asText(NativeValue value) {
        if (value instanceof NativeValue.Text text) {
            return Optional.of(text.text());
        } else if (value instanceof NativeValue.Number number) {
            return Optional.of(number.number().toPlainString());
        }
        return value instanceof NativeValue.Flag flag ? Optional.of(Boolean.toString(flag.flag())) : Optional.empty();
    }
}
