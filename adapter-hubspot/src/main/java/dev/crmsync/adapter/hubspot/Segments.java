package dev.crmsync.adapter.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.http.HttpAnswer;
import dev.crmsync.http.HttpCall;
import dev.crmsync.http.Json;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.ListsSegments.Members;
import dev.crmsync.spi.adapter.ListsSegments.Segment;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.model.RecordRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Segments of contacts: {@code list:<id>} is a list of HubSpot's, whose members it vouches for; {@code property:<name>=<value>}
 * are the contacts that share a value, as the search index shows them, which vouches for nothing.
 *
 * @see <a href="https://developers.hubspot.com/docs/api-reference/crm-lists">HubSpot: lists</a>
 */
final class Segments {
    private static final Pattern LIST = Pattern.compile("list:([0-9]{1,18})");
    private static final Pattern PROPERTY = Pattern.compile("property:([a-z][a-z0-9_]{0,249})=(.+)", Pattern.DOTALL);
    private static final Pattern ID = Pattern.compile("[0-9]{1,18}");
    private static final String CURSOR = "hubspot-segment-1:";
    private static final String PAGE = "250";
    private static final int SEARCH_PAGE = 200;
    private static final int DIRECTORY_PAGE = 500;
    private static final int MOST_PAGES = 100;

    private final String system;
    private final Api api;

    Segments(String system, Api api) {
        this.system = system;
        this.api = api;
    }

    List<Segment> all() {
        List<Segment> segments = new ArrayList<>();
        int offset = 0;
        for (int page = 0; page < MOST_PAGES; page++) {
            ObjectNode body =
                    Json.object().put("query", "").put("count", DIRECTORY_PAGE).put("offset", offset);
            HttpAnswer answer =
                    api.read(HttpCall.post(api.lists("/search")).body(body).reading());
            for (JsonNode list : Api.body(answer).path("lists")) {
                if (list.path("objectTypeId").asText("").equals(api.kind().typeId())) {
                    segments.add(new Segment(
                            "list:" + list.path("listId").asText(),
                            list.path("name").asText("")));
                }
            }
            int next = Api.body(answer).path("offset").asInt(0);
            if (!Api.body(answer).path("hasMore").asBoolean(false) || next <= offset) {
                return segments;
            }
            offset = next;
        }
        throw SyncException.of(
                        Kind.PERMANENT,
                        "system " + system + ": the directory of lists does not end; delete unused ones")
                .inSystem(system);
    }

    Members members(String segment, @Nullable String cursor) {
        String after = cursor == null ? "" : after(segment, cursor);
        Matcher list = LIST.matcher(segment);
        Matcher property = PROPERTY.matcher(segment);
        if (list.matches()) {
            return listed(segment, list.group(1), after);
        } else if (property.matches()) {
            return sharing(property.group(1), property.group(2), after);
        }
        throw SyncException.of(
                        Kind.VALIDATION,
                        "system " + system + ": '" + segment
                                + "' is no segment of HubSpot's; name a list as list:<id>, or the contacts that share a value"
                                + " as property:<name>=<value>")
                .inSystem(system);
    }

    private String after(String segment, String cursor) {
        if (!cursor.startsWith(CURSOR)
                || segment.startsWith("property:")
                        && !ID.matcher(cursor.substring(CURSOR.length())).matches()) {
            throw SyncException.of(
                            Kind.VALIDATION,
                            "system " + system + ": the cursor is none of a walk over a segment; begin the walk anew")
                    .inSystem(system);
        }
        return cursor.substring(CURSOR.length());
    }

    private Members listed(String segment, String id, String after) {
        HttpCall call = HttpCall.get(api.lists("/{id}/memberships"), id).query("limit", PAGE);
        Optional<HttpAnswer> found = api.find(after.isEmpty() ? call : call.query("after", after));
        if (found.isEmpty()) {
            throw SyncException.of(
                            Kind.VALIDATION,
                            "system " + system + ": there is no " + segment + "; look at the lists that there are")
                    .inSystem(system);
        }
        JsonNode body = Api.body(found.get());
        List<RecordRef> records = new ArrayList<>();
        boolean complete = body.path("results").isArray();
        for (JsonNode row : body.path("results")) {
            JsonNode record = row.isObject() ? row.path("recordId") : row;
            complete &= add(record.asText(""), records);
        }
        String next = body.path("paging").path("next").path("after").asText("");
        return new Members(records, next.isEmpty() ? null : CURSOR + next, complete);
    }

    private boolean add(String id, List<RecordRef> records) {
        boolean readable = ID.matcher(id).matches();
        if (readable) {
            records.add(new RecordRef(system, Contact.TYPE, id));
        }
        return readable;
    }

    private Members sharing(String property, String value, String after) {
        ObjectNode body = Json.object();
        ArrayNode filters = body.putArray("filterGroups").addObject().putArray("filters");
        filters.addObject().put("propertyName", property).put("operator", "EQ").put("value", value);
        filters.addObject()
                .put("propertyName", "hs_object_id")
                .put("operator", "GT")
                .put("value", after.isEmpty() ? "0" : after);
        body.putArray("sorts").addObject().put("propertyName", "hs_object_id").put("direction", "ASCENDING");
        body.putArray("properties").add("hs_object_id");
        body.put("limit", SEARCH_PAGE).put("after", "0");
        HttpAnswer answer = api.read(
                HttpCall.post(api.objects("/search")).body(body).reading().spending(Limits.SEARCH));
        JsonNode results = Api.body(answer).path("results");
        List<RecordRef> records = new ArrayList<>();
        results.forEach(row -> add(Rows.id(row), records));
        boolean more = results.size() >= SEARCH_PAGE
                || !Api.body(answer).path("paging").path("next").path("after").isMissingNode();
        return new Members(records, more ? CURSOR + last(records, after, answer) : null, false);
    }

    /** The walk goes by ascending ids: a page that does not lead on would be asked for again without end. */
    private String last(List<RecordRef> records, String after, HttpAnswer answer) {
        long from = after.isEmpty() ? 0 : Long.parseLong(after);
        long last = records.stream()
                .mapToLong(ref -> Long.parseLong(ref.id()))
                .max()
                .orElse(from);
        boolean ascending =
                !records.isEmpty() && records.get(records.size() - 1).id().equals(Long.toString(last));
        if (last <= from || !ascending) {
            throw SyncException.of(
                            Kind.PERMANENT,
                            answer + " in another order than ascending hs_object_id, so that members could be missed")
                    .inSystem(system);
        }
        return Long.toString(last);
    }
}
