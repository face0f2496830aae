package dev.crmsync.sandbox.search;

import dev.crmsync.sandbox.admin.Parts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What search sees: each record as it was some time ago. Not thread-safe: guarded by the stand-in's lock.
 *
 * @param <T> a version of a record, which nobody changes any more
 */
public final class LaggingIndex<T> {
    private final Parts parts;
    private final String delayDial;
    private final String jitterDial;
    private final Map<String, Entry<T>> entries = new HashMap<>();

    private static final class Entry<T> {
        @Nullable T seen;

        final Deque<Coming<T>> coming = new ArrayDeque<>();
    }

    /** A later version, or none when the record left. */
    private record Coming<T>(long visibleAt, @Nullable T version) {}

    /**
     * An empty index.
     *
     * @param delayDial the dial that says after how many milliseconds search sees a change
     * @param jitterDial the dial that says how many milliseconds chance may add
     */
    public LaggingIndex(Parts parts, String delayDial, String jitterDial) {
        this.parts = parts;
        this.delayDial = delayDial;
        this.jitterDial = jitterDial;
    }

    /** Notes how a record is now, or that it left (null); search sees it after the delay. */
    public void note(String id, @Nullable T version) {
        long now = parts.clock().millis();
        double delay = parts.dials().number(delayDial);
        double jitter = parts.dials().number(jitterDial);
        if (jitter > 0) {
            delay += jitter * parts.chance().next("index");
        }
        Entry<T> entry = entries.computeIfAbsent(id, i -> new Entry<>());
        advance(entry, now);
        Coming<T> last = entry.coming.peekLast();
        long visibleAt = Math.max(now + Math.round(delay), last == null ? 0 : last.visibleAt);
        entry.coming.addLast(new Coming<>(visibleAt, version));
    }

    /** Lets search see everything now. */
    public void catchUp() {
        entries.values().forEach(e -> advance(e, Long.MAX_VALUE));
    }

    /** Forgets every record. */
    public void clear() {
        entries.clear();
    }

    /** The records that search sees now. */
    public List<T> visible() {
        long now = parts.clock().millis();
        List<T> visible = new ArrayList<>(entries.size());
        entries.values().removeIf(e -> {
            advance(e, now);
            if (e.seen != null) {
                visible.add(e.seen);
            }
            return e.seen == null && e.coming.isEmpty();
        });
        return visible;
    }

    private static <T> void advance(Entry<T> entry, long now) {
        Coming<T> first = entry.coming.peekFirst();
        while (first != null && first.visibleAt <= now) {
            entry.seen = first.version;
            entry.coming.removeFirst();
            first = entry.coming.peekFirst();
        }
    }
}
