package dev.crmsync.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.safety.BackfillPlan;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.Quota;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.store.DueCount;
import dev.crmsync.spi.store.Lane;
import dev.crmsync.toy.Toy;
import dev.crmsync.toy.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a person has just done goes before what is tried again, and that before what a run has found. */
class LanesTest {
    private final World world = new World();

    private void knownToKirimAlone(int from, int to) {
        for (int i = from; i < to; i++) {
            world.kirim.edit(
                    world.kirim("k" + i),
                    Map.of(
                            "name",
                            NativeValue.text("Found " + i),
                            "email",
                            NativeValue.text("f" + i + "@example.com")));
        }
    }

    private BackfillPlan plan() {
        return world.engine.backfill(World.SYNC).dryRun();
    }

    private List<String> namesWritten() {
        List<String> names = new ArrayList<>();
        for (Write write : world.crm.writes) {
            names.add(write.properties().get("name") instanceof NativeValue.Text name ? name.text() : "");
        }
        return names;
    }

    private Map<Lane, Long> due() {
        Map<Lane, Long> lanes = new EnumMap<>(Lane.class);
        for (DueCount count : world.engine.status(World.SYNC).due()) {
            lanes.merge(count.lane(), count.rows(), Long::sum);
        }
        return lanes;
    }

    @Test
    void a_plan_that_waits_for_approval_writes_nothing() {
        world.start();
        knownToKirimAlone(1, 21);

        plan();
        world.settle(Duration.ofHours(1));

        assertThat(world.crm.writes).isEmpty();
        assertThat(due()).containsExactly(Map.entry(Lane.HELD, 20L));
    }

    @Test
    void a_live_edit_takes_its_link_out_of_the_parked_lane_and_leaves_the_others_there() {
        world.start();
        knownToKirimAlone(1, 21);
        plan();
        world.clock.pass(Duration.ofMinutes(1));

        world.tell(world.kirim, world.kirim.edit(world.kirim("k7"), "name", "Live"));
        world.settle();

        assertThat(namesWritten()).containsExactly("Live");
        assertThat(due()).containsExactly(Map.entry(Lane.HELD, 19L));
    }

    @Test
    void all_that_is_fresh_is_written_before_anything_that_a_run_has_found() {
        world.start();
        knownToKirimAlone(1, 21);
        BackfillPlan plan = plan();
        world.clock.pass(Duration.ofMinutes(1));
        for (int i = 100; i < 350; i++) {
            world.person("k" + i, "Live " + i, "l" + i + "@example.com");
        }
        world.clock.pass(Duration.ofSeconds(1));
        takeIn();
        world.engine.backfill(World.SYNC).apply(plan.hash());

        world.settle();

        List<String> names = namesWritten();
        assertThat(names).hasSize(270);
        assertThat(names.subList(0, 250)).allMatch(name -> name.startsWith("Live"));
    }

    /** Plans what waits in the inbox, and keeps delivery from working on it. */
    private void takeIn() {
        world.engine.pause(World.SYNC, "crm", "until all is planned");
        world.engine.drain();
        world.engine.resume(World.SYNC, "crm");
    }

    @Test
    void what_is_fresh_goes_before_what_is_tried_again_and_that_before_what_a_run_has_found() {
        world.start();
        knownToKirimAlone(1, 3);
        BackfillPlan plan = plan();
        world.clock.pass(Duration.ofMinutes(1));
        world.crm.fates.add(Toy.deferred());
        world.person("k50", "Again", "again@example.com");
        world.settle(Duration.ofSeconds(1));
        world.crm.writes.clear();
        world.person("k60", "Live", "live@example.com");
        takeIn();
        world.engine.pause(World.SYNC, "crm", "until all is due");
        world.engine.backfill(World.SYNC).apply(plan.hash());
        world.clock.pass(Duration.ofSeconds(30));
        world.engine.resume(World.SYNC, "crm");

        world.settle();

        assertThat(namesWritten().subList(0, 2)).containsExactly("Live", "Again");
        assertThat(namesWritten()).hasSize(4);
    }

    @Test
    void a_run_leaves_room_for_what_is_fresh_even_when_it_uses_up_its_quota() {
        world.crm.quotas = List.of(new Quota("all", 100, Duration.ofSeconds(10), Set.of(Operation.values())));
        world.start();
        knownToKirimAlone(1, 301);
        BackfillPlan plan = plan();
        world.engine.backfill(World.SYNC).apply(plan.hash());
        world.settle(Duration.ofSeconds(2));
        world.crm.writes.clear();

        world.person("k500", "Live", "live@example.com");
        world.clock.pass(Duration.ofMillis(251));
        world.engine.drain();

        assertThat(namesWritten()).contains("Live");
    }
}
