package dev.crmsync.sandbox.pipedrive;

import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Item;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What search sees: each record as it was some time ago. Guarded by the stand-in's lock. */
final class PipedriveIndex {
    private final Parts parts;
    private final Map<String, Entry> entries = new HashMap<>();

    private static final class Entry {
        @Nullable Item seen;

        final Deque<Coming> coming = new ArrayDeque<>();
    }

    /** A later version, or none when the record left. */
    private record Coming(long visibleAt, @Nullable Item version) {}

    PipedriveIndex(Parts parts) {
        this.parts = parts;
    }

    /** Notes that a record changed; search sees it after the delay. */
    void note(Item item) {
        add(item.id, item.deleted ? null : item.copy());
    }

    /** Lets search see everything now. */
    void catchUp() {
        entries.values().forEach(e -> advance(e, Long.MAX_VALUE));
    }

    void clear() {
        entries.clear();
    }

    /** The records that search sees now. */
    List<Item> visible() {
        long now = parts.clock().millis();
        List<Item> visible = new ArrayList<>(entries.size());
        entries.values().removeIf(e -> {
            advance(e, now);
            if (e.seen != null) {
                visible.add(e.seen);
            }
            return e.seen == null && e.coming.isEmpty();
        });
        return visible;
    }

    private void add(String id, @Nullable Item version) {
        long now = parts.clock().millis();
        double delay = parts.dials().number("search.lag_ms");
        double jitter = parts.dials().number("search.lag_jitter_ms");
        if (jitter > 0) {
            delay += jitter * parts.chance().next("index");
        }
        Entry entry = entries.computeIfAbsent(id, i -> new Entry());
        advance(entry, now);
        Coming last = entry.coming.peekLast();
        long visibleAt = Math.max(now + Math.round(delay), last == null ? 0 : last.visibleAt);
        entry.coming.addLast(new Coming(visibleAt, version));
    }

    private static void advance(Entry entry, long now) {
        Coming first = entry.coming.peekFirst();
        while (first != null && first.visibleAt <= now) {
            entry.seen = first.version;
            entry.coming.removeFirst();
            first = entry.coming.peekFirst();
        }
    }
}
