package dev.crmsync.adapter.hubspot;

import dev.crmsync.http.HtmlText;
import java.util.regex.Pattern;

/** The body of a note is HTML: text goes in escaped, and comes out as text again, whatever tags HubSpot has put around it. */
final class NoteHtml {
    private static final Pattern BREAK = Pattern.compile("(?i)<br\\s*/?>|</p>\\s*<p[^>]*>|</div>\\s*<div[^>]*>");
    private static final Pattern TAG = Pattern.compile("<[^<>]*>");

    private NoteHtml() {}

    static String of(String text) {
        return HtmlText.escape(text);
    }

    static String toText(String html) {
        String lines = BREAK.matcher(html).replaceAll("\n");
        return HtmlText.unescape(TAG.matcher(lines).replaceAll(""));
    }
}
