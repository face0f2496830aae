package dev.crmsync.sandbox.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Request;
import dev.crmsync.sandbox.hubspot.HubSpotState.CrmObject;
import dev.crmsync.sandbox.hubspot.HubSpotState.Property;
import dev.crmsync.sandbox.search.LaggingIndex;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** HubSpot's search, with its caps, its wall at 10,000 rows and its lagging index. */
final class HubSpotSearch {
    private static final int WALL = 10_000;
    private static final int BODY_MOST = 3000;

    private final Parts parts;
    private final HubSpotSchema schema;
    private final LaggingIndex<CrmObject> index;
    private final HubSpotShapes shapes;

    HubSpotSearch(Parts parts, HubSpotSchema schema, LaggingIndex<CrmObject> index, HubSpotShapes shapes) {
        this.parts = parts;
        this.schema = schema;
        this.index = index;
        this.shapes = shapes;
    }

    Reply search(Request request) {
        JsonNode body = request.json();
        checkSize(request, body);
        int limit = limit(body);
        int after = after(body, limit);
        Predicate<CrmObject> wanted =
                groups(body.path("filterGroups")).and(query(body.path("query").asText("")));
        List<CrmObject> found = sorted(index.visible().stream().filter(wanted).toList(), body.path("sorts"));
        List<String> properties = new ArrayList<>();
        body.path("properties").forEach(p -> properties.add(p.asText()));
        ObjectNode answer = Json.object().put("total", found.size());
        ArrayNode results = answer.putArray("results");
        int end = Math.min(found.size(), Math.min(after + limit, WALL));
        for (int i = after; i < end; i++) {
            results.add(shapes.record(found.get(i), properties));
        }
        if (after + limit < found.size()) {
            answer.putObject("paging").putObject("next").put("after", String.valueOf(after + limit));
        }
        return Reply.json(200, answer);
    }

    private void checkSize(Request request, JsonNode body) {
        if (new String(request.body(), StandardCharsets.UTF_8).length() > BODY_MOST) {
            throw HubSpotErrors.validation("The request body is larger than 3000 characters");
        }
        if (parts.dials().on("search.require_all_fields")) {
            for (String field : List.of("after", "filterGroups", "limit", "properties", "sorts")) {
                if (!body.has(field)) {
                    throw HubSpotErrors.validation(
                            "Invalid input JSON: some required fields were not set: [" + field + "]");
                }
            }
        }
    }

    private static int limit(JsonNode body) {
        int limit = body.path("limit").asInt(10);
        if (limit < 1 || limit > 200) {
            throw HubSpotErrors.validation("Invalid input JSON: limit must be at most 200");
        }
        return limit;
    }

    private int after(JsonNode body, int limit) {
        String text = body.path("after").asText("");
        int after;
        try {
            after = text.isEmpty() ? 0 : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw HubSpotErrors.validation("Invalid input JSON: after must be an integer");
        }
        boolean over = parts.dials().is("search.wall", "after") ? after >= WALL : after + limit > WALL;
        if (over || after < 0) {
            throw HubSpotErrors.validation("There was a problem with the request: paging ends at 10,000 results");
        }
        return after;
    }

    private Predicate<CrmObject> groups(JsonNode groups) {
        int most = (int) parts.dials().whole("search.groups");
        int all = 0;
        Predicate<CrmObject> any = groups.isEmpty() ? c -> true : c -> false;
        for (JsonNode group : groups) {
            JsonNode filters = group.path("filters");
            all += filters.size();
            if (filters.size() > 6) {
                throw HubSpotErrors.validation("There was a problem with the request: at most 6 filters in a group");
            }
            Predicate<CrmObject> both = c -> true;
            for (JsonNode filter : filters) {
                both = both.and(HubSpotFilter.of(filter, schema));
            }
            any = any.or(both);
        }
        if (groups.size() > most || all > 18) {
            throw HubSpotErrors.validation("There was a problem with the request: too many filters or groups");
        }
        return any;
    }

    private static Predicate<CrmObject> query(String query) {
        String needle = query.toLowerCase(Locale.ROOT);
        if (needle.isEmpty()) {
            return c -> true;
        }
        return c -> c.properties.values().stream()
                .anyMatch(v -> v.toLowerCase(Locale.ROOT).contains(needle));
    }

    /** A row with what it is sorted by, worked out once. */
    private record Row(CrmObject object, @Nullable Comparable<?> key, long tie) {}

    private List<CrmObject> sorted(List<CrmObject> found, JsonNode sorts) {
        if (sorts.size() > 1) {
            throw HubSpotErrors.validation("There was a problem with the request: only one sort is allowed");
        }
        JsonNode sort = sorts.path(0);
        String given =
                sort.isTextual() ? sort.asText() : sort.path("propertyName").asText("createdate");
        boolean down = sort.path("direction").asText("ASCENDING").equals("DESCENDING") || given.startsWith("-");
        Property property = schema.find(given.startsWith("-") ? given.substring(1) : given);
        if (property == null) {
            throw HubSpotErrors.validation("There was a problem with the request: no property " + given);
        }
        Comparator<Row> byKey = (a, b) -> compare(a.key, b.key);
        // Equal values come in an order that nobody may rely on, yet the same one on each page.
        return found.stream()
                .map(c -> new Row(
                        c, HubSpotFilter.sortKey(c, property), parts.chance().bits("ties", Long.parseLong(c.id))))
                .sorted((down ? byKey.reversed() : byKey).thenComparingLong(Row::tie))
                .map(Row::object)
                .toList();
    }

    /** Keys of one property are of one class; a row without a value stands first. */
    @SuppressWarnings("unchecked")
    private static int compare(@Nullable Comparable<?> a, @Nullable Comparable<?> b) {
        if (a == null || b == null) {
            return Boolean.compare(a != null, b != null);
        }
        return ((Comparable<Object>) a).compareTo(b);
    }
}
