package dev.crmsync.delivery;

import dev.crmsync.spi.store.DueRow;
import dev.crmsync.spi.store.Lane;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Links whose work had to stop half way for want of calls, such as a record that was looked for and is not made yet: they go on before
 * anything else is begun, or scarce calls would be spent on beginnings alone. Known to one engine, and forgotten with it: what is due is
 * done all the same. Thread-safe.
 */
final class HalfDone {
    private static final int MOST = 1_000;

    private final Map<String, Set<String>> links = new TreeMap<>();

    synchronized void add(String place, DueRow row) {
        Set<String> waiting = links.computeIfAbsent(key(place, row.lane()), fresh -> new LinkedHashSet<>());
        if (waiting.size() < MOST) {
            waiting.add(row.link());
        }
    }

    /** Takes out those that have waited longest in a lane. */
    synchronized List<String> take(String place, Lane lane, int most) {
        Set<String> waiting = links.getOrDefault(key(place, lane), Set.of());
        List<String> first = new ArrayList<>(waiting).subList(0, Math.min(most, waiting.size()));
        first.forEach(waiting::remove);
        return List.copyOf(first);
    }

    private static String key(String place, Lane lane) {
        return place + '/' + lane;
    }
}
