package dev.crmsync.fields;

import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.model.NativeValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One text in several slots, each holding a part. */
final class JoinedSlots {
    private JoinedSlots() {}

    /** Null when a part is absent. */
    static @Nullable Value get(Lens.Joined lens, Map<String, NativeValue> slots) {
        List<String> parts = parts(lens, slots);
        if (parts == null) {
            return null;
        }
        String text = JoinedParts.join(parts, lens.separator());
        return text.isEmpty() ? Value.EMPTY : new Value.Text(text);
    }

    /** The value is canonical. Null when it is no text. */
    static @Nullable Map<String, NativeValue> put(Lens.Joined lens, Value wanted, Map<String, NativeValue> before) {
        List<String> stood = parts(lens, before);
        List<String> blank = Collections.nCopies(lens.properties().size(), "");
        if (stood != null && wanted.equals(get(lens, before))) {
            return laid(lens, stood, before);
        } else if (wanted instanceof Value.Empty) {
            return laid(lens, blank, before);
        } else if (wanted instanceof Value.Text text) {
            return laid(lens, JoinedParts.split(text.text(), lens.separator(), stood == null ? blank : stood), before);
        }
        return null;
    }

    private static Map<String, NativeValue> laid(
            Lens.Joined lens, List<String> parts, Map<String, NativeValue> before) {
        Map<String, NativeValue> slots = new HashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            String property = lens.properties().get(i);
            String part = parts.get(i);
            NativeValue raw = before.get(property);
            if (raw != null && text(raw).equals(part)) {
                slots.put(property, raw);
            } else {
                slots.put(property, part.isEmpty() ? NativeValue.EMPTY : new NativeValue.Text(part));
            }
        }
        return slots;
    }

    /** The canonical texts of the parts, or null when one is absent. */
    private static @Nullable List<String> parts(Lens.Joined lens, Map<String, NativeValue> slots) {
        List<String> parts = new ArrayList<>();
        for (String property : lens.properties()) {
            NativeValue raw = slots.get(property);
            if (raw == null) {
                return null;
            }
            parts.add(text(raw));
        }
        return parts;
    }

    private static String text(NativeValue raw) {
        return CanonicalText.of(NativeText.of(raw));
    }
}
