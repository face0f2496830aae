package dev.crmsync.planning;

import java.util.SortedSet;

/**
 * Tells of the common members, of plain letters and digits, how they stand in one text between separators, without taking the
 * text apart. False says nothing.
 */
final class DelimitedText {
    private final String separator;

    /** Whether no plain member can be mistaken for a part of the separator: it has a character that no such member has. */
    private final boolean apart;

    DelimitedText(String separator) {
        this.separator = separator;
        this.apart = !separator.chars().allMatch(c -> plain((char) c));
    }

    /** Whether a text lists the members in their order, and nothing else but spaces after separators. */
    boolean lists(String text, SortedSet<String> members) {
        if (!apart || members.isEmpty()) {
            return false;
        }
        int at = 0;
        for (String member : members) {
            if (at > 0) {
                if (!text.startsWith(separator, at)) {
                    return false;
                }
                at = afterSpaces(text, at + separator.length());
            }
            if (!plain(member) || !text.startsWith(member, at)) {
                return false;
            }
            at += member.length();
        }
        return at == text.length();
    }

    /** Whether a text can be made of the members that is read as these members again. */
    boolean carries(SortedSet<String> members) {
        for (String member : members) {
            if (!plain(member)) {
                return false;
            }
        }
        return apart;
    }

    private static int afterSpaces(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    private static boolean plain(String member) {
        int last = member.length() - 1;
        if (last < 0 || member.charAt(0) == ' ' || member.charAt(last) == ' ') {
            return false;
        }
        for (int i = 0; i <= last; i++) {
            if (!plain(member.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean plain(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == ' ' || c == '-' || c == '_';
    }
}
