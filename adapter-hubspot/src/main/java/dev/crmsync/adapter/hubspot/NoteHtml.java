package dev.crmsync.adapter.hubspot;

import java.util.regex.Pattern;

/** The body of a note is HTML: text goes in escaped, and comes out as text again, whatever tags HubSpot has put around it. */
final class NoteHtml {
    private static final Pattern BREAK = Pattern.compile("(?i)<br\\s*/?>|</p>\\s*<p[^>]*>|</div>\\s*<div[^>]*>");
    private static final Pattern TAG = Pattern.compile("<[^<>]*>");

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
        return TAG.matcher(lines)
                .replaceAll("")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&nbsp;", " ")
                .replace("&amp;", "&");
    }
}
