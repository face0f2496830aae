package dev.crmsync.sandbox.notion;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.notion.NotionState.DataSource;
import dev.crmsync.sandbox.notion.NotionState.Page;
import dev.crmsync.sandbox.notion.NotionState.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Filters of queries: conditions on properties and timestamps, and two levels of and / or over them. */
final class NotionFilter {
    private static final int DEPTH = 2;

    private final NotionConditions conditions;
    private final NotionTimes times;

    NotionFilter(NotionConditions conditions, NotionTimes times) {
        this.conditions = conditions;
        this.times = times;
    }

    /** What a filter lets through; a missing one lets everything through. */
    Predicate<Page> of(JsonNode filter, DataSource source) {
        return filter.isMissingNode() || filter.isNull() ? page -> true : of(filter, source, "filter", DEPTH);
    }

    private Predicate<Page> of(JsonNode filter, DataSource source, String path, int depth) {
        for (String word : List.of("and", "or")) {
            if (filter.has(word)) {
                return several(filter.path(word), word, source, path, depth);
            }
        }
        if (filter.has("timestamp")) {
            return timestamp(filter, path);
        }
        if (!filter.path("property").isTextual()) {
            throw NotionErrors.invalid(path + ".property", "should be defined, instead was `undefined`.");
        }
        String key = filter.path("property").asText();
        Property property = NotionSchema.present(source, key);
        String type = conditionType(filter, property, path);
        return conditions.of(property, type, filter.path(type), path + "." + type);
    }

    private Predicate<Page> several(JsonNode parts, String word, DataSource source, String path, int depth) {
        if (depth == 0) {
            throw NotionErrors.invalid(path, "is nested deeper than the two levels that are allowed.");
        }
        if (!parts.isArray()) {
            throw NotionErrors.invalid(path + "." + word, "should be an array, instead was `" + parts + "`.");
        }
        List<Predicate<Page>> all = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            all.add(of(parts.path(i), source, path + "." + word + "[" + i + "]", depth - 1));
        }
        return word.equals("and")
                ? page -> all.stream().allMatch(one -> one.test(page))
                : page -> all.isEmpty() || all.stream().anyMatch(one -> one.test(page));
    }

    private Predicate<Page> timestamp(JsonNode filter, String path) {
        String word = filter.path("timestamp").asText();
        if (!word.equals("created_time") && !word.equals("last_edited_time")) {
            throw NotionErrors.invalid(path + ".timestamp", "should be `created_time` or `last_edited_time`.");
        }
        return conditions.moment(
                filter.path(word),
                path + "." + word,
                page -> times.ofPage(word.equals("created_time") ? page.createdAt : page.editedAt));
    }

    /** The condition must be of the property's own type; texts may be asked for as rich_text. */
    private static String conditionType(JsonNode filter, Property property, String path) {
        if (filter.has(property.type)) {
            return property.type;
        }
        boolean textual = NotionSchema.type(property).isText()
                || NotionSchema.type(property).isPlain();
        if (textual && filter.has("rich_text")) {
            return "rich_text";
        }
        throw NotionErrors.invalid(
                path + "." + property.type, "should be defined, as " + property.name + " is of that type.");
    }
}
