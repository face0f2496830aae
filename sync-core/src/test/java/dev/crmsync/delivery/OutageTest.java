package dev.crmsync.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.toy.World;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A system that is out for a night, or a week-end, needs nobody's help when it is back. */
class OutageTest {
    private final World world = new World();

    private void editedWhileKirimIsOutFor(Duration time) {
        world.start();
        world.peopleInStep(1, 21);
        world.kirim.writes.clear();
        Instant back = world.clock.instant().plus(time);
        for (int i = 0; i < 20_000; i++) {
            world.kirim.fates.add((write, takesEffect) -> world.clock.instant().isBefore(back)
                    ? new Outcome.Deferred(null, null, "the connection was refused")
                    : takesEffect.get());
        }
        for (int i = 1; i <= 20; i++) {
            world.tell(world.crm, world.crm.edit(world.crmOf(world.kirim("k" + i)), "name", "New " + i));
        }
    }

    private int deadLetters() {
        return world.engine.status(World.SYNC).deadLetters();
    }

    @Test
    void after_a_night_everything_is_brought_into_step_by_itself() {
        editedWhileKirimIsOutFor(Duration.ofHours(12));

        world.settle(Duration.ofHours(14));

        assertThat(deadLetters()).isZero();
        for (int i = 1; i <= 20; i++) {
            assertThat(world.kirim.text(world.kirim("k" + i), "name")).isEqualTo("New " + i);
        }
        assertThat(world.kirim.writes).as("it was not hammered meanwhile").hasSizeLessThan(20 * 30);
        assertThat(world.engine.status(World.SYNC).drained()).isTrue();
    }

    @Test
    void one_that_never_comes_back_is_given_up_in_the_end() {
        editedWhileKirimIsOutFor(Duration.ofDays(100));

        world.settle(Duration.ofDays(10));

        assertThat(deadLetters()).isEqualTo(20);
        assertThat(world.engine.status(World.SYNC).drained()).isTrue();
    }

    @Test
    void records_that_fail_while_others_are_answered_are_given_up_after_their_attempts() {
        world.start();
        world.peopleInStep(1, 31);
        for (int i = 0; i < 20_000; i++) {
            world.kirim.fates.add((write, takesEffect) ->
                    write.ref() != null && Integer.parseInt(write.ref().id().substring(1)) <= 5
                            ? new Outcome.Deferred(null, null, "500")
                            : takesEffect.get());
        }
        for (int hour = 0; hour < 5; hour++) {
            for (int i = 1; i <= 30; i++) {
                world.tell(
                        world.crm, world.crm.edit(world.crmOf(world.kirim("k" + i)), "phone", "+62812345678" + hour));
                world.tell(
                        world.crm, world.crm.edit(world.crmOf(world.kirim("k" + i)), "name", "Hour " + hour + " " + i));
            }
            world.settle(Duration.ofMinutes(10));
            for (int minute = 0; minute < 50; minute += 5) {
                int i = 6 + minute / 5;
                world.tell(world.crm, world.crm.edit(world.crmOf(world.kirim("k" + i)), "name", "At " + hour + minute));
                world.settle(Duration.ofMinutes(5));
            }
        }

        assertThat(deadLetters()).isGreaterThanOrEqualTo(5);
    }
}
