package dev.crmsync.adapter.notion;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A property as one data source has it. Immutable.
 *
 * @param id its id, in the encoded form in which the API shows it
 * @param name its name for people, which they may change
 * @param type Notion's word for its type
 * @param options the ids of its options by their names, in Notion's order
 */
record SchemaProperty(String id, String name, String type, Map<String, String> options) {
    static final String TITLE = "title";
    static final String TEXT = "rich_text";
    static final String NUMBER = "number";
    static final String CHECKBOX = "checkbox";
    static final String SELECT = "select";
    static final String STATUS = "status";
    static final String MULTI_SELECT = "multi_select";
    static final String PEOPLE = "people";
    static final String RELATION = "relation";
    static final String DATE = "date";

    private static final Set<String> WRITTEN = Set.of(
            TITLE,
            TEXT,
            NUMBER,
            CHECKBOX,
            SELECT,
            STATUS,
            MULTI_SELECT,
            PEOPLE,
            RELATION,
            DATE,
            "url",
            "email",
            "phone_number");
    private static final Set<String> FOUND = Set.of(TITLE, TEXT, "url", "email", "phone_number");

    SchemaProperty {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /** A property of a schema; empty when it lacks its id or its type. */
    static Optional<SchemaProperty> of(String name, JsonNode told) {
        String id = told.path("id").asText("");
        String type = told.path("type").asText("");
        if (id.isEmpty() || type.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> options = new LinkedHashMap<>();
        for (JsonNode option : told.path(type).path("options")) {
            if (option.path("id").isTextual() && option.path("name").isTextual()) {
                options.putIfAbsent(
                        option.path("name").textValue(), option.path("id").textValue());
            }
        }
        return Optional.of(new SchemaProperty(id, name, type, options));
    }

    /** An id without its encoding, in which form two of them are compared. */
    static String plain(String id) {
        try {
            return URLDecoder.decode(id.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return id;
        }
    }

    boolean hasId(String other) {
        return id.equals(other) || plain(id).equals(plain(other));
    }

    /** Whether the adapter knows how to write it. */
    boolean written() {
        return WRITTEN.contains(type);
    }

    /** Whether a query finds pages by its value, to the letter. */
    boolean found() {
        return FOUND.contains(type);
    }

    /** Whether it lists people or pages. */
    boolean refers() {
        return type.equals(PEOPLE) || type.equals(RELATION);
    }
}
