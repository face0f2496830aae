package dev.crmsync.adapter.notion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.http.Json;
import dev.crmsync.spi.adapter.Outcome.Rejection;
import dev.crmsync.spi.model.NativeValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Writes native values as a property's type takes them, or says why it cannot: nothing is cut, rounded or left out to make it fit.
 *
 * @see <a href="https://developers.notion.com/reference/property-value-object">Notion: page properties</a>
 */
final class Drafting {
    /** The longest text of each type that is one text. */
    private static final Map<String, Integer> LONGEST = Map.of("url", 2_000, "email", 200, "phone_number", 200);

    /** The most options, people or pages that one write takes. */
    static final int MOST_ENTRIES = 100;

    private static final int LONGEST_OPTION = 100;
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,30}(\\.[0-9]{1,30})?");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Drafting() {}

    /** Writes a value that needs nothing of what stands there. */
    static void put(SchemaProperty property, NativeValue value, String nativeName, Draft draft) {
        if (!property.written()) {
            draft.refuse(
                    Rejection.READ_ONLY,
                    nativeName,
                    "a property of type " + property.type() + " is not written; map it to a text property");
            return;
        } else if (property.type().equals(SchemaProperty.MULTI_SELECT)) {
            options(property, value, nativeName, draft);
            return;
        }
        Optional<String> text = value.isBlank() ? Optional.of("") : Values.asText(value);
        if (text.isEmpty()) {
            draft.refuse(Rejection.INVALID, nativeName, "it takes one value; map it through a lens that makes one");
        } else {
            put(property, text.get(), nativeName, draft);
        }
    }

    private static void put(SchemaProperty property, String text, String nativeName, Draft draft) {
        switch (property.type()) {
            case SchemaProperty.TITLE, SchemaProperty.TEXT ->
                RichText.of(text)
                        .ifPresentOrElse(
                                pieces -> draft.put(property, pieces, nativeName),
                                () -> draft.refuse(
                                        Rejection.TOO_LONG,
                                        nativeName,
                                        "a property takes " + RichText.LONGEST_PIECE * RichText.MOST_PIECES
                                                + " characters"));
            case SchemaProperty.CHECKBOX -> checkbox(property, text, nativeName, draft);
            case SchemaProperty.NUMBER -> number(property, text, nativeName, draft);
            case SchemaProperty.DATE -> date(property, text, nativeName, draft);
            case SchemaProperty.SELECT, SchemaProperty.STATUS -> option(property, text, nativeName, draft);
            default -> {
                if (text.length() > LONGEST.getOrDefault(property.type(), RichText.LONGEST_PIECE)) {
                    draft.refuse(
                            Rejection.TOO_LONG,
                            nativeName,
                            "a property of type " + property.type() + " takes no text of that length");
                } else {
                    draft.put(property, text.isEmpty() ? NullNode.getInstance() : NODES.textNode(text), nativeName);
                }
            }
        }
    }

    /** A box is never without a value: one that was cleared would be shown as not ticked, which is an answer of its own. */
    private static void checkbox(SchemaProperty property, String text, String nativeName, Draft draft) {
        if (text.equals("true") || text.equals("false")) {
            draft.put(property, NODES.booleanNode(text.equals("true")), nativeName);
        } else {
            draft.refuse(Rejection.INVALID, nativeName, "a box takes true or false, and is never empty");
        }
    }

    private static void number(SchemaProperty property, String text, String nativeName, Draft draft) {
        if (text.isEmpty()) {
            draft.put(property, NullNode.getInstance(), nativeName);
        } else if (NUMBER.matcher(text.strip()).matches()) {
            JsonNode number = Json.fromNative(new NativeValue.Number(new BigDecimal(text.strip())));
            draft.put(property, number, nativeName);
        } else {
            draft.refuse(Rejection.INVALID, nativeName, "the property takes a number");
        }
    }

    /** What Notion keeps of seconds is not documented, and its times of day go by the minute: a time that has seconds is not sent. */
    private static void date(SchemaProperty property, String text, String nativeName, Draft draft) {
        if (text.isEmpty()) {
            draft.put(property, NullNode.getInstance(), nativeName);
            return;
        }
        Optional<Instant> time = Times.parse(text.strip());
        boolean whole = time.map(at -> at.equals(Times.minute(at))).orElseGet(() -> isDay(text.strip()));
        if (whole) {
            ObjectNode date = Json.object();
            date.put("start", time.map(Instant::toString).orElse(text.strip()));
            draft.put(property, date, nativeName);
        } else if (time.isPresent()) {
            draft.refuse(
                    Rejection.INVALID, nativeName, "a date holds whole minutes; map it to a text property instead");
        } else {
            draft.refuse(Rejection.INVALID, nativeName, "the property takes a date or a time in ISO 8601");
        }
    }

    private static boolean isDay(String text) {
        try {
            return LocalDate.parse(text).toString().equals(text);
        } catch (DateTimeParseException noDay) {
            return false;
        }
    }

    /** By its id where it is there; a select takes a new name, a status does not. */
    private static void option(SchemaProperty property, String name, String nativeName, Draft draft) {
        boolean known = property.options().containsKey(name);
        if (name.isEmpty()) {
            draft.put(property, NullNode.getInstance(), nativeName);
        } else if (!known && property.type().equals(SchemaProperty.STATUS)) {
            draft.refuse(
                    Rejection.NOT_AN_OPTION, nativeName, "the property has no such option: add it in Notion, by hand");
        } else if (!known && !isName(name)) {
            draft.refuse(Rejection.NOT_AN_OPTION, nativeName, "no option has a name with a comma, or so long a one");
        } else {
            draft.put(property, reference(property, name), nativeName);
        }
    }

    private static boolean isName(String name) {
        return name.indexOf(',') < 0 && name.length() <= LONGEST_OPTION;
    }

    private static ObjectNode reference(SchemaProperty property, String name) {
        String id = property.options().get(name);
        return id == null ? Json.object().put("name", name) : Json.object().put("id", id);
    }

    private static void options(SchemaProperty property, NativeValue value, String nativeName, Draft draft) {
        Set<String> names = new TreeSet<>();
        for (NativeValue item : list(value)) {
            Values.asText(item)
                    .map(String::strip)
                    .filter(name -> !name.isEmpty())
                    .ifPresent(names::add);
        }
        ArrayNode array = Json.array();
        for (String name : names) {
            if (!property.options().containsKey(name) && !isName(name)) {
                draft.refuse(
                        Rejection.NOT_AN_OPTION,
                        nativeName,
                        "no option has a name with a comma, or one of more than " + LONGEST_OPTION + " characters");
                return;
            }
            array.add(reference(property, name));
        }
        if (array.size() > MOST_ENTRIES) {
            draft.refuse(Rejection.TOO_LONG, nativeName, "a write takes " + MOST_ENTRIES + " options");
        } else {
            draft.put(property, array, nativeName);
        }
    }

    static List<NativeValue> list(NativeValue value) {
        if (value instanceof NativeValue.Items items) {
            return items.items();
        }
        return value.isBlank() ? List.of() : List.of(value);
    }
}
