package dev.crmsync.adapter.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.http.HttpCall;

/**
 * The two ways of paging: an opaque cursor in the second version of the API, which is never built nor read, and a start in the
 * first.
 */
final class Pages {
    private Pages() {}

    /** What the next page is asked for by, or the empty text when there is none. */
    static String next(ObjectKind kind, JsonNode body) {
        JsonNode more = body.path("additional_data");
        if (kind.v2()) {
            return text(more.path("next_cursor"));
        }
        JsonNode paging = more.has("pagination") ? more.path("pagination") : more;
        return paging.path("more_items_in_collection").asBoolean(false) ? text(paging.path("next_start")) : "";
    }

    private static String text(JsonNode node) {
        return node.isValueNode() && !node.isNull() ? node.asText() : "";
    }

    /** The call for the page that a cursor stands for; the first for the empty text. */
    static HttpCall at(ObjectKind kind, HttpCall call, String cursor) {
        return cursor.isEmpty() ? call : call.query(kind.v2() ? "cursor" : "start", cursor);
    }
}
