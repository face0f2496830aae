package dev.crmsync.adapter.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.spi.model.NativeValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * HubSpot's property values: flat text, whatever the property's type. A property without a value is shown as null or as
 * the empty text and cleared by writing the empty text, so both are {@link NativeValue.Empty} here.
 */
final class NativeText {
    private NativeText() {}

    /** Reads a scalar. */
    static NativeValue of(JsonNode value) {
        if (value.isNull() || value.isMissingNode()) {
            return NativeValue.EMPTY;
        }
        String text = value.asText();
        return text.isEmpty() ? NativeValue.EMPTY : NativeValue.text(text);
    }

    /** Writes a value as HubSpot takes it, or says nothing when it has no flat text: a map, or a list of lists. */
    static Optional<String> render(NativeValue value) {
        if (value instanceof NativeValue.Text text) {
            return Optional.of(text.text());
        } else if (value instanceof NativeValue.Number number) {
            return Optional.of(number.number().toPlainString());
        } else if (value instanceof NativeValue.Flag flag) {
            return Optional.of(Boolean.toString(flag.flag()));
        } else if (value instanceof NativeValue.Items items) {
            return renderAll(items.items());
        }
        return value instanceof NativeValue.Empty ? Optional.of("") : Optional.empty();
    }

    /** Several options of a multiple choice. */
    private static Optional<String> renderAll(List<NativeValue> items) {
        List<String> texts = new ArrayList<>();
        for (NativeValue item : items) {
            Optional<String> text = item instanceof NativeValue.Items ? Optional.empty() : render(item);
            if (text.isEmpty() || text.get().contains(";")) {
                return Optional.empty();
            }
            texts.add(text.get());
        }
        return Optional.of(String.join(";", texts));
    }
}
