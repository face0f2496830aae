package dev.crmsync.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SameSeedTest {
    @Test
    void the_same_seed_gives_the_same_history_byte_for_byte() {
        for (SyncSimulator simulator : ToyPolicies.all()) {
            SyncSimulator storm = simulator.dials(Dials.storm());
            for (int seed = 0; seed < 5; seed++) {
                assertThat(storm.run(seed).report()).isEqualTo(storm.run(seed).report());
            }
        }
    }

    @Test
    void another_seed_gives_another_history() {
        SyncSimulator guide = ToyPolicies.guide().dials(Dials.storm());
        assertThat(guide.run(1).report()).isNotEqualTo(guide.run(2).report());
    }
}
