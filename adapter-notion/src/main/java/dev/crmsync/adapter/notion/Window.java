package dev.crmsync.adapter.notion;

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

    String text() {
        return from + ":" + high + ":" + (capped ? "1" : "0") + ":" + page;
    }
}
