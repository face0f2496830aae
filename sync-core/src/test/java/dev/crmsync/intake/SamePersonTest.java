package dev.crmsync.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.planning.Reason;
import dev.crmsync.review.Answer;
import dev.crmsync.review.Review;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.toy.Toy;
import dev.crmsync.toy.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** However the events of one person come, together, twice, or in the wrong order, one record is made of them. */
class SamePersonTest {
    private final World world = new World();

    private ChangeEvent kirim(String id, String name, String email) {
        return world.kirim.edit(
                world.kirim(id), Map.of("name", NativeValue.text(name), "email", NativeValue.text(email)));
    }

    private List<Review> reviews() {
        return world.engine.reviews(World.SYNC).open(null, 10);
    }

    @Test
    void create_and_update_in_one_webhook_make_one_record_with_the_later_values() {
        world.start();
        ChangeEvent created = kirim("k1", "Budi", "budi@example.com");
        world.clock.pass(Duration.ofMillis(3));
        ChangeEvent updated = kirim("k1", "Budi Santoso", "budi@example.com");

        world.tell(world.kirim, created, updated);
        world.settle();

        assertThat(world.crm.writes).hasSize(1);
        assertThat(world.crm.text(world.crm("crm-1"), "name")).isEqualTo("Budi Santoso");
    }

    @Test
    void an_update_that_overtakes_its_create_makes_one_record_with_the_later_values() {
        world.start();
        ChangeEvent created = kirim("k1", "Budi", "budi@example.com");
        world.clock.pass(Duration.ofMillis(3));
        ChangeEvent updated = kirim("k1", "Budi Santoso", "budi@example.com");

        world.tell(world.kirim, updated);
        world.settle();
        world.tell(world.kirim, created);
        world.settle();

        assertThat(world.crm.writes).hasSize(1);
        assertThat(world.crm.text(world.crm("crm-1"), "name")).isEqualTo("Budi Santoso");
    }

    @Test
    void a_burst_of_events_of_one_record_in_any_order_and_with_repeats_makes_one_record() {
        for (int seed = 0; seed < 200; seed++) {
            World shuffled = new World().start();
            RecordRef budi = shuffled.kirim("k1");
            List<ChangeEvent> events = new ArrayList<>();
            for (int digit = 1; digit < 5; digit++) {
                events.add(shuffled.kirim.edit(
                        budi,
                        Map.of(
                                "phone", NativeValue.text("+628123456789" + digit),
                                "email", NativeValue.text("budi@example.com"))));
                shuffled.clock.pass(Duration.ofMillis(7));
            }
            events.addAll(List.copyOf(events));
            Random chance = new Random(seed);
            Collections.shuffle(events, chance);
            for (ChangeEvent event : events) {
                shuffled.tell(shuffled.kirim, event);
                if (chance.nextInt(3) == 0) {
                    shuffled.settle(Duration.ofSeconds(1));
                }
            }
            shuffled.settle();

            assertThat(shuffled.crm.records).as("seed %d", seed).hasSize(1);
            assertThat(shuffled.crm.text(shuffled.crm("crm-1"), "phone"))
                    .as("seed %d", seed)
                    .isEqualTo("+6281234567894");
        }
    }

    @Test
    void keystrokes_within_the_gather_window_are_one_write() {
        world.start();
        for (String name : List.of("B", "Bu", "Bud", "Budi")) {
            world.tell(world.kirim, kirim("k1", name, "budi@example.com"));
            world.clock.pass(Duration.ofMillis(50));
            world.engine.drain();
        }

        world.settle();

        assertThat(world.crm.writes).hasSize(1);
        assertThat(world.crm.text(world.crm("crm-1"), "name")).isEqualTo("Budi");
    }

    @Test
    void a_record_and_the_one_that_bears_its_key_in_one_moment_are_one_link() {
        world.start();
        ChangeEvent crm = world.crm.edit(
                world.crm("c9"), Map.of("name", NativeValue.text("Budi"), "kirim_id", NativeValue.text("k1")));

        world.tell(world.crm, crm);
        world.tell(world.kirim, kirim("k1", "Budi", "budi@example.com"));
        world.settle();

        assertThat(world.engine.status(World.SYNC).links()).isEqualTo(1);
        assertThat(world.crm.records).containsOnlyKeys(world.crm("c9"));
        assertThat(reviews()).isEmpty();
    }

    @Test
    void two_records_of_one_person_in_one_batch_make_one_link_and_the_second_is_a_secondary_one() {
        world.start();
        Map<String, NativeValue> budi = Map.of("name", NativeValue.text("Budi"), "kirim_id", NativeValue.text("k1"));
        Map<String, NativeValue> again = Map.of("name", NativeValue.text("Budi S"), "kirim_id", NativeValue.text("k1"));

        world.tell(world.crm, world.crm.edit(world.crm("c1"), budi), world.crm.edit(world.crm("c2"), again));
        world.tell(world.kirim, kirim("k1", "Budi", "budi@example.com"));
        world.settle();

        assertThat(world.engine.census(World.SYNC).links()).isEqualTo(1);
        assertThat(world.engine.linkOf(World.SYNC, world.crm("c2")))
                .isEqualTo(world.engine.linkOf(World.SYNC, world.kirim("k1")));
        assertThat(world.kirim.text(world.kirim("k1"), "name")).isEqualTo("Budi");
        assertThat(world.crm.text(world.crm("c2"), "name")).isEqualTo("Budi S");
        assertThat(world.crm.records).hasSize(2);
        assertThat(world.engine.status(World.SYNC).drained()).isTrue();
    }

    @Test
    void two_records_with_one_email_in_one_batch_of_webhooks_make_one_record_and_a_question() {
        world.start();

        world.tell(world.kirim, kirim("k1", "Budi", "budi@example.com"), kirim("k2", "Budi S", "BUDI@example.com"));
        world.settle();

        assertThat(world.crm.records).hasSize(1);
        assertThat(reviews()).singleElement().satisfies(review -> {
            assertThat(review.reason()).isEqualTo(Reason.MATCH_REVIEW);
            assertThat(review.aboutIdentity()).isTrue();
        });
    }

    @Test
    void the_second_of_them_is_made_once_a_person_has_said_that_they_are_two() {
        world.start();
        world.tell(world.kirim, kirim("k1", "Budi", "budi@example.com"), kirim("k2", "Budi S", "budi@example.com"));
        world.settle();

        world.engine.reviews(World.SYNC).answer(reviews().get(0).id(), Answer.DIFFERENT);
        world.settle();

        assertThat(world.crm.records).hasSize(2);
        assertThat(reviews()).isEmpty();
        assertThat(world.engine.status(World.SYNC).drained()).isTrue();
    }

    @Test
    void the_second_of_them_waits_as_long_as_the_outcome_of_the_first_is_unknown() {
        world.crm.lookup(new CreateLookup.Lookup(Duration.ofMinutes(5)));
        world.crm.fates.add(Toy.answerLost());
        world.start();

        world.tell(world.kirim, kirim("k1", "Budi", "budi@example.com"), kirim("k2", "Budi S", "budi@example.com"));
        world.settle(Duration.ofMinutes(4));
        int whileUnknown = world.crm.writes.size();
        world.settle(Duration.ofMinutes(20));

        assertThat(whileUnknown).isEqualTo(1);
        assertThat(world.crm.records).hasSize(1);
        assertThat(reviews()).hasSize(1);
    }

    @Test
    void a_changed_email_is_an_update_and_no_new_record() {
        world.start();
        world.tell(world.kirim, kirim("k1", "Budi", "budi@example.com"));
        world.settle();
        world.clock.pass(Duration.ofMinutes(1));

        RecordRef made = world.crm("crm-1");
        world.tell(world.crm, world.crm.edit(made, "email", "santoso@example.com"));
        world.settle();
        world.tell(world.kirim, world.kirim.event(world.kirim("k1"), Evidence.EVENT));
        world.settle();

        assertThat(world.crm.records).hasSize(1);
        assertThat(world.kirim.text(world.kirim("k1"), "email")).isEqualTo("santoso@example.com");
        assertThat(reviews()).isEmpty();
    }
}
