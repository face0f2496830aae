package dev.crmsync.testkit.simulation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts in how many histories any two kinds of things happened together. Thread-safe. */
public final class Coverage {
    private static final List<Happening> KINDS = List.of(Happening.values());

    private final Map<Happening, Map<Happening, Long>> together = new EnumMap<>(Happening.class);
    private long histories;

    /** Has counted nothing yet. */
    public Coverage() {}

    /**
     * Counts what happened in a history.
     *
     * @param history the history
     */
    public synchronized void add(History history) {
        histories++;
        for (Happening one : history.happenings()) {
            for (Happening other : history.happenings()) {
                together.computeIfAbsent(one, its -> new EnumMap<>(Happening.class))
                        .merge(other, 1L, Long::sum);
            }
        }
    }

    /**
     * In how many histories two kinds of things happened.
     *
     * @param one a kind
     * @param other another; for the same one, in how many it happened at all
     * @return the number
     */
    public synchronized long together(Happening one, Happening other) {
        return together.getOrDefault(one, Map.of()).getOrDefault(other, 0L);
    }

    /**
     * The pairs that happened together in fewer histories than one would like.
     *
     * @param least how many one would like
     * @return a line for each of them, fewest first; empty when there is none
     */
    public synchronized List<String> below(long least) {
        record Pair(Happening one, Happening other, long count) {}
        List<Pair> few = new ArrayList<>();
        for (Happening one : KINDS) {
            for (Happening other : KINDS) {
                if (one.compareTo(other) < 0 && together(one, other) < least) {
                    few.add(new Pair(one, other, together(one, other)));
                }
            }
        }
        few.sort((a, b) -> Long.compare(a.count(), b.count()));
        return few.stream()
                .map(pair -> pair.one() + " with " + pair.other() + ": " + pair.count())
                .toList();
    }

    /**
     * All counts, as a table in Markdown: on the diagonal how often each happened at all.
     *
     * @return the table
     */
    public synchronized String table() {
        StringBuilder table = new StringBuilder("| of " + histories + " | |");
        for (int i = 1; i <= KINDS.size(); i++) {
            table.append(' ').append(i).append(" |");
        }
        table.append("\n|---|---|").append("---|".repeat(KINDS.size())).append('\n');
        for (Happening one : KINDS) {
            table.append("| ")
                    .append(KINDS.indexOf(one) + 1)
                    .append(" | ")
                    .append(one)
                    .append(" |");
            KINDS.stream()
                    .map(other -> other.compareTo(one) > 0 ? "" : String.valueOf(together(one, other)))
                    .forEach(cell -> table.append(' ').append(cell).append(" |"));
            table.append('\n');
        }
        return table.toString();
    }
}
