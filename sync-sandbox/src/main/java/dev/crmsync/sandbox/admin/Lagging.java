package dev.crmsync.sandbox.admin;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a vendor's index shows: each thing as it was some time ago. Guarded by its stand-in's lock. */
public final class Lagging<T> {
    private final Parts parts;
    private final String delay;
    private final String jitter;
    private final String stream;
    private final Map<String, Entry<T>> entries = new HashMap<>();

    private static final class Entry<T> {
        @Nullable T seen;

        final Deque<Coming<T>> coming = new ArrayDeque<>();
    }

    /** A later version, or none when the thing left. */
    private record Coming<T>(long visibleAt, @Nullable T version) {}

    /** An index that lags by what these dials say, in milliseconds; jitter is drawn from this stream of chance. */
    public Lagging(Parts parts, String delayDial, String jitterDial, String stream) {
        this.parts = parts;
        this.delay = delayDial;
        this.jitter = jitterDial;
        this.stream = stream;
    }

    /** Notes a version that will not change any more, or that the thing left. */
    public void note(String id, @Nullable T version) {
        long now = parts.clock().millis();
        double lag = parts.dials().number(delay);
        double more = parts.dials().number(jitter);
        if (more > 0) {
            lag += more * parts.chance().next(stream);
        }
        Entry<T> entry = entries.computeIfAbsent(id, i -> new Entry<>());
        advance(entry, now);
        Coming<T> last = entry.coming.peekLast();
        long visibleAt = Math.max(now + Math.round(lag), last == null ? 0 : last.visibleAt);
        entry.coming.addLast(new Coming<>(visibleAt, version));
    }

    /** Shows everything as it is now. */
    public void catchUp() {
        entries.values().forEach(entry -> advance(entry, Long.MAX_VALUE));
    }

    /** Forgets everything. */
    public void clear() {
        entries.clear();
    }

    /** What is shown now, in no order. */
    public List<T> visible() {
        long now = parts.clock().millis();
        List<T> visible = new ArrayList<>(entries.size());
        entries.values().removeIf(entry -> {
            advance(entry, now);
            if (entry.seen != null) {
                visible.add(entry.seen);
            }
            return entry.seen == null && entry.coming.isEmpty();
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
