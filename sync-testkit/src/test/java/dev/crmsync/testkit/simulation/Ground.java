package dev.crmsync.testkit.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A place where histories are grown: a toy policy under some dials.
 *
 * @param name what it is called: the kind of world, a blank, and the policy
 * @param simulator grows them
 * @param firstLaw the first law that can be judged there
 */
record Ground(String name, SyncSimulator simulator, int firstLaw) {
    /** One person, of whom everything is edited within minutes, so that most of it happens while something is under way. */
    private static final Dials HECTIC =
            Dials.storm().persons(1).span(Duration.ofMinutes(15)).with(Dial.DELAYS, 40);

    /** Calls of which much is lost, and an engine that dies often. */
    private static final Dials FAULTY = Dials.storm()
            .with(Dial.LOST_ANSWERS, 25)
            .with(Dial.LOST_REQUESTS, 15)
            .with(Dial.LOST_READS, 15)
            .with(Dial.CRASHES, 10);

    /** Most webhooks are never sent. */
    private static final Dials DEAF = Dials.storm().with(Dial.DROPS, 70);

    /** The places where planted bugs are looked for, in turn. */
    static List<Ground> all() {
        List<Ground> all = new ArrayList<>();
        List<SyncSimulator> four =
                List.of(ToyPolicies.guide(), ToyPolicies.three(), ToyPolicies.free(), ToyPolicies.shared());
        add(all, "storm", ToyPolicies.all(), Dials.storm(), 1);
        add(
                all,
                "grief",
                List.of(ToyPolicies.mourning(), ToyPolicies.parting()),
                Dials.storm().removing(25),
                1);
        // The judge of law 1 does not know yet whose a value was before two links became one.
        add(all, "merging", ToyPolicies.all(), Dials.storm().merging(8), 2);
        add(all, "hectic", four, HECTIC, 1);
        add(all, "faulty", four, FAULTY, 1);
        add(all, "deaf", four, DEAF, 1);
        return List.copyOf(all);
    }

    private static void add(List<Ground> all, String kind, List<SyncSimulator> policies, Dials dials, int firstLaw) {
        for (SyncSimulator simulator : policies) {
            String name = kind + " " + simulator.setting().policy().name();
            all.add(new Ground(name, simulator.dials(dials), firstLaw));
        }
    }

    /** The laws that a history breaks here; 0 for one that could not be lived to its end. */
    SortedSet<Integer> broken(long seed) {
        TreeSet<Integer> laws = new TreeSet<>();
        try {
            simulator.run(seed).violations().stream()
                    .map(Violation::law)
                    .filter(law -> law >= firstLaw)
                    .forEach(laws::add);
        } catch (RuntimeException | Error e) {
            laws.add(0);
        }
        return laws;
    }
}
