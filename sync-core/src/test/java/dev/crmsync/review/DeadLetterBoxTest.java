package dev.crmsync.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.memory.MemoryStore;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.Receipt;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.store.InboxEvent;
import dev.crmsync.spi.store.Store;
import dev.crmsync.toy.Toy;
import dev.crmsync.toy.World;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What cannot succeed without help is kept, told of, tried again when somebody says so, or dropped. */
class DeadLetterBoxTest {
    private final Store store = new MemoryStore();
    private final World world = new World(store);

    private DeadLetterBox box() {
        return world.engine.deadLetters(World.SYNC);
    }

    private DeadLetter only() {
        assertThat(box().list(null, 10)).hasSize(1);
        return box().list(null, 10).get(0);
    }

    private void work() {
        world.setting = builder -> builder.attempts(1);
        world.crm.fates.add(Toy.deferred());
        world.start();
        world.person("k1", "Budi", "budi@example.com");
        world.settle();
    }

    @Test
    void work_that_is_tried_again_is_done_with_the_freshest_values() {
        work();
        DeadLetter letter = only();

        box().retry(letter.id());
        world.settle();

        assertThat(world.crm.text(world.crm("crm-1"), "name")).isEqualTo("Budi");
        assertThat(box().list(null, 10)).isEmpty();
    }

    @Test
    void work_that_is_discarded_is_done_no_more_until_something_new_makes_it_due() {
        work();

        box().discard(only().id());
        world.settle(Duration.ofDays(2));
        assertThat(world.crm.records).isEmpty();
        world.tell(world.kirim, world.kirim.edit(world.kirim("k1"), "name", "Budi Santoso"));
        world.settle();

        assertThat(world.crm.text(world.crm("crm-1"), "name")).isEqualTo("Budi Santoso");
    }

    @Test
    void a_webhook_that_was_not_understood_cannot_be_tried_again_and_the_error_says_what_to_do() {
        world.start();
        world.engine.receive(World.SYNC, "kirim", world.kirim.webhook(new Receipt.Malformed("no JSON")));
        String id = only().id();

        assertThatThrownBy(() -> box().retry(id))
                .isInstanceOfSatisfying(
                        SyncException.class, e -> assertThat(e.kind()).isEqualTo(Kind.VALIDATION))
                .hasMessageContaining("update the adapter of kirim")
                .hasMessageContaining("discard");
        box().discard(id);
        assertThat(box().list(null, 10)).isEmpty();
    }

    @Test
    void an_unknown_dead_letter_is_refused_with_what_to_do_next() {
        world.start();

        for (String what : List.of("retry", "discard")) {
            assertThatThrownBy(() -> {
                        if (what.equals("retry")) {
                            box().retry("nobody");
                        } else {
                            box().discard("nobody");
                        }
                    })
                    .isInstanceOfSatisfying(
                            SyncException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND))
                    .hasMessageContaining("nobody")
                    .hasMessageContaining("list them");
        }
    }

    @Test
    void an_inbox_row_that_cannot_be_read_is_a_dead_letter_and_stops_nobody_behind_it() {
        world.start();
        for (int shard = 0; shard < 16; shard++) {
            store.accept(
                    World.SYNC,
                    List.of(new InboxEvent(
                            shard, "kirim", "broken" + shard, world.clock.instant(), Bytes.utf8("Budi's secrets"))));
        }
        world.person("k1", "Budi", "budi@example.com");

        world.settle();

        assertThat(world.crm.records).hasSize(1);
        assertThat(world.engine.status(World.SYNC).inbox()).isZero();
        assertThat(box().list(null, 100)).hasSize(16).allSatisfy(letter -> {
            assertThat(letter.kind()).isEqualTo("event");
            assertThat(letter.reason()).doesNotContain("Budi");
        });
        assertThatThrownBy(() -> box().retry(box().list(null, 1).get(0).id())).isInstanceOf(SyncException.class);
    }

    @Test
    void dead_letters_are_counted_in_the_status() {
        work();

        assertThat(world.engine.status(World.SYNC).deadLetters()).isEqualTo(1);
        assertThat(only().at()).isNotNull();
    }
}
