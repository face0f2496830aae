package dev.crmsync.adapter.pipedrive;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text of a note or activity with its last line, which holds what neither has a field for: the message's id, its direction, and
 * its time to the millisecond. By it a note whose answer got lost is found again.
 *
 * @param body the text without that line
 * @param key the message's id, or null when there is no such line: then people wrote it
 * @param direction inbound or outbound, or null
 * @param at when it was sent, or null
 */
record NoteText(
        String body,
        @Nullable String key,
        @Nullable String direction,
        @Nullable Instant at) {
    private static final Pattern LINE = Pattern.compile("\\s*\\[" + MessageMapping.EXTERNAL_ID
            + "=([^\\s\\[\\]]{1,200})(?: direction=(inbound|outbound))?(?: at=([0-9TZ:.-]{20,35}))?]\\s*$");

    static NoteText parse(String html) {
        String text = NoteHtml.toText(html);
        Matcher line = LINE.matcher(text);
        if (!line.find()) {
            return new NoteText(text, null, null, null);
        }
        Instant at = Optional.ofNullable(line.group(3)).flatMap(Times::parse).orElse(null);
        return new NoteText(text.substring(0, line.start()), line.group(1), line.group(2), at);
    }

    String html() {
        if (key == null) {
            return NoteHtml.of(body);
        }
        String line = "[" + MessageMapping.EXTERNAL_ID + "=" + key
                + (direction == null ? "" : " direction=" + direction) + (at == null ? "" : " at=" + at) + "]";
        return NoteHtml.of(body.isEmpty() ? line : body + "\n\n" + line);
    }
}
