package dev.crmsync.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A place where histories are grown: a toy policy under some dials.
 *
 * @param name what it is called in reports
 * @param simulator grows them
 * @param firstLaw the first law that can be judged there
 */
record Ground(String name, SyncSimulator simulator, int firstLaw) {
    /** The places where planted bugs are looked for, in turn. */
    static List<Ground> all() {
        List<Ground> all = new ArrayList<>();
        ToyPolicies.all().forEach(simulator -> all.add(of("storm", simulator.dials(Dials.storm()), 1)));
        for (SyncSimulator simulator : List.of(ToyPolicies.mourning(), ToyPolicies.parting())) {
            all.add(of("grief", simulator.dials(Dials.storm().removing(25)), 1));
        }
        // The judge of law 1 does not know yet whose a value was before two links became one.
        ToyPolicies.all()
                .forEach(simulator ->
                        all.add(of("merging", simulator.dials(Dials.storm().merging(8)), 2)));
        return List.copyOf(all);
    }

    private static Ground of(String dials, SyncSimulator simulator, int firstLaw) {
        return new Ground(dials + " " + simulator.setting().policy().name(), simulator, firstLaw);
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
