package dev.crmsync.adapter.hubspot;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a poll stands. A poll goes by keyset: each search asks from the last time seen on, and never by offset, so that
 * it meets no 10,000-row wall and skips nothing when rows move. Times are milliseconds, the index's own grain.
 *
 * @param type the canonical type of the records
 * @param from the earliest time that was not handed out whole
 * @param tie null, or while more contacts than a page share the time {@code from}: the last id handed out
 * @param began when the poll's first search was answered, on HubSpot's clock, or null before it
 */
record ChangeCursor(
        String type,
        long from,
        @Nullable Long tie,
        @Nullable Long began) {
    private static final Pattern FORM = Pattern.compile(
            "hubspot-changes-1:([a-z]{1,40}):from=([0-9]{1,15}):tie=([0-9]{1,18}|-):began=([0-9]{1,15}|-)");

    static ChangeCursor at(String type, long millis) {
        return new ChangeCursor(type, Math.max(0, millis), null, null);
    }

    static ChangeCursor parse(String system, String type, String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches() || !form.group(1).equals(type)) {
            throw SyncException.of(
                            Kind.VALIDATION,
                            "system " + system
                                    + ": the cursor is none of HubSpot's changes of this type in a form that this version"
                                    + " reads; walk all records, then poll from a new cursor")
                    .inSystem(system);
        }
        return new ChangeCursor(type, Long.parseLong(form.group(2)), number(form.group(3)), number(form.group(4)));
    }

    private static @Nullable Long number(String text) {
        return text.equals("-") ? null : Long.valueOf(text);
    }

    ChangeCursor begun(long millis) {
        return began == null ? new ChangeCursor(type, from, tie, millis) : this;
    }

    ChangeCursor to(long millis) {
        return new ChangeCursor(type, millis, null, began);
    }

    ChangeCursor tied(long lastId) {
        return new ChangeCursor(type, from, lastId, began);
    }

    @Override
    public String toString() {
        return "hubspot-changes-1:" + type + ":from=" + from + ":tie=" + (tie == null ? "-" : tie) + ":began="
                + (began == null ? "-" : began);
    }
}
