package dev.crmsync.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.memory.MemoryStore;
import dev.crmsync.review.DeadLetter;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Receipt;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.toy.Toy;
import dev.crmsync.toy.TroubledStore;
import dev.crmsync.toy.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What each kind of webhook is answered, and what becomes of it. */
class WebhookAnswersTest {
    private final TroubledStore troubled = new TroubledStore(new MemoryStore());
    private final World world = new World(troubled.store);

    private ChangeEvent named(String id, String name) {
        return world.kirim.edit(world.kirim(id), "name", name);
    }

    private WebhookAnswer receive(WebhookRequest request) {
        return world.engine.receive(World.SYNC, "kirim", request);
    }

    private List<DeadLetter> deadLetters() {
        return world.engine.deadLetters(World.SYNC).list(null, 10);
    }

    @Test
    void a_bad_signature_is_the_only_thing_that_is_answered_401_and_leaves_no_trace() {
        world.start();

        WebhookAnswer answer = receive(world.kirim.webhook(new Receipt.BadSignature()));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(world.engine.status(World.SYNC).inbox()).isZero();
        assertThat(deadLetters()).isEmpty();
        assertThat(troubled.calls).doesNotContain("accept");
    }

    @Test
    void a_well_signed_webhook_is_answered_200_once_it_is_stored_and_before_anything_is_planned() {
        world.start();

        WebhookAnswer answer = receive(world.kirim.tells(named("k1", "Budi"), named("k2", "Siti")));

        assertThat(answer).isEqualTo(new WebhookAnswer(200, "stored"));
        assertThat(world.engine.status(World.SYNC).inbox()).isEqualTo(2);
        assertThat(world.engine.status(World.SYNC).links()).isZero();
    }

    @Test
    void what_was_answered_200_is_planned_by_an_engine_that_is_started_afterwards_on_the_same_store() {
        world.start();
        receive(world.kirim.tells(named("k1", "Budi")));
        world.engine.close();

        world.start();
        world.settle();

        assertThat(world.crm.text(world.crm("crm-1"), "name")).isEqualTo("Budi");
    }

    @Test
    void a_webhook_that_cannot_be_stored_is_answered_503_and_taken_when_it_is_sent_again() {
        world.start();
        WebhookRequest request = world.kirim.tells(named("k1", "Budi"));

        troubled.failing.add("accept");
        WebhookAnswer refused = receive(request);
        troubled.failing.clear();
        WebhookAnswer taken = receive(request);

        assertThat(refused.status()).isEqualTo(503);
        assertThat(taken.status()).isEqualTo(200);
        assertThat(world.engine.status(World.SYNC).inbox()).isEqualTo(1);
    }

    @Test
    void a_malformed_webhook_that_cannot_be_kept_is_answered_503() {
        world.start();
        troubled.failing.add("commit");

        assertThat(receive(world.kirim.webhook(new Receipt.Malformed("no body")))
                        .status())
                .isEqualTo(503);
    }

    @Test
    void a_malformed_webhook_is_answered_200_and_kept_as_a_dead_letter_with_its_reason() {
        world.start();

        WebhookAnswer answer = receive(world.kirim.webhook(new Receipt.Malformed("it is no JSON")));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.kind()).isEqualTo("webhook");
            assertThat(letter.system()).isEqualTo("kirim");
            assertThat(letter.reason()).isEqualTo("it is no JSON");
        });
    }

    @Test
    void a_stale_webhook_is_answered_200_and_its_record_is_read_instead_of_its_body_applied() {
        world.start();
        RecordRef budi = world.kirim("k1");
        named("k1", "Budi");

        WebhookAnswer answer = receive(world.kirim.webhook(new Receipt.Stale(List.of(budi))));
        world.settle();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(world.kirim.reads).containsExactly(budi);
        assertThat(world.crm.text(world.crm("crm-1"), "name")).isEqualTo("Budi");
    }

    @Test
    void a_flood_of_stale_webhooks_about_one_record_causes_one_read_a_minute() {
        world.start();
        RecordRef budi = world.kirim("k1");
        named("k1", "Budi");

        for (int i = 0; i < 50; i++) {
            receive(world.kirim.webhook(new Receipt.Stale(List.of(budi))));
            world.settle(Duration.ofMillis(500));
        }
        int inTheFirstMinute = world.kirim.reads.size();
        world.clock.pass(Duration.ofMinutes(1));
        receive(world.kirim.webhook(new Receipt.Stale(List.of(budi))));
        world.settle();

        assertThat(inTheFirstMinute).isEqualTo(1);
        assertThat(world.kirim.reads).hasSize(2);
    }

    @Test
    void a_body_above_the_limit_is_answered_413_before_the_adapter_sees_it() {
        world.setting = builder -> builder.mostWebhookBytes(8);
        world.start();

        assertThat(receive(world.kirim.tells(named("k1", "Budi"))).status()).isEqualTo(413);
        assertThat(receive(new WebhookRequest("POST", "https://host/", Map.of(), Bytes.utf8("12345678")))
                        .status())
                .as("one of just that size is looked at")
                .isEqualTo(401);
    }

    @Test
    void a_duplicate_is_answered_200_and_stored_once_even_after_it_was_processed() {
        world.start();
        WebhookRequest request = world.kirim.tells(named("k1", "Budi"));

        receive(request);
        WebhookAnswer waiting = receive(request);
        world.settle();
        WebhookAnswer processed = receive(request);

        assertThat(waiting).isEqualTo(new WebhookAnswer(200, "nothing new"));
        assertThat(processed).isEqualTo(new WebhookAnswer(200, "nothing new"));
        assertThat(world.engine.status(World.SYNC).inbox()).isZero();
        assertThat(world.crm.writes).hasSize(1);
    }

    @Test
    void an_event_of_a_type_that_is_not_followed_is_answered_200_and_not_stored() {
        world.start();
        ChangeEvent foreign = ChangeEvent.partial(
                new RecordRef("kirim", "invoice", "i1"),
                Map.of("name", NativeValue.text("x")),
                AsOf.at(world.clock.instant()),
                Evidence.EVENT);

        assertThat(receive(world.kirim.tells(foreign)).status()).isEqualTo(200);
        assertThat(receive(world.kirim.webhook(new Receipt.Accepted(List.of()))).status())
                .isEqualTo(200);
        assertThat(world.engine.status(World.SYNC).inbox()).isZero();
    }

    @Test
    void an_event_that_speaks_of_another_system_than_it_came_from_is_of_no_account() {
        world.start();
        ChangeEvent forged =
                ChangeEvent.of(world.crm("c1"), ChangeKind.DELETE, AsOf.at(world.clock.instant()), Evidence.EVENT);

        assertThat(receive(world.kirim.tells(forged)).status()).isEqualTo(200);
        assertThat(world.engine.status(World.SYNC).inbox()).isZero();
    }

    @Test
    void an_unknown_sync_or_system_is_answered_404() {
        world.start();
        WebhookRequest request = world.kirim.tells(named("k1", "Budi"));

        assertThat(world.engine.receive("nobody", "kirim", request)).isEqualTo(new WebhookAnswer(404, "no such sync"));
        assertThat(world.engine.receive(World.SYNC, "nowhere", request))
                .isEqualTo(new WebhookAnswer(404, "no such system"));
    }

    @Test
    void an_adapter_that_has_nothing_to_check_the_signature_with_neither_takes_nor_refuses() {
        Toy forgetful = new ForgetfulToy(world);
        world.defining = sync -> sync.system("desk", forgetful);
        world.start();

        WebhookAnswer answer = world.engine.receive(World.SYNC, "desk", forgetful.webhook(new Receipt.BadSignature()));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).doesNotContain("hush");
    }

    @Test
    void a_dedupe_key_of_any_length_fits_into_the_store() {
        world.start();
        String key = "k".repeat(5_000);
        ChangeEvent event = named("k1", "Budi");

        WebhookRequest first = world.kirim.webhook(new Receipt.Accepted(List.of(new Receipt.Keyed(key, event))));
        WebhookRequest again = world.kirim.webhook(new Receipt.Accepted(List.of(new Receipt.Keyed(key, event))));
        receive(first);
        receive(again);

        int shard = troubled.store.pendingShards(World.SYNC).get(0);
        assertThat(troubled.store.pending(World.SYNC, shard, 10))
                .singleElement()
                .satisfies(row -> assertThat(row.event().dedupeKey()).hasSizeLessThanOrEqualTo(200));
    }

    /** Its secret is not known yet. */
    private static final class ForgetfulToy extends Toy {
        ForgetfulToy(World world) {
            super("desk", world.clock, World.contacts().withExternalId("kirim_id"));
        }

        @Override
        public Receipt receive(WebhookRequest request) {
            throw SyncException.configuration("system desk has no webhook secret yet, hush")
                    .inSystem("desk");
        }
    }

    @Test
    void the_events_of_one_webhook_are_one_row_each_and_name_their_own_records() {
        world.start();

        receive(world.kirim.tells(named("k1", "Budi"), named("k2", "Siti"), named("k3", "Ayu")));
        world.settle();

        assertThat(world.engine.status(World.SYNC).links()).isEqualTo(3);
        assertThat(world.crm.records.keySet()).extracting(RecordRef::type).containsOnly(Contact.TYPE);
        assertThat(world.crm.records.values())
                .extracting(record -> record.get("name"))
                .containsExactlyInAnyOrder(NativeValue.text("Budi"), NativeValue.text("Siti"), NativeValue.text("Ayu"));
    }
}
