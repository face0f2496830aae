package dev.crmsync.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.crmsync.memory.MemoryStore;
import dev.crmsync.spi.store.Store;
import dev.crmsync.toy.Toy;
import dev.crmsync.toy.World;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Closing gives everything back, once, and whatever is left is done by the next engine on the store. */
class CloseTest {
    private final Store store = new MemoryStore();
    private final World world = new World(store);

    /** An adapter that counts how often it is closed. */
    private static final class Closing extends Toy {
        private int closed;
        private boolean fails;

        Closing(String name, World world) {
            super(name, world.clock, World.contacts().withExternalId("kirim_id"));
        }

        @Override
        public void close() {
            closed++;
            if (fails) {
                throw new IllegalStateException("it will not be closed");
            }
        }
    }

    private final Closing desk = new Closing("desk", world);
    private final Closing other = new Closing("other", world);

    CloseTest() {
        world.defining = sync -> sync.system("desk", desk).system("other", other);
    }

    @Test
    void every_adapter_is_closed_once_however_often_the_engine_is_closed() {
        world.start();

        world.engine.close();
        world.engine.close();

        assertThat(desk.closed).isEqualTo(1);
        assertThat(other.closed).isEqualTo(1);
    }

    @Test
    void an_adapter_that_will_not_be_closed_keeps_no_other_open() {
        desk.fails = true;
        world.start();

        assertThatCode(world.engine::close).doesNotThrowAnyException();

        assertThat(other.closed).isEqualTo(1);
    }

    @Test
    void what_was_left_is_taken_up_by_the_next_engine_at_once() {
        world.start();
        world.person("k1", "Budi", "budi@example.com");
        world.engine.drain();
        world.person("k2", "Siti", "siti@example.com");
        world.clock.pass(Duration.ofMillis(251));
        world.engine.step();
        world.person("k1", "Budi Santoso", "budi@example.com");
        world.engine.close();

        world.start();
        world.settle(Duration.ofSeconds(1));

        assertThat(world.crm.records).hasSize(2);
        assertThat(world.engine.status(World.SYNC).drained()).isTrue();
    }

    @Test
    void the_store_is_left_open_and_no_shard_is_kept() {
        world.start();
        world.person("k1", "Budi", "budi@example.com");
        world.engine.drain();
        world.engine.close();

        assertThat(store.countPending(World.SYNC)).isEqualTo(1);
        for (int shard = 0; shard < 16; shard++) {
            assertThat(store.lease(
                            "inbox/" + World.SYNC + "/" + shard,
                            "another",
                            world.clock.instant(),
                            world.clock.instant().plusSeconds(1)))
                    .isPresent();
        }
    }

    @Test
    void an_engine_that_cannot_be_made_closes_the_adapters_that_were() {
        world.defining = sync -> sync.system("desk", desk).pollEvery("nowhere", Duration.ofMinutes(1));

        assertThatCode(world::start).hasMessageContaining("nowhere");

        assertThat(desk.closed).isEqualTo(1);
    }

    @Test
    void an_engine_with_threads_of_its_own_brings_systems_into_step_and_ends_them_when_it_is_closed() throws Exception {
        World threaded = new World();
        CountDownLatch made = new CountDownLatch(1);
        threaded.crm.fates.add((write, takesEffect) -> {
            var outcome = takesEffect.get();
            made.countDown();
            return outcome;
        });
        threaded.setting = builder -> builder.gatherWindow(Duration.ZERO);
        threaded.engine = threaded.builder().start();
        threaded.person("k1", "Budi", "budi@example.com");

        boolean inTime = made.await(20, TimeUnit.SECONDS);
        threaded.engine.close();

        assertThat(inTime).isTrue();
        assertThat(threaded.crm.text(threaded.crm("crm-1"), "name")).isEqualTo("Budi");
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().equals("crm-sync-engine"))
                .isEmpty();
    }
}
