package dev.crmsync.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A field has one agreed value, so that systems alone cannot make a ring. Two fields can: where a system keeps both in one
 * property, what is written for the one is read as an edit of the other.
 */
final class FieldFlowCycle implements Check {
    @Override
    public void check(Subject subject, Report report) {
        Map<String, Set<String>> feeds = new TreeMap<>();
        for (Collision collision : Collision.in(subject)) {
            String one = collision.type() + "." + collision.one().name();
            String other = collision.type() + "." + collision.other().name();
            feed(subject, feeds, one, other, collision.system());
            feed(subject, feeds, other, one, collision.system());
        }
        Set<String> told = new TreeSet<>();
        for (String field : feeds.keySet()) {
            List<String> ring = ring(field, feeds);
            if (!ring.isEmpty() && told.addAll(ring)) {
                report.error(
                        null,
                        field,
                        "fields feed each other in a ring, " + String.join(" > ", ring)
                                + ": an edit goes round for ever",
                        "Keep each of them in a property of its own at every system");
            }
        }
    }

    /** Writing one field at a system is an edit of another when the first is received there and the second supplied. */
    private static void feed(Subject subject, Map<String, Set<String>> feeds, String from, String to, String system) {
        boolean written = subject.ruled().stream()
                .anyMatch(ruled -> ruled.name().equals(from)
                        && subject.receivers(ruled).containsKey(system)
                        && subject.suppliers(ruled).keySet().stream().anyMatch(other -> !other.equals(system)));
        boolean read = subject.ruled().stream()
                .anyMatch(ruled ->
                        ruled.name().equals(to) && subject.suppliers(ruled).containsKey(system));
        if (written && read) {
            feeds.computeIfAbsent(from, field -> new TreeSet<>()).add(to);
        }
    }

    private static List<String> ring(String start, Map<String, Set<String>> feeds) {
        List<String> path = new ArrayList<>();
        return reaches(start, start, feeds, path, new TreeSet<>()) ? path : List.of();
    }

    private static boolean reaches(
            String at, String goal, Map<String, Set<String>> feeds, List<String> path, Set<String> seen) {
        path.add(at);
        for (String next : feeds.getOrDefault(at, Set.of())) {
            if (next.equals(goal) || seen.add(next) && reaches(next, goal, feeds, path, seen)) {
                if (next.equals(goal)) {
                    path.add(goal);
                }
                return true;
            }
        }
        path.remove(path.size() - 1);
        return false;
    }
}
