package dev.crmsync.fields;

import java.util.Locale;

/** E-mail addresses. The canonical form is lower case: no mail system that people use tells addresses apart by case. */
final class Emails {
    private static final int LONGEST = 254;
    private static final int LONGEST_LABEL = 63;

    private Emails() {}

    /** Idempotent; the text is canonical already. */
    static String canonical(String text) {
        return CanonicalText.of(text.toLowerCase(Locale.ROOT));
    }

    /** A sigma that ends a word is lower-cased otherwise than one within it. */
    static String key(String canonical) {
        return canonical.replace('ς', 'σ');
    }

    /** Whether mail could be sent to it: one "@" between a name and a domain of two labels or more, and no blanks. */
    static boolean plausible(String text) {
        int at = text.indexOf('@');
        if (at < 1 || at != text.lastIndexOf('@') || text.length() > LONGEST) {
            return false;
        }
        for (int i = 0; i < at; i++) {
            char c = text.charAt(i);
            if (CanonicalText.blank(c) || Character.isISOControl(c) || "<>()[],;:\\\"".indexOf(c) >= 0) {
                return false;
            }
        }
        return domain(text.substring(at + 1));
    }

    private static boolean domain(String name) {
        int labels = 0;
        int from = 0;
        while (from <= name.length()) {
            int stop = name.indexOf('.', from);
            int to = stop < 0 ? name.length() : stop;
            if (!label(name, from, to)) {
                return false;
            }
            labels++;
            from = to + 1;
        }
        return labels > 1;
    }

    private static boolean label(String name, int from, int to) {
        if (from == to || to - from > LONGEST_LABEL || name.charAt(from) == '-' || name.charAt(to - 1) == '-') {
            return false;
        }
        return name.substring(from, to).codePoints().allMatch(c -> c == '-' || inWord(c));
    }

    private static boolean inWord(int c) {
        int type = Character.getType(c);
        return Character.isLetterOrDigit(c)
                || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }
}
