package dev.crmsync.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.toy.World;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A system that somebody has paused is left alone until it is resumed, and loses nothing. */
class PausesTest {
    private final World world = new World().start();

    PausesTest() {
        world.peopleInStep(1, 2);
        world.kirim.writes.clear();
        world.kirim.reads.clear();
    }

    private void rename(String name) {
        world.tell(world.crm, world.crm.edit(world.crmOf(world.kirim("k1")), "name", name));
    }

    @Test
    void it_is_neither_read_nor_written_and_its_webhooks_are_taken() {
        world.engine.pause(World.SYNC, "kirim", "being moved");

        rename("Budi Santoso");
        int status = world.tell(world.kirim, world.kirim.edit(world.kirim("k1"), "phone", "+6281234567890"))
                .status();
        world.settle(Duration.ofSeconds(5));

        assertThat(status).isEqualTo(200);
        assertThat(world.kirim.writes).isEmpty();
        assertThat(world.kirim.reads).isEmpty();
        assertThat(world.crm.text(world.crmOf(world.kirim("k1")), "phone")).isEqualTo("+6281234567890");
        assertThat(world.engine.status(World.SYNC).paused()).containsEntry("kirim", "being moved");
    }

    @Test
    void once_resumed_it_is_given_what_it_missed_in_one_write() {
        world.engine.pause(World.SYNC, "kirim", "being moved");
        for (int i = 0; i < 5; i++) {
            rename("Budi " + i);
            world.settle(Duration.ofSeconds(2));
            world.clock.pass(Duration.ofSeconds(2));
        }

        world.engine.resume(World.SYNC, "kirim");
        world.settle();

        assertThat(world.kirim.writes).hasSize(1);
        assertThat(world.kirim.text(world.kirim("k1"), "name")).isEqualTo("Budi 4");
        assertThat(world.engine.status(World.SYNC).paused()).isEmpty();
    }

    @Test
    void pausing_twice_keeps_the_later_reason_and_resuming_twice_does_nothing() {
        world.engine.pause(World.SYNC, "kirim", "being moved");
        world.engine.pause(World.SYNC, "kirim", "still being moved");
        assertThat(world.engine.status(World.SYNC).paused()).containsEntry("kirim", "still being moved");

        world.engine.resume(World.SYNC, "kirim");
        world.engine.resume(World.SYNC, "kirim");
        assertThat(world.engine.status(World.SYNC).paused()).isEmpty();
    }

    @Test
    void a_reason_may_be_left_out() {
        world.engine.pause(World.SYNC, "kirim", "");

        assertThat(world.engine.status(World.SYNC).paused()).containsKey("kirim");
    }

    @Test
    void a_system_that_is_not_there_cannot_be_paused_or_resumed() {
        assertThatThrownBy(() -> world.engine.pause(World.SYNC, "nowhere", "x"))
                .isInstanceOfSatisfying(
                        SyncException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION))
                .hasMessageContaining("nowhere")
                .hasMessageContaining("[crm, kirim]");
        assertThatThrownBy(() -> world.engine.resume(World.SYNC, "nowhere"))
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("nowhere");
    }
}
