package dev.crmsync.sandbox.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.http.Json;
import java.io.UncheckedIOException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A place in a sorted list, which clients do not read.
 *
 * @param field what the list is sorted by
 * @param direction asc or desc
 * @param value the last row's value of it
 * @param id the last row
 * @param skip how many rows came before, for cursors that count
 */
record PipedriveCursor(String field, String direction, long value, long id, long skip) {
    /** The opaque text. */
    String text() {
        ObjectNode node = Json.object()
                .put("field", field)
                .put("fieldValue", value)
                .put("sortDirection", direction)
                .put("id", id)
                .put("skip", skip);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(node));
    }

    /** Reads a cursor, which must be of a list that is sorted alike; null when there is none. */
    static @Nullable PipedriveCursor read(@Nullable String text, String field, String direction) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            JsonNode node = Json.parse(Base64.getUrlDecoder().decode(text));
            boolean fits = node.path("skip").asLong() >= 0
                    && node.path("field").asText().equals(field)
                    && node.path("sortDirection").asText().equals(direction);
            if (fits) {
                return new PipedriveCursor(
                        field,
                        direction,
                        node.path("fieldValue").asLong(),
                        node.path("id").asLong(),
                        node.path("skip").asLong());
            }
        } catch (IllegalArgumentException | UncheckedIOException e) {
            // Said below, as for any other wrong cursor.
        }
        throw PipedriveErrors.invalid("cursor: is not one of this list");
    }
}
