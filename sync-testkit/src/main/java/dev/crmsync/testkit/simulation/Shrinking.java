package dev.crmsync.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One history while it is made smaller. What is tried is kept when the same law breaks still. */
final class Shrinking {
    private final long seed;
    private final int law;
    private final int most;
    private SyncSimulator smallest;
    private History history;
    private int tries;

    Shrinking(SyncSimulator simulator, long seed, int law, int most) {
        this.seed = seed;
        this.law = law;
        this.most = most;
        this.smallest = simulator;
        this.history = simulator.run(seed);
        if (!breaks(history)) {
            throw new IllegalArgumentException(history.reproduction() + " does not break law " + law);
        }
    }

    private boolean breaks(History one) {
        return one.violations().stream().anyMatch(violation -> violation.law() == law);
    }

    Shrunk shrunk() {
        dials();
        persons();
        thin(IntStream.range(0, history.deeds()), deeds -> smallest.course(course().withDeeds(deeds)));
        thin(IntStream.rangeClosed(1, history.faults()), faults -> smallest.course(course().withFaults(faults)));
        dials();
        return new Shrunk(law, history, smallest, tries);
    }

    private Course course() {
        return smallest.setting().course();
    }

    /** Keeps a simulator whose history breaks the law still. */
    private boolean keep(SyncSimulator candidate) {
        if (tries >= most) {
            return false;
        }
        tries++;
        History grown = grown(candidate);
        if (grown == null || !breaks(grown)) {
            return false;
        }
        smallest = candidate;
        history = grown;
        return true;
    }

    /** The history, or null when it could not be lived to its end: that is another fault. */
    private @Nullable History grown(SyncSimulator candidate) {
        try {
            return candidate.run(seed);
        } catch (RuntimeException e) {
            return null;
        }
    }

    private void dials() {
        for (Dial dial : Dial.values()) {
            Dials dials = smallest.setting().dials();
            if (dials.of(dial) > 0) {
                keep(smallest.dials(dials.with(dial, 0)));
            }
        }
    }

    private void persons() {
        Dials dials = smallest.setting().dials();
        for (int persons = 1; persons < dials.persons(); persons++) {
            if (keep(smallest.dials(dials.persons(persons)))) {
                return;
            }
        }
    }

    /** Leaves out more and more of some numbered things: first large parts, then smaller ones, then one by one. */
    private void thin(IntStream numbers, Function<SortedSet<Integer>, SyncSimulator> with) {
        List<Integer> left = numbers.boxed().collect(Collectors.toCollection(ArrayList::new));
        if (keep(with.apply(new TreeSet<>()))) {
            return;
        }
        int part = Math.max(1, left.size() / 2);
        while (!left.isEmpty()) {
            boolean smaller = false;
            for (int from = 0; from < left.size(); ) {
                List<Integer> fewer = new ArrayList<>(left);
                fewer.subList(from, Math.min(left.size(), from + part)).clear();
                if (keep(with.apply(new TreeSet<>(fewer)))) {
                    left = fewer;
                    smaller = true;
                } else {
                    from += part;
                }
            }
            if (part == 1 && !smaller || tries >= most) {
                return;
            }
            part = Math.max(1, part / 2);
        }
    }
}
