package dev.crmsync.sandbox.pipedrive;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server keeps of the HTML that it is given: known tags, few attributes, no scripts, one way of writing it. */
final class PipedriveHtml {
    private static final Set<String> TAGS = Set.of(
            "a",
            "b",
            "strong",
            "i",
            "em",
            "u",
            "s",
            "p",
            "br",
            "div",
            "span",
            "ul",
            "ol",
            "li",
            "blockquote",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "pre",
            "code",
            "img",
            "table",
            "tbody",
            "thead",
            "tr",
            "td",
            "th");
    private static final Set<String> ATTRIBUTES = Set.of("href", "src", "alt", "target");
    private static final Pattern HIDDEN = Pattern.compile(
            "<(script|style)\\b.*?(</\\1\\s*>|$)|<!--.*?(-->|$)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern TAG = Pattern.compile("<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>");
    private static final Pattern ATTRIBUTE =
            Pattern.compile("([a-zA-Z-]+)\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s\"'>]+))");
    private static final Pattern BARE = Pattern.compile("&(?![a-zA-Z][a-zA-Z0-9]*;|#[0-9]+;|#x[0-9a-fA-F]+;)");

    private PipedriveHtml() {}

    /** The HTML as it is read back; cleaning it once more changes nothing. */
    static String sanitised(String html) {
        String visible = HIDDEN.matcher(html).replaceAll("");
        StringBuilder kept = new StringBuilder();
        Matcher tags = TAG.matcher(visible);
        int at = 0;
        while (tags.find()) {
            kept.append(text(visible.substring(at, tags.start())));
            kept.append(tag(tags.group(1), tags.group(2).toLowerCase(Locale.ROOT), tags.group(3)));
            at = tags.end();
        }
        return kept.append(text(visible.substring(at))).toString().strip();
    }

    private static String text(String text) {
        return BARE.matcher(text).replaceAll("&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String tag(String slash, String name, String rest) {
        if (!TAGS.contains(name)) {
            return "";
        }
        if (!slash.isEmpty()) {
            return name.equals("br") || name.equals("img") ? "" : "</" + name + ">";
        }
        StringBuilder tag = new StringBuilder("<").append(name);
        Matcher attributes = ATTRIBUTE.matcher(rest);
        while (attributes.find()) {
            String key = attributes.group(1).toLowerCase(Locale.ROOT);
            String value = attributes.group(2) != null
                    ? attributes.group(2)
                    : attributes.group(3) != null ? attributes.group(3) : attributes.group(4);
            boolean harmless = !value.strip().toLowerCase(Locale.ROOT).startsWith("javascript:");
            if (ATTRIBUTES.contains(key) && harmless) {
                tag.append(' ')
                        .append(key)
                        .append("=\"")
                        .append(value.replace("\"", "&quot;"))
                        .append('"');
            }
        }
        return tag.append('>').toString();
    }
}
