package dev.crmsync.tests.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.policy.Policies;
import dev.crmsync.store.jdbc.JdbcStore;
import dev.crmsync.testkit.simulation.Dial;
import dev.crmsync.testkit.simulation.Dials;
import dev.crmsync.testkit.simulation.History;
import dev.crmsync.testkit.simulation.SyncSimulator;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The laboratory on the embedded database. */
class LaboratoryOnH2Test {
    private static final int SEEDS = 6;
    private static final Dials DIALS = Dials.storm().with(Dial.OUTAGES, 30).with(Dial.PARTIAL_BATCHES, 10);

    @TempDir
    private Path directory;

    private final AtomicInteger files = new AtomicInteger();

    private SyncSimulator inMemory() {
        return SyncSimulator.of(Policies.guide().kirim("kirim").primaryCrm("crm"))
                .dials(DIALS);
    }

    private SyncSimulator inFiles() {
        return inMemory().stores(() -> JdbcStore.h2(directory.resolve("store" + files.incrementAndGet())));
    }

    @Test
    void every_history_keeps_every_law_and_is_the_one_that_is_lived_in_memory() {
        for (long seed = 0; seed < SEEDS; seed++) {
            History history = inFiles().run(seed);
            assertThat(history.lawful()).as(history.report()).isTrue();
            assertThat(history.trace()).isEqualTo(inMemory().run(seed).trace());
        }
    }
}
