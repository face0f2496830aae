package dev.crmsync.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.ledger.Worked;
import dev.crmsync.memory.MemoryStore;
import dev.crmsync.policy.Policies;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.toy.Toy;
import dev.crmsync.toy.TroubledStore;
import dev.crmsync.toy.World;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a stepping engine tells whoever steps it. */
class StepTest {
    private final TroubledStore troubled = new TroubledStore(new MemoryStore());
    private final World world = new World(troubled.store);

    private void startBesideAnother() {
        Toy kirim = new Toy("kirim", world.clock, World.contacts()).anchor();
        Toy crm = new Toy("crm", world.clock, World.contacts().withExternalId("kirim_id"));
        world.setting = builder -> builder.sync(Sync.named("aaa")
                .system("kirim", kirim)
                .system("crm", crm)
                .policy(Policies.guide().primaryCrm("crm")));
        world.start();
    }

    @Test
    void a_failure_of_one_sync_is_told_after_the_others_had_their_step() {
        startBesideAnother();
        world.person("k1", "Budi", "budi@example.com");
        world.clock.pass(Duration.ofSeconds(1));
        troubled.failing.add("pendingShards aaa");

        assertThatThrownBy(() -> world.engine.step())
                .isInstanceOfSatisfying(
                        SyncException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TRANSIENT));

        assertThat(world.crm.writes).hasSize(1);
    }

    @Test
    void it_goes_on_by_itself_once_the_store_is_back() {
        world.start();
        world.person("k1", "Budi", "budi@example.com");
        world.clock.pass(Duration.ofSeconds(1));
        troubled.failing.add("commit");
        assertThatThrownBy(() -> world.engine.step()).isInstanceOf(SyncException.class);

        troubled.failing.clear();
        world.settle();

        assertThat(world.crm.records).hasSize(1);
    }

    @Test
    void it_tells_when_there_will_be_something_to_do() {
        world.start();
        world.engine.drain();
        world.person("k1", "Budi", "budi@example.com");

        Worked worked = world.engine.step();

        assertThat(worked.any()).isFalse();
        assertThat(worked.next()).isEqualTo(world.clock.instant().plusMillis(250));
    }

    @Test
    void a_store_that_is_lost_between_a_write_and_its_outcome_makes_no_second_record() {
        world.start();
        world.engine.drain();
        world.crm.fates.add((write, takesEffect) -> {
            troubled.failing.add("commit");
            return takesEffect.get();
        });
        world.person("k1", "Budi", "budi@example.com");
        world.clock.pass(Duration.ofSeconds(1));
        world.engine.step();

        troubled.failing.clear();
        world.settle(Duration.ofMinutes(10));

        assertThat(world.crm.records).hasSize(1);
        assertThat(world.engine.status(World.SYNC).drained()).isTrue();
    }
}
