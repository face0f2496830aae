package dev.crmsync.adapter.notion;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text of a block or comment with its last line, which holds what neither has a property for: the message's id, its direction
 * and its time. By it one whose answer got lost is found again.
 *
 * @param body the text without that line
 * @param key the message's id, or null when there is no such line: then people wrote it
 * @param direction inbound or outbound, or null
 * @param at when it was sent, or null
 */
record MessageText(
        String body,
        @Nullable String key,
        @Nullable String direction,
        @Nullable Instant at) {
    private static final Pattern LINE = Pattern.compile("\\s*\\[" + MessageMapping.EXTERNAL_ID
            + "=([^\\s\\[\\]]{1,200})(?: direction=(inbound|outbound))?(?: at=([0-9TZ:.-]{20,35}))?]\\s*$");

    static MessageText parse(String text) {
        Matcher line = LINE.matcher(text);
        if (!line.find()) {
            return new MessageText(text, null, null, null);
        }
        Instant at = Optional.ofNullable(line.group(3)).flatMap(Times::parse).orElse(null);
        return new MessageText(text.substring(0, line.start()), line.group(1), line.group(2), at);
    }

    String whole() {
        if (key == null) {
            return body;
        }
        String line = "[" + MessageMapping.EXTERNAL_ID + "=" + key
                + (direction == null ? "" : " direction=" + direction) + (at == null ? "" : " at=" + at) + "]";
        return body.isEmpty() ? line : body + "\n" + line;
    }

    /** The pieces of the whole; empty when it is too long for one block or comment. */
    Optional<ArrayNode> pieces() {
        return RichText.of(whole());
    }
}
