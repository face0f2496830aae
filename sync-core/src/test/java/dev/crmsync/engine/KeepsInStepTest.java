package dev.crmsync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.toy.World;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class KeepsInStepTest {
    private final World world = new World().start();

    @Test
    void a_person_told_of_by_kirim_is_made_in_the_crm_under_the_kirim_id() {
        world.person("k1", "Budi", "budi@example.com");

        world.settle();

        RecordRef made = world.crm("crm-1");
        assertThat(world.crm.text(made, "name")).isEqualTo("Budi");
        assertThat(world.crm.text(made, "email")).isEqualTo("budi@example.com");
        assertThat(world.crm.text(made, "kirim_id")).isEqualTo("k1");
        assertThat(world.engine.status(World.SYNC).drained()).isTrue();
    }

    @Test
    void an_edit_of_the_owner_reaches_the_other_system_and_its_echo_causes_nothing() {
        world.person("k1", "Budi", "budi@example.com");
        world.settle();
        RecordRef crm = world.crm("crm-1");
        world.clock.pass(Duration.ofMinutes(1));

        world.tell(world.crm, world.crm.edit(crm, "name", "Budi Santoso"));
        world.settle();
        int writes = world.kirim.writes.size() + world.crm.writes.size();
        world.tell(world.kirim, world.kirim.event(world.kirim("k1"), dev.crmsync.spi.model.Evidence.EVENT));
        world.settle();

        assertThat(world.kirim.text(world.kirim("k1"), "name")).isEqualTo("Budi Santoso");
        assertThat(world.kirim.writes.size() + world.crm.writes.size()).isEqualTo(writes);
        assertThat(writes).isEqualTo(2);
    }
}
