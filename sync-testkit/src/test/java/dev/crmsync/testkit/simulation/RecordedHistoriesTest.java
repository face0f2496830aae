package dev.crmsync.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.ledger.Recordings;
import dev.crmsync.replay.Recording;
import dev.crmsync.replay.Replay;
import dev.crmsync.replay.Replayed;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the engine recorded of histories that nobody has chosen, planned again. */
class RecordedHistoriesTest {
    private static final int SEEDS = 4;
    private static final List<Dials> WEATHERS =
            List.of(Dials.storm(), Dials.storm().merging(8), Dials.storm().removing(25));

    @Test
    void every_recorded_input_comes_to_the_same_decisions_and_the_same_due_work_again() {
        List<String> different = new ArrayList<>();
        int steps = 0;
        for (SyncSimulator simulator : ToyPolicies.all()) {
            for (Dials weather : WEATHERS) {
                for (long seed = 0; seed < SEEDS; seed++) {
                    Replayed replayed = Replay.of(recorded(simulator.dials(weather), seed));
                    steps += replayed.steps();
                    if (!replayed.same() || replayed.skipped() > 0) {
                        different.add("seed " + seed + " in " + weather + ": " + replayed.report());
                    }
                }
            }
        }
        assertThat(different).isEmpty();
        assertThat(steps).isGreaterThan(5_000);
    }

    static Recording recorded(SyncSimulator simulator, long seed) {
        Simulation lived = simulator.recorded().lived(seed);
        return new Recordings(lived.memory, Host.SYNC, simulator.resolvers()).all(links -> {});
    }
}
