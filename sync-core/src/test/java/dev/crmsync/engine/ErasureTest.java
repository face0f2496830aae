package dev.crmsync.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.memory.MemoryStore;
import dev.crmsync.review.Answer;
import dev.crmsync.review.Review;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.spi.store.Store;
import dev.crmsync.toy.Toy;
import dev.crmsync.toy.World;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A person who is erased is forgotten here, left alone at the systems, and never begun anew. */
class ErasureTest {
    private final Store store = new MemoryStore();
    private final World world = new World(store);
    private final RecordRef kirim = world.kirim("k1");

    private void erased() {
        world.start();
        world.peopleInStep(1, 3);
        world.engine.erase(World.SYNC, kirim);
    }

    @Test
    void no_value_is_kept_in_the_link_the_journal_or_the_explanation() {
        erased();

        assertThat(store.linkIds(World.SYNC, List.of(kirim))).isEmpty();
        String link = world.engine.linkOf(World.SYNC, kirim);
        assertThat(store.links(World.SYNC, List.of(link)).get(0).document().toUtf8())
                .doesNotContain("Person 1", "p1@example.com");
        assertThat(store.journal(World.SYNC, link, Long.MAX_VALUE, 100)).allSatisfy(entry -> {
            assertThat(entry.values()).isNull();
            assertThat(entry.skeleton().toUtf8()).doesNotContain("Person 1", "p1@example.com");
        });
        assertThat(world.engine.why(World.SYNC, kirim, Contact.NAME).text()).doesNotContain("Person 1");
    }

    @Test
    void what_is_told_of_it_later_is_not_kept_and_written_nowhere() {
        erased();
        int writes = world.crm.writes.size() + world.kirim.writes.size();

        world.tell(world.kirim, world.kirim.edit(kirim, "name", "Again"));
        world.settle();

        assertThat(world.crm.writes.size() + world.kirim.writes.size()).isEqualTo(writes);
        assertThat(world.engine.census(World.SYNC).links()).isEqualTo(1);
        assertThat(world.engine.why(World.SYNC, kirim, Contact.NAME).text()).doesNotContain("Again");
    }

    @Test
    void work_that_was_due_for_it_is_not_done() {
        world.start();
        world.peopleInStep(1, 2);
        world.kirim.fates.add(Toy.deferred());
        world.tell(world.crm, world.crm.edit(world.crmOf(kirim), "name", "New"));
        world.settle(Duration.ofSeconds(1));
        world.kirim.writes.clear();

        world.engine.erase(World.SYNC, kirim);
        world.settle(Duration.ofHours(1));

        assertThat(world.kirim.writes).isEmpty();
        assertThat(world.engine.status(World.SYNC).drained()).isTrue();
    }

    @Test
    void a_question_about_it_can_still_be_listed_and_answered_and_does_nothing() {
        world.crm.fates.add(Toy.rejected(Outcome.Rejection.INVALID, null));
        world.start();
        world.person("k1", "Budi", "budi@example.com");
        world.settle();
        world.engine.erase(World.SYNC, kirim);

        List<Review> open = world.engine.reviews(World.SYNC).open(null, 10);
        assertThatCode(() ->
                        open.forEach(review -> world.engine.reviews(World.SYNC).answer(review.id(), Answer.USE_AGREED)))
                .doesNotThrowAnyException();
        world.settle();

        assertThat(world.crm.records).isEmpty();
        assertThat(world.engine.reviews(World.SYNC).open(null, 10)).isEmpty();
    }

    @Test
    void a_dead_letter_of_its_work_can_still_be_tried_again_and_does_nothing() {
        world.setting = builder -> builder.attempts(1);
        world.crm.fates.add(Toy.deferred());
        world.start();
        world.person("k1", "Budi", "budi@example.com");
        world.settle();
        world.engine.erase(World.SYNC, kirim);

        world.engine
                .deadLetters(World.SYNC)
                .retry(world.engine.deadLetters(World.SYNC).list(null, 1).get(0).id());
        world.settle();

        assertThat(world.crm.records).isEmpty();
        assertThat(world.engine.status(World.SYNC).drained()).isTrue();
    }

    @Test
    void another_person_with_the_same_address_is_not_taken_for_it() {
        erased();

        world.person("k7", "Siti", "p1@example.com");
        world.settle();

        assertThat(world.crm.text(world.crmOf(world.kirim("k7")), "name")).isEqualTo("Siti");
        assertThat(world.engine.status(World.SYNC).reviews()).isZero();
    }

    @Test
    void erasing_twice_does_nothing_and_an_unknown_record_is_refused() {
        erased();

        assertThatCode(() -> world.engine.erase(World.SYNC, kirim)).doesNotThrowAnyException();
        assertThatThrownBy(() -> world.engine.erase(World.SYNC, world.kirim("nobody")))
                .isInstanceOfSatisfying(
                        SyncException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND));
    }

    @Test
    void the_person_is_left_as_they_are_at_the_systems() {
        erased();

        assertThat(world.crm.text(world.crmOf(kirim), "name")).isEqualTo("Person 1");
        assertThat(world.kirim.text(kirim, "name")).isEqualTo("Person 1");
    }
}
