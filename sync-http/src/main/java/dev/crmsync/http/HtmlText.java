package dev.crmsync.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Plain text inside HTML: how it is written, and how it is read again. What tags mean is each vendor's own matter. All methods are
 * pure and thread-safe.
 */
public final class HtmlText {
    private static final Pattern ENTITY = Pattern.compile("&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-z]{2,6});");

    private HtmlText() {}

    /**
     * Text as HTML that shows it as it is: markup is escaped, and a line break is {@code <br>}.
     *
     * @param text any text
     * @return HTML
     */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\r\n", "\n")
                .replace("\n", "<br>");
    }

    /**
     * The characters that entities stand for, in HTML without tags: numbered ones, {@code lt gt quot apos nbsp amp}. It is done in one
     * pass, so that what was text before it was escaped is not taken for an entity; unknown and impossible ones stay as they are.
     *
     * @param html HTML from which the tags were taken
     * @return text
     */
    public static String unescape(String html) {
        return ENTITY.matcher(html)
                .replaceAll(entity -> Matcher.quoteReplacement(character(entity.group(), entity.group(1))));
    }

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
