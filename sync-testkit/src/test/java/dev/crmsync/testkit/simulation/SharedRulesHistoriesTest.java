package dev.crmsync.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SharedRulesHistoriesTest {
    @Test
    void busy_people_on_perfect_lines_break_no_law() {
        tried(Dials.calm(), 0, 30);
    }

    @Test
    void a_storm_breaks_no_law() {
        tried(Dials.storm(), 0, 30);
    }

    private static void tried(Dials dials, int from, int to) {
        SyncSimulator simulator = ToyPolicies.shared().dials(dials);
        Map<Integer, Object> broken = new TreeMap<>();
        for (int seed = from; seed < to; seed++) {
            History history = simulator.run(seed);
            if (!history.lawful()) {
                broken.put(seed, history.violations());
            }
        }
        assertThat(broken).isEmpty();
    }
}
