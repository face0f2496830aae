package dev.crmsync.adapter.pipedrive;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The HTML of a note or activity: text goes in escaped, and comes out as text again, whatever Pipedrive's sanitiser and editor have
 * made of the tags around it. Two forms of the same text come out the same.
 */
final class NoteHtml {
    private static final Pattern SPACE_AT_BREAK =
            Pattern.compile("(?i)\\s*(<br\\s*/?>|</?(p|div|li|ul|ol|tr|table|h[1-6])\\b[^<>]*>)\\s*");
    private static final Pattern BREAK = Pattern.compile("(?i)<br\\s*/?>");
    private static final Pattern BLOCKS = Pattern.compile("(?i)(</?(p|div|li|ul|ol|tr|table|h[1-6])\\b[^<>]*>)+");
    private static final Pattern TAG = Pattern.compile("<[^<>]*>");
    private static final Pattern ENTITY = Pattern.compile("&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-z]{2,6});");

    private NoteHtml() {}

    static String of(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\r\n", "\n")
                .replace("\n", "<br>");
    }

    static String toText(String html) {
        String tight = SPACE_AT_BREAK.matcher(html).replaceAll("$1");
        String lines = BREAK.matcher(tight).replaceAll("\n");
        String plain = TAG.matcher(BLOCKS.matcher(lines).replaceAll("\n")).replaceAll("");
        return ENTITY.matcher(plain)
                .replaceAll(entity -> Matcher.quoteReplacement(character(entity.group(), entity.group(1))))
                .strip();
    }

    /** In one pass, so that what was text before it was escaped is not taken for an entity; unknown ones stay. */
    private static String character(String whole, String name) {
        return switch (name) {
            case "lt" -> "<";
            case "gt" -> ">";
            case "quot" -> "\"";
            case "apos" -> "'";
            case "nbsp" -> " ";
            case "amp" -> "&";
            default -> name.startsWith("#") ? numbered(whole, name) : whole;
        };
    }

    private static String numbered(String whole, String name) {
        boolean hex = name.charAt(1) == 'x' || name.charAt(1) == 'X';
        int point = Integer.parseInt(name.substring(hex ? 2 : 1), hex ? 16 : 10);
        return Character.isValidCodePoint(point) && (point < 0xD800 || point > 0xDFFF)
                ? Character.toString(point)
                : whole;
    }
}
