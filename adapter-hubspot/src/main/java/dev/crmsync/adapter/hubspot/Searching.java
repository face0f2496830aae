package dev.crmsync.adapter.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.http.HttpAnswer;
import dev.crmsync.http.HttpCall;
import dev.crmsync.http.Json;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.Page;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Lists what changed, by the search index.
 *
 * <p>A full page is handed out up to, and without, its last millisecond: rows that share it may stand on either side of
 * the page's edge. The next search begins with that millisecond. Where a whole page shares one, it is walked by ascending
 * id. Rows that appear late are caught by the overlap: once a poll has caught up, the next one begins that long before
 * this one began, on HubSpot's clock.
 *
 * @see <a href="https://developers.hubspot.com/docs/api-reference/search/guide">HubSpot: search</a>
 */
final class Searching {
    private static final int PAGE = 200;
    private static final String ID = "hs_object_id";

    private final String system;
    private final Duration overlap;
    private final Api api;
    private final Rows rows;
    private final Links links;
    private final Scope scope;

    Searching(String system, Duration overlap, Api api, Rows rows, Links links, Scope scope) {
        this.links = links;
        this.scope = scope;
        this.system = system;
        this.overlap = overlap;
        this.api = api;
        this.rows = rows;
    }

    String cursorAt(Instant time) {
        return ChangeCursor.at(rows.kind().type(), time.minus(overlap).toEpochMilli())
                .toString();
    }

    Page changes(String cursor) {
        ChangeCursor at = ChangeCursor.parse(system, rows.kind().type(), cursor);
        return at.tie() == null ? byTime(at) : byId(at, at.tie());
    }

    private Page byTime(ChangeCursor at) {
        HttpAnswer answer = search(rows.changedBy(), filter(rows.changedBy(), "GTE", at.from()));
        ChangeCursor begun = begun(at, answer);
        List<JsonNode> found = results(answer);
        if (found.isEmpty()) {
            return caughtUp(begun);
        }
        List<Long> times = times(found, at.from(), answer);
        long last = times.get(times.size() - 1);
        if (!more(answer, found)) {
            return page(found, answer, begun.to(last + 1));
        } else if (times.get(0) == last) {
            return byId(begun.to(last), 0);
        }
        List<JsonNode> whole = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            if (times.get(i) < last) {
                whole.add(found.get(i));
            }
        }
        return page(whole, answer, begun.to(last));
    }

    private Page byId(ChangeCursor at, long lastId) {
        HttpAnswer answer = search(
                ID,
                filter(rows.changedBy(), "GTE", at.from()),
                filter(rows.changedBy(), "LTE", at.from()),
                filter(ID, "GT", lastId));
        ChangeCursor begun = begun(at, answer);
        List<JsonNode> found = results(answer);
        if (found.isEmpty()) {
            return byTime(begun.to(at.from() + 1));
        }
        long highest = ids(found, lastId, answer);
        return page(found, answer, more(answer, found) ? begun.tied(highest) : begun.to(at.from() + 1));
    }

    private Page caughtUp(ChangeCursor at) {
        long began = at.began() == null ? at.from() : at.began();
        return new Page(
                List.of(),
                ChangeCursor.at(rows.kind().type(), began - overlap.toMillis()).toString(),
                false);
    }

    /** Without HubSpot's clock nothing tells how far the index was: then the next poll asks for the same time again. */
    private ChangeCursor begun(ChangeCursor at, HttpAnswer answer) {
        return answer.header("Date").isPresent()
                ? at.begun(answer.date().toEpochMilli())
                : at.begun(at.from() + overlap.toMillis());
    }

    private Page page(List<JsonNode> found, HttpAnswer answer, ChangeCursor next) {
        List<ChangeEvent> events = new ArrayList<>();
        List<JsonNode> own = found.stream().filter(scope::contains).toList();
        links.show(own);
        own.forEach(row -> events.add(rows.full(row, answer, Evidence.INDEX)));
        return new Page(events, next.toString(), false);
    }

    private HttpAnswer search(String sort, ObjectNode... filters) {
        ObjectNode body = Json.object();
        ArrayNode all = body.putArray("filterGroups").addObject().putArray("filters");
        List.of(filters).forEach(all::add);
        body.putArray("sorts").addObject().put("propertyName", sort).put("direction", "ASCENDING");
        ArrayNode properties = body.putArray("properties");
        rows.asked().forEach(properties::add);
        body.put("limit", PAGE);
        body.put("after", "0");
        return api.read(
                HttpCall.post(api.objects("/search")).body(body).reading().spending(Limits.SEARCH));
    }

    /** The value is milliseconds as text, also for dates. */
    private static ObjectNode filter(String property, String operator, long value) {
        return Json.object()
                .put("propertyName", property)
                .put("operator", operator)
                .put("value", Long.toString(value));
    }

    private static List<JsonNode> results(HttpAnswer answer) {
        List<JsonNode> found = new ArrayList<>();
        Api.body(answer).path("results").forEach(found::add);
        return found;
    }

    private static boolean more(HttpAnswer answer, List<JsonNode> found) {
        return found.size() >= PAGE
                || !Api.body(answer).path("paging").path("next").path("after").isMissingNode();
    }

    /** The keyset stands on the order that was asked for: an answer in another order would lose rows unseen. */
    private List<Long> times(List<JsonNode> found, long from, HttpAnswer answer) {
        List<Long> times = new ArrayList<>();
        long before = from;
        for (JsonNode row : found) {
            long time = Rows.time(row.path("properties").path(rows.changedBy()))
                    .or(() -> Rows.time(row.path("updatedAt")))
                    .map(Instant::toEpochMilli)
                    .orElse(-1L);
            if (time < before) {
                throw outOfOrder(answer, rows.changedBy());
            }
            before = time;
            times.add(time);
        }
        return times;
    }

    private long ids(List<JsonNode> found, long lastId, HttpAnswer answer) {
        long before = lastId;
        for (JsonNode row : found) {
            String id = Rows.id(row);
            if (!id.matches("[0-9]{1,18}") || Long.parseLong(id) <= before) {
                throw outOfOrder(answer, ID);
            }
            before = Long.parseLong(id);
        }
        return before;
    }

    private SyncException outOfOrder(HttpAnswer answer, String sort) {
        return SyncException.of(
                        Kind.PERMANENT,
                        answer + " in another order than ascending " + sort
                                + ", so that rows could be missed; walk them all instead")
                .inSystem(system);
    }
}
