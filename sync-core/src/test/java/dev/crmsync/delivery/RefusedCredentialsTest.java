package dev.crmsync.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.toy.Toy;
import dev.crmsync.toy.World;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A system that refuses our credentials is paused by itself; the others go on, and it catches up once it is resumed. */
class RefusedCredentialsTest {
    private final World world = new World();
    private final Toy desk = new Toy("desk", world.clock, World.contacts().withExternalId("kirim_id"));

    RefusedCredentialsTest() {
        world.defining = sync -> sync.system("desk", desk);
        world.start();
        world.peopleInStep(1, 4);
        for (int i = 1; i < 4; i++) {
            RecordRef record = desk.ref(Contact.TYPE, "d" + i);
            world.tell(desk, desk.edit(record, Map.of("kirim_id", NativeValue.text("k" + i), "name", value(i))));
        }
        world.settle();
        world.clock.pass(Duration.ofMinutes(1));
        desk.writes.clear();
        world.kirim.writes.clear();
    }

    private static NativeValue value(int person) {
        return NativeValue.text("Person " + person);
    }

    private void renameAll(String name) {
        for (int i = 1; i < 4; i++) {
            RecordRef record = world.crmOf(world.kirim("k" + i));
            world.tell(world.crm, world.crm.edit(record, "name", name + " " + i));
        }
    }

    private Map<String, String> paused() {
        return world.engine.status(World.SYNC).paused();
    }

    @Test
    void only_the_refusing_system_is_paused_and_the_others_are_brought_into_step() {
        desk.fates.add(Toy.fails(SyncException.of(Kind.AUTH, "the token was revoked; give a new one")));
        renameAll("New");

        world.settle(Duration.ofSeconds(30));

        assertThat(paused()).containsOnlyKeys("desk");
        assertThat(paused().get("desk")).contains("AUTH").contains("the token was revoked");
        assertThat(desk.writes).as("nothing is asked of it after the refusal").hasSize(1);
        for (int i = 1; i < 4; i++) {
            assertThat(world.kirim.text(world.kirim("k" + i), "name")).isEqualTo("New " + i);
        }
    }

    @Test
    void a_refused_write_costs_no_attempt_and_becomes_no_dead_letter_however_long_it_takes() {
        desk.fates.add(Toy.fails(SyncException.of(Kind.AUTH, "revoked")));
        renameAll("New");

        world.settle(Duration.ofSeconds(5));
        world.clock.pass(Duration.ofDays(3));
        world.settle(Duration.ofSeconds(5));

        assertThat(world.engine.status(World.SYNC).deadLetters()).isZero();
        assertThat(world.engine.status(World.SYNC).due())
                .allSatisfy(due -> assertThat(due.system()).isEqualTo("desk"));
    }

    @Test
    void once_it_is_resumed_it_is_brought_into_step_with_the_freshest_values() {
        desk.fates.add(Toy.fails(SyncException.of(Kind.AUTH, "revoked")));
        renameAll("New");
        world.settle(Duration.ofSeconds(5));
        world.clock.pass(Duration.ofMinutes(1));
        renameAll("Newer");
        world.settle(Duration.ofSeconds(5));
        desk.writes.clear();

        world.engine.resume(World.SYNC, "desk");
        world.settle();

        assertThat(paused()).isEmpty();
        assertThat(desk.writes).hasSize(3);
        for (int i = 1; i < 4; i++) {
            assertThat(desk.text(desk.ref(Contact.TYPE, "d" + i), "name")).isEqualTo("Newer " + i);
        }
        assertThat(world.engine.status(World.SYNC).drained()).isTrue();
    }

    @Test
    void a_read_that_is_refused_pauses_the_system_too() {
        desk.readFates.add(() -> {
            throw SyncException.of(Kind.AUTH, "revoked");
        });
        world.engine.syncNow(World.SYNC, desk.ref(Contact.TYPE, "d1"));

        assertThat(paused()).containsOnlyKeys("desk");
    }

    @Test
    void a_pause_outlives_the_engine() {
        desk.fates.add(Toy.fails(SyncException.of(Kind.AUTH, "revoked")));
        renameAll("New");
        world.settle(Duration.ofSeconds(5));
        world.engine.close();
        desk.writes.clear();

        world.start();
        world.settle(Duration.ofSeconds(5));

        assertThat(paused()).containsOnlyKeys("desk");
        assertThat(desk.writes).isEmpty();
    }
}
