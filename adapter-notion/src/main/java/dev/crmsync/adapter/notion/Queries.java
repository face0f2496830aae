package dev.crmsync.adapter.notion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.http.HttpCall;
import dev.crmsync.http.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Queries of a data source. One query shows 10,000 rows and no more, and says so on one of its pages.
 *
 * @see <a href="https://developers.notion.com/guides/data-apis/query-large-data-sources">Notion: query large data sources</a>
 */
final class Queries {
    private static final int PAGE = 100;

    private Queries() {}

    /**
     * A page of the rows in the order of a time, from a minute on.
     *
     * @param time {@code created_time} or {@code last_edited_time}
     * @param from the first minute in epoch seconds, or a negative number for all
     * @param cursor the cursor of the page before, or the empty text
     * @param filter what else the rows must be, or null
     */
    static HttpCall since(String dataSource, String time, long from, String cursor, @Nullable ObjectNode filter) {
        ObjectNode body = Json.object().put("page_size", PAGE);
        List<ObjectNode> filters = new ArrayList<>();
        if (from >= 0) {
            ObjectNode since = Json.object().put("timestamp", time);
            since.putObject(time).put("on_or_after", Instant.ofEpochSecond(from).toString());
            filters.add(since);
        }
        if (filter != null) {
            filters.add(filter);
        }
        if (filters.size() == 1) {
            body.set("filter", filters.get(0));
        } else if (!filters.isEmpty()) {
            body.putObject("filter").putArray("and").addAll(filters);
        }
        body.putArray("sorts").addObject().put("timestamp", time).put("direction", "ascending");
        return call(dataSource, from(body, cursor));
    }

    private static ObjectNode from(ObjectNode body, String cursor) {
        return cursor.isEmpty() ? body : body.put("start_cursor", cursor);
    }

    /** The rows whose property is this text to the letter, the one that was made first before the others. */
    static HttpCall bearing(String dataSource, SchemaProperty property, String text, String cursor) {
        ObjectNode body = Json.object().put("page_size", PAGE);
        body.putObject("filter")
                .put("property", property.id())
                .putObject(property.type())
                .put("equals", text);
        body.putArray("sorts").addObject().put("timestamp", "created_time").put("direction", "ascending");
        return call(dataSource, from(body, cursor));
    }

    private static HttpCall call(String dataSource, ObjectNode body) {
        return HttpCall.post("/v1/data_sources/{id}/query", dataSource)
                .body(body)
                .reading();
    }

    /** What the next page is asked for by, or the empty text when there is none. */
    static String next(JsonNode body) {
        JsonNode cursor = body.path("next_cursor");
        return cursor.isTextual() ? cursor.textValue() : "";
    }

    /** Whether the query has more rows than it will show. */
    static boolean capped(JsonNode body) {
        return body.path("request_status").path("type").asText("").equals("incomplete");
    }
}
