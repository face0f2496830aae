package dev.crmsync.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.toy.Toy;
import dev.crmsync.toy.World;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One record is brought into step before the call returns, whatever else is waiting. */
class SyncNowTest {
    private final World world = new World().start();
    private final RecordRef kirim = world.kirim("k1");

    private void now(RecordRef ref) {
        world.engine.syncNow(World.SYNC, ref);
    }

    @Test
    void a_record_that_nobody_has_told_of_is_read_and_made_elsewhere_at_once() {
        world.kirim.edit(kirim, Map.of("name", NativeValue.text("Budi"), "email", NativeValue.text("b@example.com")));

        now(kirim);

        assertThat(world.crm.text(world.crm("crm-1"), "name")).isEqualTo("Budi");
        assertThat(world.engine.status(World.SYNC).drained()).isTrue();
    }

    @Test
    void an_edit_that_was_never_told_is_found_at_any_of_its_systems() {
        world.peopleInStep(1, 2);
        RecordRef crm = world.crmOf(kirim);
        world.crm.edit(crm, "name", "Missed");

        now(kirim);

        assertThat(world.kirim.text(kirim, "name")).isEqualTo("Missed");
        assertThat(world.engine.status(World.SYNC).drained()).isTrue();
    }

    @Test
    void a_record_that_is_in_step_is_read_once_at_each_system_and_written_nowhere() {
        world.peopleInStep(1, 2);
        int writes = world.kirim.writes.size() + world.crm.writes.size();

        now(world.crmOf(kirim));

        assertThat(world.kirim.reads).hasSize(1);
        assertThat(world.crm.reads).hasSize(1);
        assertThat(world.kirim.writes.size() + world.crm.writes.size()).isEqualTo(writes);
    }

    @Test
    void a_system_that_fails_is_asked_once_and_left_to_its_time() {
        world.peopleInStep(1, 2);
        world.crm.edit(world.crmOf(kirim), "name", "Missed");
        for (int i = 0; i < 3; i++) {
            world.kirim.fates.add(Toy.deferred());
        }
        world.kirim.writes.clear();

        now(kirim);

        assertThat(world.kirim.writes).hasSize(1);
        assertThat(world.engine.status(World.SYNC).drained()).isFalse();
    }

    @Test
    void a_record_that_does_not_exist_makes_nothing() {
        now(kirim);

        assertThat(world.crm.writes).isEmpty();
        assertThat(world.engine.status(World.SYNC).drained()).isTrue();
    }

    @Test
    void a_paused_system_is_not_asked() {
        world.peopleInStep(1, 2);
        world.engine.pause(World.SYNC, "crm", "being moved");
        world.crm.reads.clear();

        now(kirim);

        assertThat(world.crm.reads).isEmpty();
    }

    @Test
    void an_unknown_system_is_refused_with_those_that_there_are() {
        assertThatThrownBy(() -> now(new RecordRef("nowhere", "contact", "1")))
                .isInstanceOfSatisfying(
                        SyncException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION))
                .hasMessageContaining("nowhere")
                .hasMessageContaining("[crm, kirim]");
    }

    @Test
    void a_type_that_is_not_synced_is_refused_and_begins_no_link() {
        assertThatThrownBy(() -> now(new RecordRef("kirim", "invoice", "1")))
                .isInstanceOfSatisfying(
                        SyncException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION))
                .hasMessageContaining("invoice")
                .hasMessageContaining("contact");
        assertThat(world.engine.status(World.SYNC).links()).isZero();
    }
}
