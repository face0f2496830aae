package dev.crmsync.sandbox.notion;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Refusal;
import dev.crmsync.sandbox.notion.NotionState.Option;
import dev.crmsync.sandbox.notion.NotionState.Page;
import dev.crmsync.sandbox.notion.NotionState.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Conditions of filters, one family for each family of types. */
final class NotionConditions {
    private static final long DAY_MS = 86_400_000;

    private final Parts parts;
    private final NotionShapes shapes;
    private final NotionTimes times;

    NotionConditions(Parts parts, NotionShapes shapes, NotionTimes times) {
        this.parts = parts;
        this.shapes = shapes;
        this.times = times;
    }

    /** The condition on a property; the type is the word under which it was given. */
    Predicate<Page> of(Property property, String type, JsonNode condition, String path) {
        if (!condition.isObject() || condition.size() != 1) {
            throw NotionErrors.invalid(
                    path, "should be an object with one condition, instead was `" + condition + "`.");
        }
        String word = condition.fieldNames().next();
        JsonNode wanted = condition.path(word);
        if (word.equals("is_empty") || word.equals("is_not_empty")) {
            boolean empty = word.equals("is_empty");
            return page -> isEmpty(page, property) == empty;
        }
        return switch (NotionSchema.type(property)) {
            case TITLE, RICH_TEXT, URL, EMAIL, PHONE_NUMBER -> text(word, wanted, path, page -> string(page, property));
            case NUMBER, UNIQUE_ID -> number(word, wanted, path, page -> amount(page, property));
            case CHECKBOX -> {
                Predicate<Page> up = page -> shapes.value(page, property).asBoolean();
                yield equal(word, path, page -> up.test(page) == wanted.asBoolean());
            }
            case SELECT, STATUS -> {
                List<String> ids = options(property, wanted);
                yield equal(
                        word,
                        path,
                        page -> ids.contains(page.values.path(property.id).asText("")));
            }
            case MULTI_SELECT -> members(word, path, property, options(property, wanted));
            case PEOPLE, RELATION -> members(word, path, property, ids(wanted));
            case CREATED_BY -> contains(word, path, page -> ids(wanted).contains(page.createdBy));
            case LAST_EDITED_BY -> contains(word, path, page -> ids(wanted).contains(page.editedBy));
            case CREATED_TIME -> moment(condition, path, page -> times.ofPage(page.createdAt));
            case LAST_EDITED_TIME -> moment(condition, path, page -> times.ofPage(page.editedAt));
            case DATE -> {
                LongPredicate fits = day(word, wanted, path);
                yield page -> {
                    Long start = NotionTimes.parse(
                            page.values.path(property.id).path("start").asText(""));
                    return start != null && fits.test(start);
                };
            }
        };
    }

    /** The condition on a time that every page has. */
    Predicate<Page> moment(JsonNode condition, String path, ToLongFunction<Page> time) {
        if (!condition.isObject() || condition.size() != 1) {
            throw NotionErrors.invalid(
                    path, "should be an object with one condition, instead was `" + condition + "`.");
        }
        String word = condition.fieldNames().next();
        if (word.equals("is_empty") || word.equals("is_not_empty")) {
            return page -> word.equals("is_not_empty");
        }
        LongPredicate fits = day(word, condition.path(word), path);
        return page -> fits.test(time.applyAsLong(page));
    }

    private boolean isEmpty(Page page, Property property) {
        JsonNode value = shapes.value(page, property);
        return value.isNull() || (value.isArray() && value.isEmpty());
    }

    private String string(Page page, Property property) {
        JsonNode value = page.values.path(property.id);
        return folded(value.isArray() ? NotionRichText.plain(value) : value.asText(""));
    }

    private String folded(String text) {
        return parts.dials().on("filters.case_sensitive") ? text : text.toLowerCase(Locale.ROOT);
    }

    private Predicate<Page> text(String word, JsonNode wanted, String path, Function<Page, String> value) {
        if (!wanted.isTextual()) {
            throw NotionErrors.invalid(path + "." + word, "should be a string, instead was `" + wanted + "`.");
        }
        String other = folded(wanted.asText());
        return switch (word) {
            case "equals" -> page -> value.apply(page).equals(other);
            case "does_not_equal" -> page -> !value.apply(page).equals(other);
            case "contains" -> page -> value.apply(page).contains(other);
            case "does_not_contain" -> page -> !value.apply(page).contains(other);
            case "starts_with" -> page -> value.apply(page).startsWith(other);
            case "ends_with" -> page -> value.apply(page).endsWith(other);
            default -> throw unknown(path, word);
        };
    }

    private @Nullable Double amount(Page page, Property property) {
        if (property.type.equals("unique_id")) {
            return (double) page.unique;
        }
        JsonNode value = page.values.path(property.id);
        return value.isNumber() ? (Double) value.doubleValue() : null;
    }

    private static Predicate<Page> number(
            String word, JsonNode wanted, String path, Function<Page, @Nullable Double> value) {
        if (!wanted.isNumber()) {
            throw NotionErrors.invalid(path + "." + word, "should be a number, instead was `" + wanted + "`.");
        }
        double other = wanted.doubleValue();
        Predicate<Double> fits = switch (word) {
            case "equals", "does_not_equal" -> one -> one == other;
            case "greater_than" -> one -> one > other;
            case "less_than" -> one -> one < other;
            case "greater_than_or_equal_to" -> one -> one >= other;
            case "less_than_or_equal_to" -> one -> one <= other;
            default -> throw unknown(path, word);
        };
        boolean not = word.equals("does_not_equal");
        return page -> {
            Double one = value.apply(page);
            return (one != null && fits.test(one)) != not;
        };
    }

    private static Predicate<Page> equal(String word, String path, Predicate<Page> same) {
        return switch (word) {
            case "equals" -> same;
            case "does_not_equal" -> same.negate();
            default -> throw unknown(path, word);
        };
    }

    private static Predicate<Page> contains(String word, String path, Predicate<Page> holds) {
        return switch (word) {
            case "contains" -> holds;
            case "does_not_contain" -> holds.negate();
            default -> throw unknown(path, word);
        };
    }

    private static Predicate<Page> members(String word, String path, Property property, List<String> wanted) {
        return contains(word, path, page -> {
            for (JsonNode id : page.values.path(property.id)) {
                if (wanted.contains(id.asText())) {
                    return true;
                }
            }
            return false;
        });
    }

    /** The ids of the options of these names; a name that no option bears fits none. */
    private static List<String> options(Property property, JsonNode wanted) {
        List<String> ids = new ArrayList<>();
        for (String name : texts(wanted)) {
            Option option = property.optionByName(name);
            if (option != null) {
                ids.add(option.id);
            }
        }
        return ids;
    }

    private static List<String> ids(JsonNode wanted) {
        return texts(wanted).stream()
                .map(text -> NotionIds.valid("body failed validation: body.filter", text))
                .toList();
    }

    private static List<String> texts(JsonNode wanted) {
        List<String> texts = new ArrayList<>();
        if (wanted.isArray()) {
            wanted.forEach(one -> texts.add(one.asText()));
        } else {
            texts.add(wanted.asText());
        }
        return texts;
    }

    /** A condition on a time; one that names a day alone means the whole of it, where that makes a difference. */
    private LongPredicate day(String word, JsonNode wanted, String path) {
        long now = parts.clock().millis();
        LongPredicate relative = switch (word) {
            case "past_week" -> between(now - 7 * DAY_MS, now);
            case "past_month" -> between(now - 30 * DAY_MS, now);
            case "past_year" -> between(now - 365 * DAY_MS, now);
            case "next_week" -> between(now, now + 7 * DAY_MS);
            case "next_month" -> between(now, now + 30 * DAY_MS);
            case "next_year" -> between(now, now + 365 * DAY_MS);
            default -> null;
        };
        if (relative != null) {
            return relative;
        }
        Long from = wanted.isTextual() ? NotionTimes.parse(wanted.asText()) : null;
        if (from == null) {
            throw NotionErrors.invalid(
                    path + "." + word, "should be a valid ISO 8601 date string, instead was `" + wanted + "`.");
        }
        long start = from;
        long end = NotionTimes.isDay(wanted.asText()) ? start + DAY_MS : start + 1;
        return switch (word) {
            case "equals" -> ms -> ms >= start && ms < end;
            case "before" -> ms -> ms < start;
            case "after" -> ms -> ms >= end;
            case "on_or_before" -> ms -> ms < end;
            case "on_or_after" -> ms -> ms >= start;
            default -> throw unknown(path, word);
        };
    }

    private static LongPredicate between(long from, long to) {
        return ms -> ms >= from && ms <= to;
    }

    private static Refusal unknown(String path, String word) {
        return NotionErrors.invalid(path + "." + word, "is no condition of this type.");
    }
}
