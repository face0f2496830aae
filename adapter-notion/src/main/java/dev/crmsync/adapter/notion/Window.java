package dev.crmsync.adapter.notion;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a listing stands in the rows of a data source that are ordered by a time: queries begin at a minute, and one that has more
 * rows than it will show is followed by another that begins at the last minute that it did show.
 *
 * @param from the minute from which on the query asks, in epoch seconds, or -1 for all
 * @param high the latest minute that was shown, or -1
 * @param capped whether the query has said that it has more rows than it will show
 * @param page the cursor of the query's next page, or the empty text
 */
record Window(long from, long high, boolean capped, String page) {
    static final long ALL = -1;

    private static final Pattern TEXT =
            Pattern.compile("(-1|[0-9]{1,12}):(-1|[0-9]{1,12}):([01]):(.{0,4000})", Pattern.DOTALL);

    static Window from(long minute) {
        return new Window(minute, minute, false, "");
    }

    /** Goes on in the same query. */
    Window paged(long seen, boolean cap, String next) {
        return new Window(from, Math.max(high, seen), capped || cap, next);
    }

    /** Whether another query from the last minute that was shown would show more than this one. */
    boolean moves() {
        return high > from;
    }

    /** The query from the last minute that was shown. */
    Window again() {
        return from(high);
    }

    /** The query from the minute after the last that was shown: what there is more of within that minute is passed over. */
    Window beyond() {
        return from(high + Times.MINUTE.toSeconds());
    }

    /** Where a walk goes on after a page; null at the end. */
    @Nullable Window next(long seen, JsonNode body) {
        Window read = paged(seen, Queries.capped(body), Queries.next(body));
        if (!read.page.isEmpty()) {
            return read;
        } else if (!read.capped) {
            return null;
        }
        return read.moves() ? read.again() : read.beyond();
    }

    /** Whether a page is the last that is shown of more rows than there may be in one minute, some of which are passed over. */
    boolean lacks(long seen, JsonNode body) {
        Window read = paged(seen, Queries.capped(body), Queries.next(body));
        return read.page.isEmpty() && read.capped && !read.moves();
    }

    /** Where a cursor of this form stands; empty when it is another. */
    static Optional<Window> parse(String form, String cursor) {
        Matcher at = TEXT.matcher(cursor.startsWith(form) ? cursor.substring(form.length()) : "");
        return at.matches()
                ? Optional.of(new Window(
                        Long.parseLong(at.group(1)),
                        Long.parseLong(at.group(2)),
                        at.group(3).equals("1"),
                        at.group(4)))
                : Optional.empty();
    }

    String text() {
        return from + ":" + high + ":" + (capped ? "1" : "0") + ":" + page;
    }
}
