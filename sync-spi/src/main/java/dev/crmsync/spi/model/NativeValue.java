package dev.crmsync.spi.model;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A value as a vendor's API speaks it, before any mapping: text, number, flag, list, map, or empty. A property that an
 * input does not mention is <em>absent</em> and has no native value at all; one that is given as null is {@link Empty}.
 * All variants are immutable and compare by value.
 */
public sealed interface NativeValue {
    /** The one empty value. */
    Empty EMPTY = new Empty();

    /**
     * Text, as it stood in the vendor's answer.
     *
     * @param text the characters, never null; the empty string is text, not {@link Empty}
     */
    record Text(String text) implements NativeValue {
        /** Refuses null. */
        public Text {
            Objects.requireNonNull(text, "text");
        }

        @Override
        public boolean isBlank() {
            return text.isBlank();
        }
    }

    /**
     * A number. Numbers of equal value are equal, whatever their scale.
     *
     * @param number the number, stripped of trailing zeros
     */
    record Number(BigDecimal number) implements NativeValue {
        /** Strips trailing zeros, so that 1.0 and 1 are equal. */
        public Number {
            number = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        }

        @Override
        public boolean isBlank() {
            return false;
        }
    }

    /**
     * A truth value.
     *
     * @param flag the value
     */
    record Flag(boolean flag) implements NativeValue {
        @Override
        public boolean isBlank() {
            return false;
        }
    }

    /**
     * An ordered list.
     *
     * @param items the items, copied
     */
    record Items(List<NativeValue> items) implements NativeValue {
        /** Copies the list. */
        public Items {
            items = Collections.unmodifiableList(new ArrayList<>(items));
            items.forEach(item -> Objects.requireNonNull(item, "item"));
        }

        @Override
        public boolean isBlank() {
            return items.isEmpty();
        }
    }

    /**
     * A map from text to values, sorted by key.
     *
     * @param entries the entries, copied
     */
    record Entries(Map<String, NativeValue> entries) implements NativeValue {
        /** Copies and sorts the map. */
        public Entries {
            entries = Collections.unmodifiableMap(new TreeMap<>(entries));
            entries.values().forEach(entry -> Objects.requireNonNull(entry, "entry"));
        }

        @Override
        public boolean isBlank() {
            return entries.isEmpty();
        }
    }

    /** Given, and nothing: the vendor's null. */
    record Empty() implements NativeValue {
        @Override
        public boolean isBlank() {
            return true;
        }
    }

    /**
     * Text, or empty for null.
     *
     * @param text the characters, or null
     * @return the value
     */
    static NativeValue text(@Nullable String text) {
        return text == null ? EMPTY : new Text(text);
    }

    /**
     * A whole number.
     *
     * @param number the number
     * @return the value
     */
    static NativeValue number(long number) {
        return new Number(BigDecimal.valueOf(number));
    }

    /**
     * A truth value.
     *
     * @param flag the value
     * @return the value
     */
    static NativeValue flag(boolean flag) {
        return new Flag(flag);
    }

    /**
     * Whether this holds nothing: {@link Empty}, or text, list or map of length zero.
     *
     * @return true when blank
     */
    boolean isBlank();
}
