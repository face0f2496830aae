package dev.crmsync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.memory.MemoryStore;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.store.DueChange;
import dev.crmsync.spi.store.DueRow;
import dev.crmsync.spi.store.Lane;
import dev.crmsync.spi.store.Store;
import dev.crmsync.spi.store.Unit;
import dev.crmsync.toy.World;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Once an hour what is old is forgotten, and what was left asleep is woken. */
class UpkeepTest {
    private final Store store = new MemoryStore();
    private final World world = new World(store);

    @Test
    void an_event_is_known_for_as_long_as_is_said_and_does_nothing_even_afterwards() {
        world.setting = builder -> builder.remember(Duration.ofDays(2), Duration.ofDays(400));
        world.start();
        WebhookRequest request = world.kirim.tells(world.kirim.edit(world.kirim("k1"), "name", "Budi"));
        world.engine.receive(World.SYNC, "kirim", request);
        world.settle();

        world.clock.pass(Duration.ofDays(1));
        world.engine.drain();
        String within = world.engine.receive(World.SYNC, "kirim", request).body();
        world.clock.pass(Duration.ofDays(2));
        world.engine.drain();
        String afterwards = world.engine.receive(World.SYNC, "kirim", request).body();
        world.settle();

        assertThat(within).isEqualTo("nothing new");
        assertThat(afterwards).isEqualTo("stored");
        assertThat(world.crm.writes).hasSize(1);
    }

    @Test
    void decisions_are_explained_for_as_long_as_is_said() {
        world.setting = builder -> builder.remember(Duration.ofDays(35), Duration.ofDays(10));
        world.start();
        world.peopleInStep(1, 2);

        world.clock.pass(Duration.ofDays(11));
        world.engine.drain();
        Why why = world.engine.why(World.SYNC, world.kirim("k1"), Contact.NAME);

        assertThat(why.decisions()).isEmpty();
        assertThat(why.agreedAt()).isNull();
        assertThat(why.text()).contains("Person 1");
    }

    @Test
    void work_that_waits_for_a_record_that_is_there_already_is_woken_within_the_hour() {
        world.start();
        world.peopleInStep(1, 3);
        String child =
                world.engine.why(World.SYNC, world.kirim("k1"), Contact.NAME).link();
        String parent =
                world.engine.why(World.SYNC, world.kirim("k2"), Contact.NAME).link();
        DueRow asleep = new DueRow(World.SYNC, child, "crm", Lane.LIVE, world.clock.instant(), 0, false, parent);
        store.commit(
                World.SYNC,
                List.of(Unit.builder().due(new DueChange.Put(asleep, false)).build()),
                null);
        world.engine.drain();
        assertThat(world.engine.status(World.SYNC).drained()).isFalse();

        world.clock.pass(Duration.ofHours(1));
        world.engine.drain();

        assertThat(world.engine.status(World.SYNC).drained()).isTrue();
    }
}
