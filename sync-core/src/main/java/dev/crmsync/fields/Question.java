package dev.crmsync.fields;

import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.NativeValue;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One thing that was asked about values, so that the answer can be kept and given again. Immutable.
 *
 * @param kind what was asked
 * @param about whose values they are: a field's type for canonical forms, a field and its mapping for lenses
 * @param slots the raw values that were given, by slot
 * @param values the canonical values that were given, in order
 */
public record Question(Kind kind, String about, Map<String, NativeValue> slots, List<Value> values) {
    /** What can be asked. */
    public enum Kind {
        /** The canonical form of a value. */
        CANONICAL,
        /** What a value is compared by. */
        KEY,
        /** Whether a value is fit to tell records apart. */
        WELL_FORMED,
        /** The canonical value that slots hold. */
        GET,
        /** The slots that hold a canonical value. */
        PUT,
        /** Whether a value can never be carried. */
        REFUSED,
        /** Whether declared renderings explain what is shown for what was sent. */
        EXPLAINS,
        /** What is expected to be shown for what is sent. */
        RENDERED,
        /** The whole value that an edit of a cut one comes to. */
        SPLICE,
        /** What a resolver makes of a conflict. */
        RESOLVED
    }

    /** Copies the collections. */
    public Question {
        slots = Map.copyOf(new TreeMap<>(slots));
        values = List.copyOf(values);
    }
}
