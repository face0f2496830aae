package dev.crmsync.fields;

import java.text.Normalizer;

/** Text in Unicode NFC, with line feeds as its only line ends and without outer blanks. */
final class CanonicalText {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private CanonicalText() {}

    /** Idempotent; returns the same instance when nothing changes. The empty string stands for blank text. */
    static String of(String raw) {
        if (isPlain(raw)) {
            return raw;
        }
        String text = raw.indexOf('\r') < 0 ? raw : raw.replace("\r\n", "\n").replace('\r', '\n');
        text = Normalizer.isNormalized(text, Normalizer.Form.NFC)
                ? text
                : Normalizer.normalize(text, Normalizer.Form.NFC);
        return strip(text);
    }

    static boolean isBlank(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!blank(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Unlike {@link String#strip()} this takes the non-breaking spaces and the byte order mark for blanks, as people do. */
    static String strip(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && blank(text.charAt(from))) {
            from++;
        }
        while (to > from && blank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    /** No blank lies outside the basic plane, so characters serve for code points. */
    static boolean blank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == BYTE_ORDER_MARK;
    }

    private static boolean isPlain(String text) {
        int length = text.length();
        if (length == 0) {
            return true;
        }
        if (blank(text.charAt(0)) || blank(text.charAt(length - 1))) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80 || c == '\r') {
                return false;
            }
        }
        return true;
    }
}
