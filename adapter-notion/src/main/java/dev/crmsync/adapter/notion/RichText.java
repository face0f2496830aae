package dev.crmsync.adapter.notion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.crmsync.http.Json;
import java.util.Optional;

/**
 * Plain text as Notion's rich text: pieces of at most 2,000 characters, of which it takes a hundred, and which it cuts anew as it
 * likes. Read again they are one text.
 *
 * @see <a href="https://developers.notion.com/reference/request-limits">Notion: size limits</a>
 */
final class RichText {
    /** The longest piece, in UTF-16 units. */
    static final int LONGEST_PIECE = 2_000;

    /** The most pieces of one property or block. */
    static final int MOST_PIECES = 100;

    private RichText() {}

    /** The text of all pieces, mentions and equations as people read them. */
    static String plain(JsonNode pieces) {
        StringBuilder text = new StringBuilder();
        for (JsonNode piece : pieces) {
            JsonNode plain = piece.path("plain_text");
            text.append(
                    plain.isTextual()
                            ? plain.textValue()
                            : piece.path("text").path("content").asText(""));
        }
        return text.toString();
    }

    /** The pieces of a text, none for the empty text; empty when it takes more than there may be. */
    static Optional<ArrayNode> of(String text) {
        ArrayNode pieces = Json.array();
        int at = 0;
        while (at < text.length()) {
            int end = Math.min(text.length(), at + LONGEST_PIECE);
            // The halves of one character stay together.
            if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
                end--;
            }
            pieces.addObject().put("type", "text").putObject("text").put("content", text.substring(at, end));
            at = end;
        }
        return pieces.size() > MOST_PIECES ? Optional.empty() : Optional.of(pieces);
    }
}
