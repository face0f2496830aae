package dev.crmsync.replay;

import dev.crmsync.planning.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** What came of a recording under some rules. */
final class Tally {
    /** A field of a link that somebody's doing at a system was about, by the place of the step. */
    record Spot(int step, String link, String system, String field) {}

    final Map<Spot, List<Reason>> decided =
            new TreeMap<>(Comparator.comparingInt(Spot::step).thenComparing(Spot::toString));
    final SortedMap<String, Set<String>> touched = new TreeMap<>();
    final SortedMap<String, Long> writes = new TreeMap<>();
    final SortedMap<String, List<Lost>> lost = new TreeMap<>();
    final SortedMap<String, EnumMap<Call, Long>> calls = new TreeMap<>();
    final List<String> failures = new ArrayList<>();

    void called(String system, Call call) {
        calls.computeIfAbsent(system, fresh -> new EnumMap<>(Call.class)).merge(call, 1L, Long::sum);
    }

    void wrote(String field, String record) {
        touched.computeIfAbsent(field, fresh -> new TreeSet<>()).add(record);
        writes.merge(field, 1L, Long::sum);
    }

    void lost(Lost one) {
        lost.computeIfAbsent(one.field(), fresh -> new ArrayList<>()).add(one);
    }
}
