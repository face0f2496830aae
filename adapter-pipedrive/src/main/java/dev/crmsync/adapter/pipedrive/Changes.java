package dev.crmsync.adapter.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.http.HttpAnswer;
import dev.crmsync.http.HttpCall;
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
 * Lists what changed, in the order of change.
 *
 * <p>In the second version of the API the list's own cursor goes on behind the last row, so that a row that is edited meanwhile moves
 * forward and is met again. In the first version pages are counted, and rows that move would be skipped: there each page is asked for
 * from the last second of the one before, and counted, with some overlap, only while a whole page shares
 * one second. Once a poll has caught up, the
 * next begins the overlap before this one began, on Pipedrive's clock.
 *
 * <p>Each list costs ten tokens or twenty, so those that show what was archived or deleted are looked at once an hour, and that a poll
 * has caught up is told without another call.
 */
final class Changes {
    private static final int PAGE = 500;

    /** One row in so many of a counted page is asked for again with the next. */
    private static final int OVERLAPPED = 10;

    private static final Duration SLOWLY = Duration.ofHours(1);

    private final Duration overlap;
    private final Api api;
    private final Rows rows;
    private final List<ObjectKind.Feed> feeds;

    Changes(Duration overlap, Api api, Rows rows) {
        this.overlap = overlap;
        this.api = api;
        this.rows = rows;
        this.feeds = rows.kind().feeds();
    }

    String cursorAt(Instant time) {
        long since = time.minus(overlap).getEpochSecond();
        return ChangeCursor.at(rows.kind().type(), since, since).toString();
    }

    Page changes(String cursor) {
        ChangeCursor at = ChangeCursor.parse(api.system(), rows.kind().type(), cursor);
        // A page without events says that the poll has caught up, so the lists that have none are passed over.
        while (at.feed() < feeds.size()) {
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
        HttpReply reply = api.send(call(at));
        if (!(reply instanceof HttpAnswer answer) || !Api.succeeded(answer)) {
            return refused(at, reply);
        }
        ChangeCursor begun = begun(at, answer);
        List<ChangeEvent> events = new ArrayList<>();
        long last = at.high();
        int met = 0;
        for (JsonNode row : Api.data(answer)) {
            last = later(at, row, last, answer);
            met++;
            if (rows.shape().follows(row) && !isOlder(row, at)) {
                events.add(rows.event(row, answer, Evidence.LISTING));
            }
        }
        String next = Pages.next(rows.kind(), Api.body(answer));
        boolean ends = next.isEmpty() || met == 0;
        return new Part(events, ends ? following(begun) : further(begun, last, next, met));
    }

    /**
     * A cursor that is good no longer costs no walk: the list is asked anew from the last time that it showed, unless it showed
     * nothing later than it was asked for.
     */
    private Part refused(ChangeCursor at, HttpReply reply) {
        boolean stale = reply instanceof HttpAnswer answer
                && answer.status() == 400
                && answer.json().isPresent()
                && !at.page().isEmpty();
        if (!stale) {
            throw Api.fault(reply);
        } else if (at.high() <= at.from()) {
            throw SyncException.of(Kind.VALIDATION, reply + "; walk all records, then poll from a new cursor")
                    .inSystem(api.system());
        }
        return new Part(List.of(), at.later(at.high()));
    }

    private ChangeCursor further(ChangeCursor at, long last, String next, int met) {
        if (rows.kind().v2()) {
            return at.paged(last, next);
        }
        return last > at.from() ? at.later(last) : at.paged(last, overlapped(next, met));
    }

    /** Rows that are edited between two counted pages leave their second, and all behind them move up by as many. */
    private static String overlapped(String next, int met) {
        boolean counted = next.matches("[0-9]{1,9}") && met > 1;
        return counted ? Integer.toString(Integer.parseInt(next) - Math.max(1, met / OVERLAPPED)) : next;
    }

    /** The next list: one that is looked at once an hour only when that is due. */
    private ChangeCursor following(ChangeCursor at) {
        boolean due = at.began() != null && at.began() - at.slow() >= SLOWLY.toSeconds();
        for (int next = at.feed() + 1; next < feeds.size(); next++) {
            if (!feeds.get(next).slow() || due) {
                return at.inFeed(next, feeds.get(next).slow());
            }
        }
        return at.inFeed(feeds.size(), false);
    }

    private ChangeCursor anew(ChangeCursor at) {
        long began = at.began() == null ? at.since() : at.began();
        long back = began - overlap.toSeconds();
        boolean slowDone = feeds.size() > 1 && began - at.slow() >= SLOWLY.toSeconds();
        return ChangeCursor.at(at.type(), Math.max(at.since(), back), slowDone ? back : at.slow());
    }

    /** Without Pipedrive's clock nothing tells how far the list was: then the next poll asks for the same time again. */
    private ChangeCursor begun(ChangeCursor at, HttpAnswer answer) {
        return answer.header("Date").isPresent()
                ? at.begun(answer.date().getEpochSecond())
                : at.begun(at.since() + overlap.toSeconds());
    }

    private HttpCall call(ChangeCursor at) {
        ObjectKind.Feed feed = feeds.get(at.feed());
        HttpCall call =
                HttpCall.get(feed.path()).query("updated_since", at.fromText()).query("limit", Integer.toString(PAGE));
        HttpCall sorted = rows.kind().v2()
                ? call.query("sort_by", "update_time").query("sort_direction", "asc")
                : call.query("sort", "update_time ASC");
        return Pages.at(rows.kind(), feed.deleted() ? sorted.query("status", "deleted") : sorted, at.page());
    }

    /** Nothing promises that the lists of what is archived can be asked for a time. */
    private static boolean isOlder(JsonNode row, ChangeCursor at) {
        return Rows.changed(row)
                .filter(time -> time.getEpochSecond() < at.from())
                .isPresent();
    }

    /** What stands on the order is where the poll goes on when a cursor is refused: another order would lose rows unseen. */
    private long later(ChangeCursor at, JsonNode row, long before, HttpAnswer answer) {
        long time = Rows.changed(row).map(Instant::getEpochSecond).orElse(before);
        if (time < before && feeds.get(at.feed()).slow()) {
            return before;
        } else if (time < before) {
            throw SyncException.of(
                            Kind.PERMANENT,
                            answer + " in another order than ascending update_time, so that rows could be missed; walk"
                                    + " them all instead")
                    .inSystem(api.system());
        }
        return time;
    }
}
