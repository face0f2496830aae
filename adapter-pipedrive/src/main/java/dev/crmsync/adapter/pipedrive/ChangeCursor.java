package dev.crmsync.adapter.pipedrive;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a poll stands. Times are whole seconds, as Pipedrive compares them.
 *
 * @param type the canonical type of the records
 * @param since from when on the poll asks in the ordinary list
 * @param slow from when on the lists are asked that are looked at once an hour
 * @param feed which list is being read; one beyond the last says that the poll has caught up
 * @param from from when on the list that is being read is asked
 * @param high the latest time that this list has shown
 * @param began when the poll's first call was answered, on Pipedrive's clock, or null before it
 * @param page what the list's next page is asked for by, or the empty text
 */
record ChangeCursor(
        String type,
        long since,
        long slow,
        int feed,
        long from,
        long high,
        @Nullable Long began,
        String page) {
    private static final Pattern FORM = Pattern.compile(
            "pipedrive-changes-1:([a-z]{1,40}):([0-9]{1,12}):([0-9]{1,12}):([0-9]):([0-9]{1,12}):([0-9]{1,12}):"
                    + "([0-9]{1,12}|-):(.{0,4000})",
            Pattern.DOTALL);

    static ChangeCursor at(String type, long since, long slow) {
        long from = Math.max(0, since);
        return new ChangeCursor(type, from, Math.max(0, slow), 0, from, from, null, "");
    }

    static ChangeCursor parse(String system, String type, String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches() || !form.group(1).equals(type)) {
            throw SyncException.of(
                            Kind.VALIDATION,
                            "system " + system
                                    + ": the cursor is none of Pipedrive's changes of this type in a form that this"
                                    + " version reads; walk all records, then poll from a new cursor")
                    .inSystem(system);
        }
        return new ChangeCursor(
                type,
                Long.parseLong(form.group(2)),
                Long.parseLong(form.group(3)),
                Integer.parseInt(form.group(4)),
                Long.parseLong(form.group(5)),
                Long.parseLong(form.group(6)),
                form.group(7).equals("-") ? null : Long.valueOf(form.group(7)),
                form.group(8));
    }

    /** From when on the list is asked, in the form that both versions of the API take. */
    String fromText() {
        return Instant.ofEpochSecond(from).toString();
    }

    ChangeCursor begun(long second) {
        return began == null ? new ChangeCursor(type, since, slow, feed, from, high, second, page) : this;
    }

    /** Goes on in the same list, by its own cursor. */
    ChangeCursor paged(long seen, String next) {
        return new ChangeCursor(type, since, slow, feed, from, Math.max(high, seen), began, next);
    }

    /** Goes on in the same list from a later time, from its beginning. */
    ChangeCursor later(long second) {
        return new ChangeCursor(type, since, slow, feed, second, second, began, "");
    }

    /** Goes on with another list. */
    ChangeCursor inFeed(int next, boolean slowly) {
        long start = slowly ? slow : since;
        return new ChangeCursor(type, since, slow, next, start, start, began, "");
    }

    @Override
    public String toString() {
        return "pipedrive-changes-1:" + type + ":" + since + ":" + slow + ":" + feed + ":" + from + ":" + high + ":"
                + (began == null ? "-" : began) + ":" + page;
    }
}
