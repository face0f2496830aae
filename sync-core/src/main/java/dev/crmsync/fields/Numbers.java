package dev.crmsync.fields;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Decimal numbers as text. Only numbers of sane size count, so that "1e999999999" stays text and fills no memory. */
final class Numbers {
    private static final int LONGEST_TEXT = 1000;
    private static final int MOST_DIGITS = 400;

    private Numbers() {}

    /** The number that a text spells, or null. */
    static @Nullable BigDecimal parse(String text) {
        if (text.isEmpty() || text.length() > LONGEST_TEXT) {
            return null;
        }
        for (int i = 0; i < text.length(); i++) {
            if ("0123456789+-.eE".indexOf(text.charAt(i)) < 0) {
                return null;
            }
        }
        try {
            BigDecimal number = new BigDecimal(text);
            return sane(number) ? number : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    static boolean sane(BigDecimal number) {
        return number.precision() <= MOST_DIGITS && Math.abs((long) number.scale()) <= MOST_DIGITS;
    }

    static String plain(BigDecimal number) {
        return sane(number) ? number.toPlainString() : number.toString();
    }
}
