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
 * @param from the earliest time that was not handed out whole
 * @param tie null, or while more contacts than a page share the time {@code from}: the last id handed out
 * @param began when the poll's first search was answered, on HubSpot's clock, or null before it
 */
record ChangeCursor(long from, @Nullable Long tie, @Nullable Long began) {
    private static final Pattern FORM =
            Pattern.compile("hubspot-changes-1:contact:from=([0-9]{1,15}):tie=([0-9]{1,18}|-):began=([0-9]{1,15}|-)");

    static ChangeCursor at(long millis) {
        return new ChangeCursor(Math.max(0, millis), null, null);
    }

    static ChangeCursor parse(String system, String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw SyncException.of(
                            Kind.VALIDATION,
                            "system " + system + ": the cursor is none of HubSpot's changes in a form that this version"
                                    + " reads; walk all contacts, then poll from a new cursor")
                    .inSystem(system);
        }
        return new ChangeCursor(Long.parseLong(form.group(1)), number(form.group(2)), number(form.group(3)));
    }

    private static @Nullable Long number(String text) {
        return text.equals("-") ? null : Long.valueOf(text);
    }

    ChangeCursor begun(long millis) {
        return began == null ? new ChangeCursor(from, tie, millis) : this;
    }

    ChangeCursor to(long millis) {
        return new ChangeCursor(millis, null, began);
    }

    ChangeCursor tied(long lastId) {
        return new ChangeCursor(from, lastId, began);
    }

    @Override
    public String toString() {
        return "hubspot-changes-1:contact:from=" + from + ":tie=" + (tie == null ? "-" : tie) + ":began="
                + (began == null ? "-" : began);
    }
}
