package dev.crmsync.adapter.notion;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Notion's ids: UUIDs, which people copy out of addresses without their hyphens. */
final class Ids {
    private static final Pattern FORM =
            Pattern.compile("[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}");

    private Ids() {}

    /** The id in the one form in which ids are compared, lower case with hyphens; empty when it is none. */
    static Optional<String> of(String text) {
        if (!FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        String digits = text.replace("-", "").toLowerCase(Locale.ROOT);
        return Optional.of(digits.substring(0, 8) + "-" + digits.substring(8, 12) + "-" + digits.substring(12, 16) + "-"
                + digits.substring(16, 20) + "-" + digits.substring(20));
    }

    static Optional<String> of(JsonNode node) {
        return node.isTextual() ? of(node.textValue()) : Optional.empty();
    }
}
