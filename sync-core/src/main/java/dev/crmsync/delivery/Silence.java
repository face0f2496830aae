package dev.crmsync.delivery;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells a system that is out from a record that is poison: where several records fail one after the other and none is
 * answered, it is the system. Known to one engine, and forgotten with it. Thread-safe.
 */
final class Silence {
    /** How many records must fail in a row. */
    private static final int SEVERAL = 3;

    private final Map<String, Set<String>> failing = new ConcurrentHashMap<>();

    void failed(String place, String link) {
        Set<String> links = failing.computeIfAbsent(place, fresh -> ConcurrentHashMap.newKeySet());
        if (links.size() < SEVERAL) {
            links.add(link);
        }
    }

    void answered(String place) {
        failing.remove(place);
    }

    boolean at(String place) {
        return failing.getOrDefault(place, Set.of()).size() >= SEVERAL;
    }
}
