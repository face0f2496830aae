package dev.crmsync.adapter.notion;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.http.HttpAnswer;
import dev.crmsync.http.HttpReply;
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
 * Lists what was edited, in the order of the last edit, whose time Notion floors to the minute.
 *
 * <p>A page that is edited meanwhile moves to the end, and whether a query's own cursor is true to that nobody has promised: each page
 * is asked for from the minute of the last row of the one before, and by cursor only while a whole page shares one minute. That also
 * walks around the 10,000 rows that a query shows. Once a poll has caught up, the next begins the overlap before this one began, on
 * Notion's clock: queries lag, and within a minute nothing is ordered. What is shown again is known by its values.
 *
 * <p>What is in the trash leaves queries: it is told by webhooks and found by walks.
 */
final class Changes {
    private final Duration overlap;
    private final Api api;
    private final Rows rows;

    Changes(Duration overlap, Api api, Rows rows) {
        this.overlap = overlap;
        this.api = api;
        this.rows = rows;
    }

    String cursorAt(Instant time) {
        return ChangeCursor.at(rows.kind().type(), time.minus(overlap).getEpochSecond())
                .toString();
    }

    Page changes(String cursor) {
        ChangeCursor at = ChangeCursor.parse(api.system(), rows.kind().type(), cursor);
        // A page without events says that the poll has caught up, so pages that have none are passed over.
        while (!at.done()) {
            Part part = read(at);
            if (!part.events().isEmpty()) {
                return new Page(part.events(), part.next().toString(), false);
            }
            at = part.next();
        }
        return new Page(List.of(), anew(at).toString(), false);
    }

    private record Part(List<ChangeEvent> events, ChangeCursor next) {}

    private Part read(ChangeCursor at) {
        Window window = at.window();
        String dataSource = rows.kind().dataSource();
        HttpReply reply = api.send(Queries.since(dataSource, "last_edited_time", window.from(), window.page(), null));
        if (!(reply instanceof HttpAnswer answer) || !Api.succeeded(answer)) {
            return refused(at, reply);
        }
        List<ChangeEvent> events = new ArrayList<>();
        long high = window.high();
        for (JsonNode page : Api.body(answer).path("results")) {
            boolean older = isOlder(page, window);
            high = older ? high : later(page, high, answer);
            // The data sources of a wiki stand among its pages.
            if (!older && page.path("object").asText("page").equals("page")) {
                events.add(rows.event(page, answer, Evidence.INDEX));
            }
        }
        Window seen = window.paged(high, Queries.capped(Api.body(answer)), Queries.next(Api.body(answer)));
        return new Part(events, next(at.begun(answer.date().getEpochSecond()), seen));
    }

    private ChangeCursor next(ChangeCursor at, Window seen) {
        boolean ends = seen.page().isEmpty() && !seen.capped();
        if (ends) {
            return at.in(seen).finished();
        } else if (seen.moves()) {
            return at.in(seen.again());
        } else if (seen.page().isEmpty()) {
            throw SyncException.of(
                            Kind.VALIDATION,
                            "system " + api.system() + ": more pages were edited in one minute than a query shows; walk"
                                    + " all records, then poll from a new cursor")
                    .inSystem(api.system());
        }
        return at.in(seen);
    }

    /** A cursor that is good no longer costs no walk: the same minute is asked for anew. */
    private Part refused(ChangeCursor at, HttpReply reply) {
        if (reply instanceof HttpAnswer answer && Api.missing(answer)) {
            throw api.notShared(answer, rows.kind().dataSource());
        }
        boolean stale = reply instanceof HttpAnswer answer
                && answer.status() == 400
                && answer.json().isPresent()
                && !at.window().page().isEmpty();
        if (!stale) {
            throw Api.fault(reply);
        }
        throw SyncException.of(Kind.VALIDATION, reply + "; walk all records, then poll from a new cursor")
                .inSystem(api.system());
    }

    private static boolean isOlder(JsonNode page, Window window) {
        return Rows.edited(page)
                .filter(minute -> minute.getEpochSecond() < window.from())
                .isPresent();
    }

    /** The order is what the poll goes on by: another one would lose pages unseen. */
    private long later(JsonNode page, long before, HttpAnswer answer) {
        long minute = Rows.edited(page).map(Instant::getEpochSecond).orElse(before);
        if (minute < before) {
            throw SyncException.of(
                            Kind.PERMANENT,
                            answer + " in another order than ascending last_edited_time, so that pages could be missed;"
                                    + " walk them all instead")
                    .inSystem(api.system());
        }
        return minute;
    }

    private ChangeCursor anew(ChangeCursor at) {
        long began = at.began() == null ? at.since() : at.began();
        return ChangeCursor.at(at.type(), Math.max(at.since(), began - overlap.toSeconds()));
    }
}
