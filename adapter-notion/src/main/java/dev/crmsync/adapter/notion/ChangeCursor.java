package dev.crmsync.adapter.notion;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a poll stands.
 *
 * @param type the canonical type of the records
 * @param since the minute from which on the poll asks, in epoch seconds
 * @param began when the poll's first call was answered, on Notion's clock, or null before it
 * @param done whether everything has been shown
 * @param window where the poll stands in the rows
 */
record ChangeCursor(String type, long since, @Nullable Long began, boolean done, Window window) {
    private static final Pattern FORM = Pattern.compile(
            "notion-changes-1:([a-z]{1,40}):([0-9]{1,12}):([0-9]{1,12}|-):([01]):([0-9]{1,12}):([0-9]{1,12}):([01]):"
                    + "(.{0,4000})",
            Pattern.DOTALL);

    static ChangeCursor at(String type, long time) {
        long since = Math.max(0, time - Math.floorMod(time, Times.MINUTE.toSeconds()));
        return new ChangeCursor(type, since, null, false, Window.from(since));
    }

    static ChangeCursor parse(String system, String type, String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches() || !form.group(1).equals(type)) {
            throw SyncException.of(
                            Kind.VALIDATION,
                            "system " + system
                                    + ": the cursor is none of Notion's changes of this type in a form that this version"
                                    + " reads; walk all records, then poll from a new cursor")
                    .inSystem(system);
        }
        return new ChangeCursor(
                type,
                Long.parseLong(form.group(2)),
                form.group(3).equals("-") ? null : Long.valueOf(form.group(3)),
                form.group(4).equals("1"),
                new Window(
                        Long.parseLong(form.group(5)),
                        Long.parseLong(form.group(6)),
                        form.group(7).equals("1"),
                        form.group(8)));
    }

    ChangeCursor begun(long second) {
        return began == null ? new ChangeCursor(type, since, second, done, window) : this;
    }

    ChangeCursor in(Window next) {
        return new ChangeCursor(type, since, began, false, next);
    }

    ChangeCursor finished() {
        return new ChangeCursor(type, since, began, true, window);
    }

    @Override
    public String toString() {
        return "notion-changes-1:" + type + ":" + since + ":" + (began == null ? "-" : began) + ":" + (done ? "1" : "0")
                + ":" + window.text();
    }
}
