package dev.crmsync.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.review.DeadLetter;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.spi.store.DueCount;
import dev.crmsync.spi.store.Lane;
import dev.crmsync.toy.Toy;
import dev.crmsync.toy.World;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is tried again, when, how often, and what becomes of it in the end. */
class RetriesTest {
    private final World world = new World();
    private RecordRef budi;
    private RecordRef crm;

    private void begin() {
        world.start();
        world.peopleInStep(1, 2);
        budi = world.kirim("k1");
        crm = world.crmOf(budi);
        world.kirim.writes.clear();
        world.kirim.reads.clear();
    }

    private void rename(String name) {
        world.tell(world.crm, world.crm.edit(crm, "name", name));
    }

    private List<DeadLetter> deadLetters() {
        return world.engine.deadLetters(World.SYNC).list(null, 10);
    }

    @Test
    void a_deferred_write_is_sent_again_after_a_wait_that_grows() {
        begin();
        for (int i = 0; i < 3; i++) {
            world.kirim.fates.add(Toy.deferred());
        }
        rename("Budi Santoso");

        world.settle(Duration.ofSeconds(1));
        assertThat(world.kirim.writes).hasSize(1);
        assertThat(world.engine.status(World.SYNC).due())
                .extracting(DueCount::lane)
                .containsExactly(Lane.RETRY);
        world.settle(Duration.ofSeconds(4));
        int soon = world.kirim.writes.size();
        world.settle();

        assertThat(soon).isEqualTo(2);
        assertThat(world.kirim.writes).hasSize(4);
        assertThat(world.kirim.reads)
                .as("a deferred write is known not to have happened")
                .isEmpty();
        assertThat(world.kirim.text(budi, "name")).isEqualTo("Budi Santoso");
    }

    @Test
    void a_retry_sends_the_freshest_values() {
        begin();
        world.kirim.fates.add(Toy.deferred());
        rename("First");
        world.settle(Duration.ofSeconds(1));
        world.clock.pass(Duration.ofMillis(10));

        rename("Second");
        world.settle();

        assertThat(world.kirim.text(budi, "name")).isEqualTo("Second");
        assertThat(world.kirim.writes).hasSize(2);
    }

    @Test
    void the_wait_that_a_vendor_asks_for_is_kept_to_the_full() {
        begin();
        world.kirim.fates.add(Toy.limited(Duration.ofSeconds(50), null));
        rename("Budi Santoso");
        world.settle(Duration.ofSeconds(45));
        int within = world.kirim.writes.size();

        world.settle(Duration.ofSeconds(30));

        assertThat(within).isEqualTo(1);
        assertThat(world.kirim.writes).hasSize(2);
    }

    @Test
    void the_wait_that_a_vendor_asks_for_on_a_failed_read_is_kept_to_the_full() {
        begin();
        world.kirim.readFates.add(() -> {
            throw SyncException.of(Kind.TRANSIENT, "503").withRetryAfter(Duration.ofSeconds(50));
        });
        world.engine.syncNow(World.SYNC, budi);

        world.settle(Duration.ofSeconds(45));
        int within = world.kirim.reads.size();
        world.settle(Duration.ofSeconds(30));

        assertThat(within).isEqualTo(1);
        assertThat(world.kirim.reads).hasSize(2);
    }

    @Test
    void work_that_fails_as_often_as_is_allowed_becomes_a_dead_letter_and_is_left_alone() {
        world.setting = builder -> builder.attempts(3);
        begin();
        for (int i = 0; i < 10; i++) {
            world.kirim.fates.add(Toy.deferred());
        }
        rename("Budi Santoso");

        world.settle(Duration.ofHours(5));

        assertThat(world.kirim.writes).hasSize(3);
        assertThat(deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.kind()).isEqualTo("work");
            assertThat(letter.system()).isEqualTo("kirim");
            assertThat(letter.link()).isNotNull();
            assertThat(letter.reason()).isEqualTo("not now");
        });
        assertThat(world.engine.status(World.SYNC).drained()).isTrue();
    }

    @Test
    void a_dead_letter_that_is_tried_again_has_all_its_attempts_before_it_and_is_gone_when_it_succeeds() {
        world.setting = builder -> builder.attempts(2);
        begin();
        for (int i = 0; i < 3; i++) {
            world.kirim.fates.add(Toy.deferred());
        }
        rename("Budi Santoso");
        world.settle(Duration.ofHours(1));

        world.engine.deadLetters(World.SYNC).retry(deadLetters().get(0).id());
        world.settle(Duration.ofHours(1));

        assertThat(deadLetters()).isEmpty();
        assertThat(world.kirim.writes).hasSize(4);
        assertThat(world.kirim.text(budi, "name")).isEqualTo("Budi Santoso");
    }

    @Test
    void a_new_edit_of_a_record_with_a_dead_letter_is_written_all_the_same() {
        world.setting = builder -> builder.attempts(1);
        begin();
        world.kirim.fates.add(Toy.deferred());
        rename("First");
        world.settle();
        world.clock.pass(Duration.ofSeconds(1));

        rename("Second");
        world.settle();

        assertThat(world.kirim.text(budi, "name")).isEqualTo("Second");
    }

    @Test
    void an_update_of_unknown_outcome_is_read_before_anything_is_sent_again() {
        begin();
        world.kirim.fates.add(Toy.requestLost());
        rename("Budi Santoso");

        world.settle();

        assertThat(world.kirim.reads).hasSize(1);
        assertThat(world.kirim.writes).hasSize(2);
        assertThat(world.kirim.text(budi, "name")).isEqualTo("Budi Santoso");
    }

    @Test
    void a_refused_value_is_not_sent_again_and_a_new_one_is() {
        begin();
        world.kirim.fates.add(Toy.rejected(Outcome.Rejection.TOO_LONG, "name"));
        rename("A name that is too long");
        world.settle(Duration.ofHours(2));
        int refused = world.kirim.writes.size();

        rename("Budi");
        world.settle();

        assertThat(refused).isEqualTo(1);
        assertThat(world.kirim.text(budi, "name")).isEqualTo("Budi");
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void a_record_that_can_be_read_and_not_be_written_does_not_go_round_in_circles() {
        world.setting = builder -> builder.attempts(4);
        begin();
        for (int i = 0; i < 1000; i++) {
            world.kirim.fates.add(Toy.rejected(Outcome.Rejection.NOT_FOUND, null));
        }
        rename("Budi Santoso");

        world.settle(Duration.ofHours(5));

        assertThat(world.kirim.writes).hasSizeLessThanOrEqualTo(4);
        assertThat(deadLetters()).hasSize(1);
    }

    @Test
    void a_record_that_is_gone_when_it_is_written_is_read_once_and_followed_no_longer() {
        begin();
        world.kirim.records.remove(budi);
        world.kirim.fates.add(Toy.rejected(Outcome.Rejection.NOT_FOUND, null));
        rename("Budi Santoso");

        world.settle();

        assertThat(world.kirim.reads).containsExactly(budi);
        assertThat(world.kirim.writes).hasSize(1);
        assertThat(deadLetters()).isEmpty();
        assertThat(world.engine.status(World.SYNC).drained()).isTrue();
    }

    @Test
    void a_read_that_fails_again_and_again_becomes_a_dead_letter() {
        world.setting = builder -> builder.attempts(3);
        begin();
        for (int i = 0; i < 10; i++) {
            world.kirim.readFates.add(() -> new Read.Unknown("504", null));
        }
        world.engine.syncNow(World.SYNC, budi);

        world.settle(Duration.ofHours(1));

        assertThat(world.kirim.reads).hasSize(3);
        assertThat(deadLetters()).hasSize(1);
    }
}
