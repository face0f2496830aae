package dev.crmsync.adapter.pipedrive;

import dev.crmsync.http.HtmlText;
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

    private NoteHtml() {}

    static String of(String text) {
        return HtmlText.escape(text);
    }

    static String toText(String html) {
        String tight = SPACE_AT_BREAK.matcher(html).replaceAll("$1");
        String lines = BREAK.matcher(tight).replaceAll("\n");
        String plain = TAG.matcher(BLOCKS.matcher(lines).replaceAll("\n")).replaceAll("");
        return HtmlText.unescape(plain).strip();
    }
}
