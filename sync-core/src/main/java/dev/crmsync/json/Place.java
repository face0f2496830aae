package dev.crmsync.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.crmsync.spi.SyncException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A place in a document that a person wrote: every complaint names the path to it, and the remedy. */
final class Place {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String document;
    private final String path;
    private final JsonNode node;

    private Place(String document, String path, JsonNode node) {
        this.document = document;
        this.path = path;
        this.node = node;
    }

    /** Reads a document of one format, which it names itself. */
    static Place read(String what, String text, int format) {
        JsonNode node;
        try {
            node = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
            throw SyncException.configuration(what + " is no JSON" + where
                    + "; mend what stands there: a missing comma, quote or bracket, or a name that stands twice");
        }
        Place root = new Place(what, what, node);
        Place stated = root.object().member("format");
        if (stated == null || stated.whole() != format) {
            throw root.wrong("says the format " + (stated == null ? "of none" : stated.whole())
                    + ", and this version reads format " + format + "; write \"format\": " + format);
        }
        return root;
    }

    SyncException wrong(String complaint) {
        return SyncException.configuration(path + " " + complaint);
    }

    /** Adds the path to what the builders complain of. */
    <T> T building(Supplier<T> made) {
        try {
            return made.get();
        } catch (SyncException | IllegalArgumentException nonsense) {
            if (nonsense instanceof SyncException told
                    && String.valueOf(told.getMessage()).startsWith(document)) {
                throw told;
            }
            throw wrong("is refused: " + nonsense.getMessage());
        }
    }

    private Place object() {
        if (!node.isObject()) {
            throw wrong("should be an object in braces, and is " + kind());
        }
        return this;
    }

    private String kind() {
        return node.getNodeType().name().toLowerCase(Locale.ROOT);
    }

    /** Refuses names that mean nothing here: a misspelt one would silently be without effect. */
    Place only(String... known) {
        TreeSet<String> all = new TreeSet<>(Arrays.asList(known));
        object();
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!all.contains(name)) {
                throw wrong("has '" + name + "', which means nothing there; use one of " + all + ", or take it out");
            }
        }
        return this;
    }

    @Nullable Place member(String name) {
        JsonNode child = object().node.get(name);
        return child == null ? null : new Place(document, path + "." + name, child);
    }

    Place needed(String name) {
        Place child = member(name);
        if (child == null) {
            throw wrong("lacks '" + name + "'; say it");
        }
        return child;
    }

    /** The members in the order in which they were written. */
    Map<String, Place> members() {
        Map<String, Place> members = new LinkedHashMap<>();
        object().node.fieldNames().forEachRemaining(name -> members.put(name, Objects.requireNonNull(member(name))));
        return members;
    }

    List<Place> items() {
        if (!node.isArray()) {
            throw wrong("should be a list in brackets, and is " + kind());
        }
        List<Place> items = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            items.add(new Place(document, path + "[" + i + "]", node.get(i)));
        }
        return items;
    }

    boolean isText() {
        return node.isTextual();
    }

    String text() {
        if (!node.isTextual()) {
            throw wrong("should be a text in quotes, and is " + kind());
        }
        return node.textValue();
    }

    String text(String name) {
        return needed(name).text();
    }

    @Nullable String textOrNull(String name) {
        Place child = member(name);
        return child == null ? null : child.text();
    }

    List<String> texts(String name) {
        Place child = member(name);
        return child == null
                ? List.of()
                : child.items().stream().map(Place::text).toList();
    }

    Map<String, String> textsByName(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        Place child = member(name);
        if (child != null) {
            child.members().forEach((key, value) -> texts.put(key, value.text()));
        }
        return texts;
    }

    int whole() {
        if (!node.isInt()) {
            throw wrong("should be a whole number, and is " + kind());
        }
        return node.intValue();
    }

    int whole(String name) {
        return needed(name).whole();
    }

    boolean flag(String name) {
        Place child = member(name);
        if (child != null && !child.node.isBoolean()) {
            throw child.wrong("should be true or false, and is " + child.kind());
        }
        return child != null && child.node.booleanValue();
    }

    Duration time() {
        String text = text();
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw wrong("is '" + text + "' and should be a length of time in ISO form, such as PT5M or PT0.5S");
        }
    }

    <E extends Enum<E>> E constant(Class<E> type) {
        String text = text();
        List<String> known = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            if (word(constant).equals(text)) {
                return constant;
            }
            known.add(word(constant));
        }
        throw wrong("is '" + text + "' and should be one of " + known);
    }

    <E extends Enum<E>> E constant(String name, Class<E> type, E otherwise) {
        Place child = member(name);
        return child == null ? otherwise : child.constant(type);
    }

    /** How a constant is written: {@code FILL_EMPTY} as {@code fillEmpty}. */
    static String word(Enum<?> constant) {
        StringBuilder word = new StringBuilder();
        for (String part : constant.name().toLowerCase(Locale.ROOT).split("_")) {
            word.append(word.isEmpty() ? part : part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1));
        }
        return word.toString();
    }

    /** A document as a person would like to read it. */
    static String pretty(JsonNode node) {
        return node.toPrettyString();
    }
}
