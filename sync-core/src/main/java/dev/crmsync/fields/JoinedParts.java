package dev.crmsync.fields;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a joined text into parts, keeping the parts that still stand in it. Every split joins to the same text again:
 * a break is only made where neither side loses a blank, and where there is no such break the whole text becomes the
 * first part.
 */
final class JoinedParts {
    private final String text;
    private final String separator;
    private final List<String> before;

    private JoinedParts(String text, String separator, List<String> before) {
        this.text = text;
        this.separator = separator;
        this.before = before;
    }

    /** The texts of the parts that are not blank, with the separator between them; all are canonical. */
    static String join(List<String> parts, String separator) {
        StringBuilder text = new StringBuilder();
        for (String part : parts) {
            if (!part.isEmpty()) {
                text.append(text.length() == 0 ? "" : separator).append(part);
            }
        }
        return CanonicalText.of(text.toString());
    }

    /** The text is canonical; the parts before are canonical, empty where blank, and all empty where unknown. */
    static List<String> split(String text, String separator, List<String> before) {
        List<String> parts = new JoinedParts(text, separator, before).keeping();
        return join(parts, separator).equals(text) ? parts : whole(text, before.size());
    }

    private List<String> keeping() {
        int head = 0;
        int from = 0;
        for (int i = 0; i < before.size(); i++) {
            int end = from + before.get(i).length();
            if (before.get(i).isEmpty()) {
                continue;
            }
            if (!text.startsWith(before.get(i), from) || !(end == text.length() || breaksAt(end))) {
                break;
            }
            head = i + 1;
            from = end == text.length() ? end : end + separator.length();
        }
        int tail = before.size();
        int to = text.length();
        for (int i = before.size() - 1; i >= head; i--) {
            int start = to - before.get(i).length();
            if (before.get(i).isEmpty()) {
                continue;
            }
            if (start < from
                    || !text.startsWith(before.get(i), start)
                    || !(start == from || breaksAt(start - separator.length()))) {
                break;
            }
            tail = i;
            to = start == from ? start : start - separator.length();
        }
        return head == 0 && tail == before.size() ? firstWordApart() : filled(head, from, tail, to);
    }

    /** Puts what no kept part covers into the part that changed, or gives up the nearest kept part for it. */
    private List<String> filled(int head, int from, int tail, int to) {
        if (from >= to) {
            return parts(head, tail, head, "");
        }
        if (head < tail) {
            int changed = head;
            for (int i = head; i < tail; i++) {
                if (!before.get(i).isEmpty()) {
                    changed = i;
                    break;
                }
            }
            return parts(head, tail, changed, text.substring(from, to));
        }
        if (tail < before.size()) {
            return parts(head, tail + 1, tail, text.substring(from, to) + separator + before.get(tail));
        }
        return parts(head - 1, tail, head - 1, before.get(head - 1) + separator + text.substring(from, to));
    }

    private List<String> parts(int head, int tail, int changed, String rest) {
        List<String> parts = new ArrayList<>(before);
        for (int i = head; i < tail; i++) {
            parts.set(i, i == changed ? rest : "");
        }
        return parts;
    }

    private List<String> firstWordApart() {
        for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, at + 1)) {
            if (breaksAt(at)) {
                List<String> parts = whole(text.substring(0, at), before.size());
                parts.set(before.size() - 1, text.substring(at + separator.length()));
                return parts;
            }
        }
        return whole(text, before.size());
    }

    private static List<String> whole(String text, int size) {
        List<String> parts = new ArrayList<>();
        parts.add(text);
        while (parts.size() < size) {
            parts.add("");
        }
        return parts;
    }

    /** Whether a separator stands here with a whole word on either side. */
    private boolean breaksAt(int at) {
        int after = at + separator.length();
        return at > 0
                && after < text.length()
                && text.startsWith(separator, at)
                && !CanonicalText.blank(text.charAt(at - 1))
                && !CanonicalText.blank(text.charAt(after))
                && !clings(text.codePointAt(after));
    }

    /** Marks and joiners belong to what stands before them. */
    private static boolean clings(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.FORMAT;
    }
}
