package dev.crmsync.testkit.simulation;

import java.util.ArrayList;
import java.util.List;

/** One law of the architecture, judged by what truly happened. */
abstract class Law {
    private final int number;
    private final List<Violation> violations = new ArrayList<>();
    final Findings found;

    Law(int number, Findings found) {
        this.number = number;
        this.found = found;
    }

    static List<Violation> judge(Findings found) {
        List<Violation> all = new ArrayList<>();
        for (Law law : List.of(
                new NoClobber(found),
                new NoLoop(found),
                new Convergence(found),
                new NoSilentLoss(found),
                new EffectOnce(found),
                new CrashSafety(found),
                new OrderPerRecord(found),
                new NoLateArchive(found),
                new BlastRadius(found))) {
            law.check();
            all.addAll(law.violations);
        }
        return all;
    }

    abstract void check();

    final void broken(String what) {
        violations.add(new Violation(number, what));
    }
}
