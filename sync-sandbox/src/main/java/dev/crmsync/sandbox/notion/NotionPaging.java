package dev.crmsync.sandbox.notion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Request;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is asked for.
 *
 * @param of what the list is of; a cursor belongs to it
 * @param size how many at most
 * @param place where the last page ended; a missing node at the start
 */
record NotionPaging(String of, int size, JsonNode place) {
    private static final int MOST = 100;

    /**
     * A page of a list.
     *
     * @param items what is on it
     * @param next the cursor of the next page; null when this is the last
     */
    record Cut<T>(List<T> items, @Nullable String next) {}

    /** What the query of a request asks for. */
    static NotionPaging of(Request request, String what) {
        String size = request.query("page_size");
        try {
            return of(
                    what,
                    size == null ? Json.MAPPER.missingNode() : Json.tree(Integer.parseInt(size)),
                    request.query("start_cursor"));
        } catch (NumberFormatException e) {
            throw NotionErrors.invalid("query failed validation: query.page_size should be a number.");
        }
    }

    /** What the body of a request asks for. */
    static NotionPaging of(JsonNode body, String what) {
        JsonNode cursor = body.path("start_cursor");
        return of(what, body.path("page_size"), cursor.isTextual() ? cursor.asText() : null);
    }

    private static NotionPaging of(String what, JsonNode size, @Nullable String cursor) {
        int wanted = size.isMissingNode() ? MOST : size.asInt(0);
        if (wanted < 1 || wanted > MOST) {
            throw NotionErrors.invalid(
                    "page_size", "should be from `1` to `" + MOST + "`, instead was `" + size + "`.");
        }
        return new NotionPaging(what, wanted, cursor == null ? Json.MAPPER.missingNode() : read(cursor, what));
    }

    private static JsonNode read(String cursor, String what) {
        try {
            JsonNode node = Json.parse(Base64.getUrlDecoder().decode(cursor));
            if (node.path("of").asText().equals(what)) {
                return node;
            }
        } catch (IllegalArgumentException | UncheckedIOException e) {
            // Said below, as for any other wrong cursor.
        }
        throw NotionErrors.invalid("The start_cursor provided is invalid: " + cursor);
    }

    /** A cursor that names a place by whatever the list goes by. */
    String cursor(ObjectNode at) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(at.put("of", of)));
    }

    /** The page of a list that hardly changes, whose cursor counts. */
    <T> Cut<T> cut(List<T> all) {
        int skip = place.path("skip").asInt();
        List<T> items = all.stream().skip(skip).limit(size).toList();
        int end = skip + items.size();
        return new Cut<>(items, end < all.size() ? cursor(Json.object().put("skip", end)) : null);
    }
}
