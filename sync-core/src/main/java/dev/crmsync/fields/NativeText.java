package dev.crmsync.fields;

import dev.crmsync.spi.model.NativeValue;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Native values as text, one text for each value: scalars plainly, lists and maps as compact JSON sorted by key. */
final class NativeText {
    private NativeText() {}

    /** Empty for a value that holds nothing. */
    static String of(NativeValue value) {
        if (value instanceof NativeValue.Text t) {
            return t.text();
        } else if (value instanceof NativeValue.Number n) {
            return Numbers.plain(n.number());
        } else if (value instanceof NativeValue.Flag f) {
            return Boolean.toString(f.flag());
        } else if (value.isBlank()) {
            return "";
        }
        StringBuilder json = new StringBuilder();
        write(value, json);
        return json.toString();
    }

    /** Blank by the measure of the canonical text, which knows more blanks than the native value does. */
    static boolean isBlank(NativeValue value) {
        return value instanceof NativeValue.Text t ? CanonicalText.isBlank(t.text()) : value.isBlank();
    }

    /** A code or an id in the kind in which the vendor held one before: as a number, a flag, or else as text. */
    static NativeValue alike(String text, @Nullable NativeValue before) {
        if (before instanceof NativeValue.Number) {
            BigDecimal number = Numbers.parse(text);
            if (number != null && Numbers.plain(number).equals(text)) {
                return new NativeValue.Number(number);
            }
        } else if (before instanceof NativeValue.Flag && (text.equals("true") || text.equals("false"))) {
            return new NativeValue.Flag(text.equals("true"));
        }
        return new NativeValue.Text(text);
    }

    private static void write(NativeValue value, StringBuilder json) {
        if (value instanceof NativeValue.Text t) {
            quote(t.text(), json);
        } else if (value instanceof NativeValue.Items items) {
            String between = "[";
            for (NativeValue item : items.items()) {
                json.append(between);
                write(item, json);
                between = ",";
            }
            json.append(items.items().isEmpty() ? "[]" : "]");
        } else if (value instanceof NativeValue.Entries entries) {
            String between = "{";
            for (Map.Entry<String, NativeValue> entry : entries.entries().entrySet()) {
                json.append(between);
                quote(entry.getKey(), json);
                json.append(':');
                write(entry.getValue(), json);
                between = ",";
            }
            json.append(entries.entries().isEmpty() ? "{}" : "}");
        } else if (value instanceof NativeValue.Empty) {
            json.append("null");
        } else {
            json.append(of(value));
        }
    }

    private static void quote(String text, StringBuilder json) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < 0x20) {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
