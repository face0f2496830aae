package dev.crmsync.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.toy.Toy;
import dev.crmsync.toy.World;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A plan that was approved is carried out by delivery as it was shown, and nothing but it. */
class BackfillThroughEngineTest {
    private final World world = new World();

    private void people(int from, int to) {
        for (int i = from; i < to; i++) {
            world.kirim.edit(
                    world.kirim("k" + i),
                    Map.of(
                            "name",
                            NativeValue.text("Person " + i),
                            "email",
                            NativeValue.text("p" + i + "@example.com")));
        }
    }

    private BackfillPlan plan() {
        return world.engine.backfill(World.SYNC).dryRun();
    }

    @Test
    void what_was_shown_is_what_is_done() {
        world.start();
        people(1, 31);
        RecordRef known = world.crm("c1");
        world.crm.edit(known, Map.of("name", NativeValue.text("Other"), "kirim_id", NativeValue.text("k1")));

        BackfillPlan plan = plan();
        world.engine.backfill(World.SYNC).apply(plan.hash());
        world.settle();

        SystemPlan crm = plan.systems().stream()
                .filter(system -> system.system().equals("crm"))
                .findFirst()
                .orElseThrow();
        assertThat(crm.creates()).isEqualTo(29);
        assertThat(world.crm.writes.stream().filter(write -> write.creates())).hasSize(29);
        assertThat(world.crm.writes.stream().filter(write -> !write.creates())).hasSize((int) crm.updates());
        assertThat(world.engine.status(World.SYNC).drained()).isTrue();
    }

    @Test
    void a_second_run_finds_nothing_to_do() {
        world.start();
        people(1, 31);
        world.engine.backfill(World.SYNC).apply(plan().hash());
        world.settle();
        int writes = world.crm.writes.size() + world.kirim.writes.size();

        BackfillPlan again = plan();
        world.engine.backfill(World.SYNC).apply(again.hash());
        world.settle();

        assertThat(again.systems())
                .allSatisfy(system -> assertThat(system.changes()).isZero());
        assertThat(world.crm.writes.size() + world.kirim.writes.size()).isEqualTo(writes);
    }

    @Test
    void a_lost_answer_in_a_run_makes_no_second_record() {
        world.start();
        people(1, 31);
        for (int i = 0; i < 10; i++) {
            world.crm.fates.add(Toy.answerLost());
            world.crm.fates.add(Toy.requestLost());
        }

        world.engine.backfill(World.SYNC).apply(plan().hash());
        world.settle();

        assertThat(world.crm.records).hasSize(30);
        assertThat(world.engine.status(World.SYNC).drained()).isTrue();
    }

    @Test
    void a_plan_under_another_hash_is_not_carried_out() {
        world.start();
        people(1, 3);
        plan();

        assertThatThrownBy(() -> world.engine.backfill(World.SYNC).apply("0000"))
                .isInstanceOf(SyncException.class);
        world.settle(Duration.ofHours(1));

        assertThat(world.crm.writes).isEmpty();
    }

    @Test
    void a_paused_system_refuses_a_run_with_what_to_do() {
        world.start();
        people(1, 3);
        world.engine.pause(World.SYNC, "kirim", "being moved");

        assertThatThrownBy(this::plan)
                .isInstanceOfSatisfying(
                        SyncException.class, e -> assertThat(e.kind()).isEqualTo(Kind.AUTH))
                .hasMessageContaining("being moved")
                .hasMessageContaining("resume");
    }
}
