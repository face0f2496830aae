package dev.crmsync.sandbox.http;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How many requests of each kind came, and how they were answered. Thread-safe. */
public final class Counts {
    private final Map<String, LongAdder> byKind = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> byStatus = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> byFault = new ConcurrentHashMap<>();

    void request(String kind) {
        add(byKind, kind);
    }

    void answer(String kind, Reply reply) {
        String how = reply.fate() == Reply.Fate.SENT ? String.valueOf(reply.status()) : "lost";
        add(byStatus, kind + " " + how);
    }

    void fault(Fault.Kind kind) {
        add(byFault, kind.word());
    }

    /** Starts counting anew. */
    public void reset() {
        byKind.clear();
        byStatus.clear();
        byFault.clear();
    }

    /** Requests by kind, by kind and answer, and injected faults by kind. */
    public Map<String, Map<String, Long>> all() {
        return Map.of("requests", sums(byKind), "answers", sums(byStatus), "faults", sums(byFault));
    }

    private static void add(Map<String, LongAdder> counts, String key) {
        counts.computeIfAbsent(key, k -> new LongAdder()).increment();
    }

    private static Map<String, Long> sums(Map<String, LongAdder> counts) {
        Map<String, Long> sums = new TreeMap<>();
        counts.forEach((key, adder) -> sums.put(key, adder.sum()));
        return sums;
    }
}
