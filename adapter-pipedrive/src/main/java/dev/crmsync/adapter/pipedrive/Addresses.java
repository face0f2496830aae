package dev.crmsync.adapter.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.http.Json;
import dev.crmsync.spi.model.NativeValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The e-mail addresses or phone numbers of a person: an array with one primary entry, which stands for the field, and others that
 * are nobody's business here and stay as they are. A write replaces the array, so it is made from the one just read.
 */
final class Addresses {
    private final List<ObjectNode> entries = new ArrayList<>();
    private final boolean phones;

    private Addresses(JsonNode array, boolean phones) {
        this.phones = phones;
        for (JsonNode entry : array) {
            if (entry instanceof ObjectNode object
                    && !object.path("value").asText("").isBlank()) {
                entries.add(object);
            }
        }
    }

    static Addresses emails(JsonNode array) {
        return new Addresses(array, false);
    }

    static Addresses phones(JsonNode array) {
        return new Addresses(array, true);
    }

    /** The primary entry's value; of several, or of none that is marked, the first. */
    NativeValue primary() {
        ObjectNode primary = primaryEntry();
        return primary == null
                ? NativeValue.EMPTY
                : NativeValue.text(primary.path("value").asText());
    }

    private @Nullable ObjectNode primaryEntry() {
        return entries.stream()
                .filter(entry -> entry.path("primary").asBoolean(false))
                .findFirst()
                .or(() -> entries.stream().findFirst())
                .orElse(null);
    }

    /** Whether the primary entry has others beside it. */
    boolean others() {
        return entries.size() > 1;
    }

    /**
     * The array with another primary value. An address that is among the others already becomes the primary one; else the primary
     * entry takes it and keeps its label.
     */
    ArrayNode with(String value) {
        ObjectNode primary = primaryEntry();
        Optional<ObjectNode> there =
                entries.stream().filter(entry -> same(entry, value)).findFirst();
        ObjectNode chosen = there.orElse(primary);
        ArrayNode array = Json.array();
        for (ObjectNode entry : entries) {
            boolean isChosen = chosen != null && entry.equals(chosen) && !chosenAlready(array);
            ObjectNode copy = array.addObject();
            copy.put("value", isChosen ? value : entry.path("value").asText());
            if (entry.path("label").isTextual()) {
                copy.put("label", entry.path("label").textValue());
            }
            copy.put("primary", isChosen);
        }
        if (entries.isEmpty()) {
            array.addObject().put("value", value).put("primary", true);
        }
        return array;
    }

    private static boolean chosenAlready(ArrayNode array) {
        for (JsonNode entry : array) {
            if (entry.path("primary").asBoolean()) {
                return true;
            }
        }
        return false;
    }

    private boolean same(ObjectNode entry, String value) {
        String held = entry.path("value").asText();
        return phones
                ? digits(held).equals(digits(value)) && !digits(value).isEmpty()
                : held.strip().toLowerCase(Locale.ROOT).equals(value.strip().toLowerCase(Locale.ROOT));
    }

    private static String digits(String number) {
        return number.replaceAll("[^0-9]", "");
    }
}
