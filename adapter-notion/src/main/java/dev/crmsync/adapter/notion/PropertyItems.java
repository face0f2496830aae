package dev.crmsync.adapter.notion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.crmsync.http.HttpAnswer;
import dev.crmsync.http.HttpCall;
import dev.crmsync.http.Json;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import java.util.Set;

/**
 * The whole of a property of which a page shows only the beginning: of people, related pages and mentions it shows 25.
 *
 * @see <a href="https://developers.notion.com/reference/retrieve-a-page-property">Notion: retrieve a page property item</a>
 */
final class PropertyItems {
    /** As many entries as a page shows: there may be more. */
    static final int SHOWN = 25;

    /** The types of which a page shows the beginning. Options are shown all, and asked for singly they come as one item. */
    private static final Set<String> CUT =
            Set.of(SchemaProperty.TITLE, SchemaProperty.TEXT, SchemaProperty.PEOPLE, SchemaProperty.RELATION);

    private static final int MOST_PAGES = 200;

    private final Api api;

    PropertyItems(Api api) {
        this.api = api;
    }

    /** Whether what a page shows of a property may be only its beginning. */
    static boolean cut(JsonNode property) {
        String type = property.path("type").asText("");
        JsonNode held = property.path(type);
        boolean full = CUT.contains(type) && held.size() >= SHOWN;
        return property.path("has_more").asBoolean(false) || full;
    }

    /** All entries, in the form in which a page would show them. */
    ArrayNode all(String page, String property) {
        ArrayNode entries = Json.array();
        String cursor = "";
        for (int asked = 0; asked < MOST_PAGES; asked++) {
            HttpCall call = HttpCall.get("/v1/pages/{id}/properties/{property}", page, SchemaProperty.plain(property))
                    .query("page_size", "100");
            HttpAnswer answer = api.read(cursor.isEmpty() ? call : call.query("start_cursor", cursor));
            JsonNode body = Api.body(answer);
            JsonNode results = body.path("results");
            if (!results.isArray()) {
                throw SyncException.of(Kind.TRANSIENT, answer + " without a list of entries; it is tried again")
                        .inSystem(api.system());
            }
            for (JsonNode item : results) {
                JsonNode entry = item.path(item.path("type").asText(""));
                // Each item bears one entry; only a page bears them as an array.
                if (entry.isArray()) {
                    entries.addAll((ArrayNode) entry);
                } else if (!entry.isMissingNode()) {
                    entries.add(entry);
                }
            }
            cursor = Queries.next(body);
            if (cursor.isEmpty()) {
                return entries;
            }
        }
        throw SyncException.of(
                        Kind.PERMANENT,
                        "system " + api.system() + ": a property has more than " + MOST_PAGES * 100
                                + " entries; leave it out of the mapping")
                .inSystem(api.system());
    }
}
