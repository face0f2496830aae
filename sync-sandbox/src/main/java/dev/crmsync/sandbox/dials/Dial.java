package dev.crmsync.sandbox.dials;

import java.util.List;

/**
 * One thing about a vendor that can be turned: a flag, a number, or one word of several.
 *
 * @param name dotted name, unique in its stand-in
 * @param standard the default: a Boolean, a Double or a String
 * @param choices the words allowed; empty for flags, numbers and free text
 * @param fact the fact that it stands for
 */
public record Dial(String name, Object standard, List<String> choices, String fact) {

    /** Checks a value and brings it to the dial's type; throws IllegalArgumentException that says what is allowed. */
    Object accept(Object value) {
        if (standard instanceof Boolean && value instanceof Boolean) {
            return value;
        }
        if (standard instanceof Double && value instanceof Number number) {
            return number.doubleValue();
        }
        if (standard instanceof String
                && value instanceof String word
                && (choices.isEmpty() || choices.contains(word))) {
            return value;
        }
        String wanted = standard instanceof Boolean
                ? "true or false"
                : standard instanceof Double ? "a number" : choices.isEmpty() ? "text" : "one of " + choices;
        throw new IllegalArgumentException("Dial " + name + " wants " + wanted + ", not " + value);
    }
}
