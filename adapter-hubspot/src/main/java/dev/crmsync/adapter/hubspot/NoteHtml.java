package dev.crmsync.adapter.hubspot;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The body of a note is HTML: text goes in escaped, and comes out as text again, whatever tags HubSpot has put around it. */
final class NoteHtml {
    private static final Pattern BREAK = Pattern.compile("(?i)<br\\s*/?>|</p>\\s*<p[^>]*>|</div>\\s*<div[^>]*>");
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
        String lines = BREAK.matcher(html).replaceAll("\n");
        return ENTITY.matcher(TAG.matcher(lines).replaceAll(""))
                .replaceAll(entity -> Matcher.quoteReplacement(character(entity.group(), entity.group(1))));
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
