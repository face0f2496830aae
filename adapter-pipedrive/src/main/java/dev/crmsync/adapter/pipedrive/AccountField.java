package dev.crmsync.adapter.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A field as one account has it. Immutable.
 *
 * @param code its key in the API: 40 hexadecimal digits for a custom field, a word for one of Pipedrive's own
 * @param name its name for people, which they may change
 * @param type Pipedrive's word for its type
 * @param options the names of its options by their ids, in Pipedrive's order
 */
record AccountField(String code, String name, String type, Map<String, String> options) {
    static final String ENUM = "enum";
    static final String SET = "set";

    /** The 40 digits that Pipedrive makes for each custom field of each account. */
    static final Pattern HASH = Pattern.compile("[0-9a-f]{40}");

    private static final Set<String> TEXTS = Set.of("varchar", "varchar_auto", "text", "phone", "date");
    private static final Set<String> FOUND_BY_SEARCH = Set.of("varchar", "varchar_auto", "text");
    private static final Set<String> REFERENCES = Set.of("user", "org", "people");

    AccountField {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /** A row of a list of fields; empty when it lacks its key. Older answers have other names for key and name. */
    static Optional<AccountField> of(JsonNode row) {
        String code = text(row, "field_code", "key");
        if (code.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> options = new LinkedHashMap<>();
        for (JsonNode option : row.path("options")) {
            String label = option.path("label").textValue();
            if (option.path("id").isValueNode() && label != null) {
                options.putIfAbsent(option.path("id").asText(), label);
            }
        }
        return Optional.of(new AccountField(code, text(row, "field_name", "name"), text(row, "field_type"), options));
    }

    private static String text(JsonNode row, String... names) {
        for (String name : names) {
            String text = row.path(name).textValue();
            if (text != null && !text.isEmpty()) {
                return text;
            }
        }
        return "";
    }

    boolean custom() {
        return HASH.matcher(code).matches();
    }

    boolean holdsText() {
        return TEXTS.contains(type);
    }

    /** Whether a search finds records by its value, to the letter. */
    boolean found() {
        return FOUND_BY_SEARCH.contains(type);
    }

    boolean refers() {
        return REFERENCES.contains(type);
    }

    /** Whether the adapter knows how to write it. */
    boolean written() {
        return holdsText() || refers() || type.equals("double") || type.equals(ENUM) || type.equals(SET);
    }

    /** The id of an option by its name: to the letter where there is one, else without regard to case. */
    Optional<String> option(String label) {
        String wanted = label.strip();
        Optional<String> exact = byLabel(name -> name.strip().equals(wanted));
        return exact.isPresent()
                ? exact
                : byLabel(name -> name.strip().toLowerCase(Locale.ROOT).equals(wanted.toLowerCase(Locale.ROOT)));
    }

    private Optional<String> byLabel(Predicate<String> fits) {
        return options.entrySet().stream()
                .filter(option -> fits.test(option.getValue()))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
