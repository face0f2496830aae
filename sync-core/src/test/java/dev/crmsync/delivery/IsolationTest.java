package dev.crmsync.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.review.DeadLetter;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.toy.Toy;
import dev.crmsync.toy.ToyBatches;
import dev.crmsync.toy.World;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One poisonous record delays nobody else, and ends where a person finds it. */
class IsolationTest {
    private static final NativeValue POISON = NativeValue.text("Poison");

    private final World world = new World();

    private static boolean poisonous(Write write) {
        return POISON.equals(write.properties().get("name"));
    }

    private void people(int most) {
        for (int i = 1; i <= most; i++) {
            world.person("k" + i, i == 37 ? "Poison" : "Person " + i, "p" + i + "@example.com");
        }
    }

    private List<DeadLetter> deadLetters() {
        return world.engine.deadLetters(World.SYNC).list(null, 10);
    }

    private void ninetyNineAreMade() {
        assertThat(world.crm.records).hasSize(99);
        assertThat(world.crm.records.values()).noneMatch(record -> POISON.equals(record.get("name")));
    }

    @Test
    void ninety_nine_records_are_made_beside_one_that_the_adapter_chokes_on() {
        for (int i = 0; i < 2_000; i++) {
            world.crm.fates.add((write, takesEffect) -> {
                if (poisonous(write)) {
                    throw new IllegalStateException("Poison cannot be put into JSON");
                }
                return takesEffect.get();
            });
        }
        world.start();
        people(100);

        world.settle(Duration.ofSeconds(1));
        ninetyNineAreMade();
        world.settle(Duration.ofHours(6));

        assertThat(deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.kind()).isEqualTo("work");
            assertThat(letter.system()).isEqualTo("crm");
            assertThat(letter.reason()).doesNotContain("Poison").contains("IllegalStateException");
        });
        assertThat(world.engine.status(World.SYNC).drained()).isTrue();
    }

    @Test
    void an_error_in_an_adapter_that_is_built_for_another_library_breaks_off_no_turn() {
        for (int i = 0; i < 2_000; i++) {
            world.crm.fates.add((write, takesEffect) -> {
                if (poisonous(write)) {
                    throw new NoSuchMethodError("a library of another version");
                }
                return takesEffect.get();
            });
        }
        world.start();
        people(100);

        world.settle(Duration.ofSeconds(1));

        ninetyNineAreMade();
    }

    @Test
    void ninety_nine_records_are_made_though_one_of_them_spoils_every_batch_that_it_is_in() {
        ToyBatches crm = new ToyBatches("crm", world.clock, World.contacts().withExternalId("kirim_id"));
        crm.spoils = IsolationTest::poisonous;
        world.crm = crm;
        world.start();
        people(100);

        world.settle(Duration.ofHours(6));

        ninetyNineAreMade();
        assertThat(deadLetters()).hasSize(1);
        assertThat(crm.batches).as("few calls are made to find it").hasSizeLessThan(60);
    }

    @Test
    void records_that_are_declared_to_lack_reads_of_many_are_read_one_by_one() {
        ToyBatches crm = new ToyBatches("crm", world.clock, World.contacts().withExternalId("kirim_id"));
        crm.lacking = new Operation[] {Operation.READ_MANY};
        crm.unreadable = ref -> true;
        world.crm = crm;
        world.start();
        world.peopleInStep(1, 4);
        for (int i = 1; i <= 3; i++) {
            RecordRef record = world.crmOf(world.kirim("k" + i));
            crm.records.get(record).put("name", NativeValue.text("New " + i));
            world.tell(crm, ChangeEvent.of(record, ChangeKind.GAP, AsOf.at(world.clock.instant()), Evidence.EVENT));
        }
        world.settle(Duration.ofSeconds(1));

        for (int i = 1; i <= 3; i++) {
            assertThat(world.kirim.text(world.kirim("k" + i), "name")).isEqualTo("New " + i);
        }
    }

    @Test
    void ninety_nine_records_are_read_though_one_of_them_spoils_every_call_that_it_is_in() {
        ToyBatches crm = new ToyBatches("crm", world.clock, World.contacts().withExternalId("kirim_id"));
        world.crm = crm;
        world.start();
        world.peopleInStep(1, 101);
        RecordRef poison = world.crmOf(world.kirim("k37"));
        crm.unreadable = poison::equals;
        for (int i = 1; i <= 100; i++) {
            RecordRef record = world.crmOf(world.kirim("k" + i));
            crm.records.get(record).put("name", NativeValue.text("New " + i));
            world.tell(crm, ChangeEvent.of(record, ChangeKind.GAP, AsOf.at(world.clock.instant()), Evidence.EVENT));
        }
        world.settle(Duration.ofSeconds(1));

        for (int i = 1; i <= 100; i++) {
            assertThat(world.kirim.text(world.kirim("k" + i), "name")).isEqualTo(i == 37 ? "Person 37" : "New " + i);
        }
    }

    @Test
    void an_event_that_cannot_be_planned_becomes_a_dead_letter_and_the_rest_of_its_webhook_is_planned() {
        world.start();
        RecordRef spoilt = world.kirim("k37");
        world.engine.receive(
                World.SYNC,
                "kirim",
                world.kirim.tells(
                        world.kirim.edit(world.kirim("k1"), "name", "Budi"),
                        world.kirim.edit(spoilt, "labels", "no list of labels"),
                        world.kirim.edit(world.kirim("k2"), "name", "Siti")));

        world.settle();

        assertThat(world.crmOf(world.kirim("k1"))).isNotNull();
        assertThat(world.crmOf(world.kirim("k2"))).isNotNull();
        assertThat(world.engine.status(World.SYNC).inbox()).isZero();
    }

    @Test
    void a_record_that_a_vendor_refuses_holds_up_nobody() {
        for (int i = 0; i < 2_000; i++) {
            world.crm.fates.add((write, takesEffect) -> poisonous(write)
                    ? new Outcome.Rejected(Outcome.Rejection.INVALID, "name", null, "refused")
                    : takesEffect.get());
        }
        world.start();
        people(100);

        world.settle(Duration.ofSeconds(1));

        assertThat(world.crm.records).hasSizeGreaterThanOrEqualTo(99);
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void a_paused_system_delays_nobody_else() {
        Toy desk = new Toy("desk", world.clock, World.contacts().withExternalId("kirim_id"));
        world.defining = sync -> sync.system("desk", desk);
        world.start();
        world.peopleInStep(1, 21);
        for (int i = 1; i <= 20; i++) {
            RecordRef record = desk.ref(Contact.TYPE, "d" + i);
            world.tell(desk, desk.edit(record, "kirim_id", "k" + i));
        }
        world.settle();
        world.clock.pass(Duration.ofMinutes(1));
        world.engine.pause(World.SYNC, "desk", "being moved");
        desk.writes.clear();

        for (int i = 1; i <= 20; i++) {
            world.tell(world.crm, world.crm.edit(world.crmOf(world.kirim("k" + i)), "name", "New " + i));
        }
        world.settle(Duration.ofMillis(500));

        assertThat(desk.writes).isEmpty();
        for (int i = 1; i <= 20; i++) {
            assertThat(world.kirim.text(world.kirim("k" + i), "name")).isEqualTo("New " + i);
        }
    }
}
