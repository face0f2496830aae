package dev.crmsync.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.memory.MemoryStore;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.store.Store;
import dev.crmsync.toy.SettableClock;
import dev.crmsync.toy.Toy;
import dev.crmsync.toy.World;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Several engines on one store share the work and do nothing twice. */
class TwoEnginesTest {
    private final Store store = new MemoryStore();
    private final World world = new World(store).start();
    private final SyncEngine other;
    private int ids;

    TwoEnginesTest() {
        world.setting = builder -> builder.ids(() -> "other" + ++ids);
        other = world.builder().stepping();
    }

    private void step(int most) {
        for (int i = 0; i < most; i++) {
            boolean any = world.engine.step().any();
            boolean also = other.step().any();
            if (!any && !also) {
                world.clock.pass(Duration.ofMillis(300));
            }
        }
    }

    @Test
    void each_record_is_made_once_whoever_was_told_of_it() {
        for (int i = 0; i < 300; i++) {
            var edit = world.kirim.edit(
                    world.kirim("k" + i),
                    Map.of("name", NativeValue.text("P" + i), "email", NativeValue.text("p" + i + "@example.com")));
            (i % 2 == 0 ? world.engine : other).receive(World.SYNC, "kirim", world.kirim.tells(edit));
        }

        step(400);

        assertThat(world.crm.records).hasSize(300);
        assertThat(world.crm.writes).hasSize(300);
        assertThat(store.countPending(World.SYNC)).isZero();
    }

    @Test
    void what_one_engine_has_begun_is_not_begun_by_the_other_meanwhile() {
        world.crm.fates.add((write, takesEffect) -> {
            other.step();
            other.step();
            return takesEffect.get();
        });
        world.person("k1", "Budi", "budi@example.com");
        world.clock.pass(Duration.ofSeconds(1));

        step(50);

        assertThat(world.crm.writes).hasSize(1);
        assertThat(world.crm.records).hasSize(1);
    }

    @Test
    void a_pause_holds_for_both() {
        world.engine.pause(World.SYNC, "crm", "being moved");
        other.receive(World.SYNC, "kirim", world.kirim.tells(world.kirim.edit(world.kirim("k1"), "name", "Budi")));

        step(20);
        assertThat(world.crm.writes).isEmpty();
        other.resume(World.SYNC, "crm");
        step(20);

        assertThat(world.crm.writes).hasSize(1);
    }

    @Test
    void work_of_an_engine_that_died_is_taken_up_by_the_other_when_its_claim_has_lapsed() {
        SettableClock clock = world.clock;
        Toy crm = world.crm;
        crm.hidesCreated = true;
        crm.fates.add((write, takesEffect) -> {
            assertThat(takesEffect.get()).isNotNull();
            throw new Died();
        });
        world.person("k1", "Budi", "budi@example.com");
        clock.pass(Duration.ofSeconds(1));
        assertThatThrownBy(world.engine::step).as("it is stepped no more").hasRootCauseInstanceOf(Died.class);

        clock.pass(Duration.ofMinutes(6));
        for (int i = 0; i < 20; i++) {
            other.step();
            clock.pass(Duration.ofSeconds(1));
        }

        assertThat(crm.records).as("the upsert is repeated and finds it").hasSize(1);
        assertThat(crm.writes).hasSize(2);
        assertThat(other.status(World.SYNC).drained()).isTrue();
    }

    /** The death of a process in the midst of a call. */
    private static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }
}
