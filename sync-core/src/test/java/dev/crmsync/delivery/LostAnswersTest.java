package dev.crmsync.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.planning.Reason;
import dev.crmsync.review.Answer;
import dev.crmsync.review.Review;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.toy.Toy;
import dev.crmsync.toy.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A create whose answer is lost is found again as the adapter declares, and never makes a second record by itself. */
class LostAnswersTest {
    private static final Duration LAG = Duration.ofMinutes(5);
    private static final Duration DAY = Duration.ofDays(1);

    private final World world = new World();

    private void lose(CreateLookup lookup, Toy.Fate fate) {
        world.crm.lookup(lookup);
        world.crm.fates.add((write, takesEffect) -> {
            // It was looked for before it was made, too: what counts are the look-ups after that.
            world.crm.finds.clear();
            return fate.decide(write, takesEffect);
        });
        world.start();
        world.person("k1", "Budi", "budi@example.com");
    }

    private List<Review> reviews() {
        return world.engine.reviews(World.SYNC).open(null, 10);
    }

    private void inStep() {
        assertThat(world.crm.records).hasSize(1);
        assertThat(world.crm.text(world.crm.records.keySet().iterator().next(), "name"))
                .isEqualTo("Budi");
        assertThat(world.engine.status(World.SYNC).drained()).isTrue();
        assertThat(world.engine
                        .why(World.SYNC, world.kirim("k1"), Contact.NAME)
                        .systems()
                        .get("crm")
                        .record())
                .isNotNull();
    }

    @Test
    void an_upsert_by_a_unique_key_is_repeated_at_once_and_finds_the_record_that_it_made() {
        lose(new CreateLookup.UniqueUpsert(), Toy.answerLost());
        world.crm.hidesCreated = true;

        world.settle();

        assertThat(world.crm.writes).hasSize(2);
        assertThat(reviews()).isEmpty();
        inStep();
    }

    @Test
    void an_upsert_by_a_unique_key_is_looked_up_first_and_not_repeated_over_what_is_found() {
        lose(new CreateLookup.UniqueUpsert(), Toy.answerLost());
        world.settle(Duration.ofMillis(500));
        world.crm.edit(world.crm("crm-1"), "phone", "+6281234567890");

        world.settle();

        assertThat(world.crm.finds).hasSize(1);
        assertThat(world.crm.writes).hasSize(1);
        assertThat(world.kirim.text(world.kirim("k1"), "phone")).isEqualTo("+6281234567890");
        assertThat(reviews()).isEmpty();
        inStep();
    }

    @Test
    void an_upsert_whose_request_was_lost_is_repeated_and_makes_the_record() {
        lose(new CreateLookup.UniqueUpsert(), Toy.requestLost());

        world.settle();

        assertThat(world.crm.writes).hasSize(2);
        inStep();
    }

    @Test
    void a_create_under_a_key_that_lives_is_repeated_byte_for_byte_and_fresher_values_follow_as_an_update() {
        lose(new CreateLookup.IdempotencyKey(DAY), Toy.answerLost());
        world.settle(Duration.ofMillis(500));
        world.clock.pass(Duration.ofMillis(10));
        world.tell(world.kirim, world.kirim.edit(world.kirim("k1"), "name", "Budi Santoso"));

        world.settle();

        List<Write> writes = world.crm.writes;
        assertThat(writes).hasSize(3);
        assertThat(writes.get(1)).isEqualTo(writes.get(0));
        assertThat(writes.get(0).idempotencyKey()).isNotBlank();
        assertThat(writes.get(2).creates()).isFalse();
        assertThat(world.crm.records).hasSize(1);
        assertThat(world.crm.text(world.crm("crm-1"), "name")).isEqualTo("Budi Santoso");
    }

    @Test
    void a_repetition_that_is_put_off_keeps_its_key() {
        lose(new CreateLookup.IdempotencyKey(DAY), Toy.answerLost());
        world.crm.fates.add(Toy.limited(Duration.ofSeconds(20), null));
        world.crm.fates.add(Toy.deferred());

        world.settle(Duration.ofHours(1));

        assertThat(world.crm.writes).hasSize(4);
        assertThat(world.crm.writes)
                .extracting(Write::idempotencyKey)
                .containsOnly(world.crm.writes.get(0).idempotencyKey());
        inStep();
    }

    @Test
    void a_create_whose_key_has_expired_goes_to_a_person_and_is_not_repeated() {
        world.setting = builder -> builder.attempts(1000);
        lose(new CreateLookup.IdempotencyKey(Duration.ofSeconds(1)), Toy.answerLost());

        world.settle(Duration.ofMillis(300));
        world.clock.pass(Duration.ofMinutes(1));
        world.settle();

        assertThat(world.crm.writes).hasSize(1);
        assertThat(world.crm.records).hasSize(1);
        assertThat(reviews()).singleElement().satisfies(review -> {
            assertThat(review.reason()).isEqualTo(Reason.CREATE_REVIEW);
            assertThat(review.system()).isEqualTo("crm");
            assertThat(review.field()).isNull();
        });
    }

    @Test
    void a_lost_create_is_looked_up_only_beyond_the_lag_and_taken_when_it_is_found() {
        lose(new CreateLookup.Lookup(LAG), Toy.answerLost());
        Instant sent = world.clock.instant();

        world.settle(LAG.minusSeconds(10));
        assertThat(world.crm.finds).isEmpty();
        world.settle(Duration.ofMinutes(2));

        assertThat(world.crm.finds).hasSize(1);
        assertThat(world.clock.instant()).isAfterOrEqualTo(sent.plus(LAG));
        assertThat(world.crm.writes).hasSize(1);
        inStep();
    }

    @Test
    void a_look_up_is_told_what_the_lost_create_was_sent_with() {
        lose(new CreateLookup.Lookup(LAG), Toy.answerLost());

        world.settle(LAG.plusMinutes(2));

        assertThat(world.crm.hints)
                .containsExactly(world.crm.writes.get(0).properties())
                .allSatisfy(hint -> assertThat(hint).containsEntry("name", NativeValue.text("Budi")));
    }

    @Test
    void a_lost_create_is_repeated_only_after_two_look_ups_beyond_the_lag_have_found_nothing() {
        lose(new CreateLookup.Lookup(LAG), Toy.requestLost());

        world.settle(LAG.plusMinutes(1));
        int writesAfterOne = world.crm.writes.size();
        int findsAfterOne = world.crm.finds.size();
        world.settle(LAG.plusMinutes(1));

        assertThat(findsAfterOne).isEqualTo(1);
        assertThat(writesAfterOne).isEqualTo(1);
        assertThat(world.crm.finds).hasSize(2);
        assertThat(world.crm.writes).hasSize(2);
        inStep();
    }

    @Test
    void a_lost_create_that_appears_between_the_look_ups_is_not_repeated() {
        lose(new CreateLookup.Lookup(LAG), Toy.answerLost());
        world.crm.hidesCreated = true;
        world.settle(LAG.plusMinutes(1));

        world.crm.hidesCreated = false;
        world.settle(LAG.plusMinutes(1));

        assertThat(world.crm.finds).hasSize(2);
        assertThat(world.crm.writes).hasSize(1);
        inStep();
    }

    @Test
    void a_lost_create_whose_record_is_told_of_by_a_webhook_needs_no_look_up() {
        lose(new CreateLookup.Lookup(LAG), Toy.answerLost());
        world.settle(Duration.ofSeconds(1));

        RecordRef made = world.crm("crm-1");
        world.tell(world.crm, world.crm.event(made, Evidence.EVENT));
        world.settle(LAG.multipliedBy(3));

        assertThat(world.crm.finds).isEmpty();
        assertThat(world.crm.writes).hasSize(1);
        inStep();
    }

    @Test
    void a_lost_create_that_cannot_be_looked_up_goes_to_a_person_at_once() {
        lose(new CreateLookup.None(), Toy.answerLost());

        world.settle(DAY);

        assertThat(world.crm.writes).hasSize(1);
        assertThat(world.crm.records).hasSize(1);
        assertThat(reviews())
                .singleElement()
                .satisfies(review -> assertThat(review.reason()).isEqualTo(Reason.CREATE_REVIEW));
    }

    @Test
    void a_person_may_have_a_lost_create_made_again() {
        lose(new CreateLookup.None(), Toy.requestLost());
        world.settle();

        world.engine.reviews(World.SYNC).answer(reviews().get(0).id(), Answer.USE_AGREED);
        world.settle();

        assertThat(world.crm.writes).hasSize(2);
        inStep();
    }

    @Test
    void a_person_may_leave_a_lost_create_alone() {
        lose(new CreateLookup.None(), Toy.requestLost());
        world.settle();

        world.engine.reviews(World.SYNC).answer(reviews().get(0).id(), Answer.LEAVE);
        world.settle(DAY);

        assertThat(world.crm.writes).hasSize(1);
        assertThat(reviews()).isEmpty();
    }

    @Test
    void an_adapter_that_answers_nothing_at_all_leaves_the_outcome_unknown() {
        lose(new CreateLookup.None(), (write, takesEffect) -> {
            assertThat(takesEffect.get()).isNotNull();
            return null;
        });

        world.settle();

        assertThat(world.crm.writes).hasSize(1);
        assertThat(reviews())
                .singleElement()
                .satisfies(review -> assertThat(review.reason()).isEqualTo(Reason.CREATE_REVIEW));
    }

    @Test
    void an_update_whose_answer_was_lost_is_settled_by_a_read_and_not_written_again() {
        world.start();
        world.person("k1", "Budi", "budi@example.com");
        world.settle();
        world.clock.pass(Duration.ofMinutes(1));
        world.kirim.fates.add(Toy.answerLost());

        world.tell(world.crm, world.crm.edit(world.crm("crm-1"), "name", "Budi Santoso"));
        world.settle();

        assertThat(world.kirim.writes).hasSize(1);
        assertThat(world.kirim.reads).containsExactly(world.kirim("k1"));
        assertThat(world.kirim.text(world.kirim("k1"), "name")).isEqualTo("Budi Santoso");
        assertThat(world.engine.status(World.SYNC).drained()).isTrue();
    }
}
