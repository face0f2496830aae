package dev.crmsync.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.json.EventCodec;
import dev.crmsync.memory.MemoryStore;
import dev.crmsync.policy.NonOwnerEdit;
import dev.crmsync.policy.Policy;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.review.Answer;
import dev.crmsync.review.Review;
import dev.crmsync.spi.adapter.Receipt;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.spi.store.DeadLetterRow;
import dev.crmsync.spi.store.Unit;
import dev.crmsync.toy.Remains;
import dev.crmsync.toy.Toy;
import dev.crmsync.toy.TroubledStore;
import dev.crmsync.toy.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** After a person was erased no byte in the store tells anything of them, and nothing that is told later brings them back. */
class ErasedForGoodTest {
    /** Raw and canonical values, and the ids of the records. */
    private static final List<String> TELLING = List.of(
            "Zebulon",
            "zebulon",
            "Quagmire",
            "quagmire",
            "0812-9998",
            "+6281299988877",
            "99988877",
            "vip-zq",
            "Surakarta",
            "kx-7781",
            "cx-4410");

    private final MemoryStore store = new MemoryStore();
    private final TroubledStore troubled = new TroubledStore(store);
    private final World world = new World(store);
    private final RecordRef person = world.kirim("kx-7781");

    private static Map<String, NativeValue> values(String... pairs) {
        Map<String, NativeValue> values = new TreeMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            values.put(pairs[i], NativeValue.text(pairs[i + 1]));
        }
        return values;
    }

    /** Somebody whose values are in every place there is. */
    private void known() {
        world.policy = Policy.named("mine")
                .type(
                        RecordType.CONTACT,
                        contact -> contact.owned(Contact.NAME, "crm", NonOwnerEdit.REVIEW, "kirim")
                                .owned(Contact.EMAIL, "crm", "kirim")
                                .owned(Contact.PHONE, "kirim")
                                .setMerge(Contact.LABELS)
                                .owned(Contact.METADATA, "crm", "kirim")
                                .records("crm", RecordRule.CREATE));
        world.start();
        Map<String, NativeValue> all =
                values("name", "Zebulon Quagmire", "email", "Zebulon@Quagmire.example", "phone", "0812-9998-8877");
        all.put("labels", new NativeValue.Items(List.of(NativeValue.text("vip-zq"))));
        all.put("metadata", new NativeValue.Entries(Map.of("city", NativeValue.text("Surakarta"))));
        world.tell(world.kirim, world.kirim.edit(person, all));
        world.settle();
        world.clock.pass(Duration.ofMinutes(1));
        // A question, a write of unknown outcome, and one that is due.
        world.tell(world.kirim, world.kirim.edit(person, "name", "Zebulon Q."));
        world.settle();
        world.clock.pass(Duration.ofMinutes(1));
        // Another record of the same person, whose link was taken over.
        RecordRef twin = world.crm("cx-4410");
        world.tell(
                world.crm, world.crm.edit(twin, values("name", "Zebulon Twin", "email", "zebulon@quagmire.example")));
        world.settle();
        for (Review review : world.engine.reviews(World.SYNC).open(null, 10)) {
            if (review.aboutIdentity()) {
                world.engine.reviews(World.SYNC).answer(review.id(), Answer.SAME);
            }
        }
        world.settle();
        // An event that became a dead letter and reached no link, and a webhook that nobody understood.
        ChangeEvent lost = ChangeEvent.full(
                person, values("name", "Zebulon Lost"), AsOf.at(world.clock.instant()), Evidence.EVENT);
        store.commit(
                World.SYNC,
                List.of(Unit.builder()
                        .deadLetter(new DeadLetterRow(
                                "d1",
                                "kirim",
                                null,
                                "event",
                                "why",
                                world.clock.instant(),
                                new EventCodec().encode(lost)))
                        .deadLetter(new DeadLetterRow(
                                "d2",
                                "kirim",
                                null,
                                "webhook",
                                "why",
                                world.clock.instant(),
                                Bytes.utf8("{\"who\":\"Zebulon@Quagmire.example\"}")))
                        .deadLetter(new DeadLetterRow(
                                "d3",
                                "kirim",
                                null,
                                "webhook",
                                "why",
                                world.clock.instant(),
                                Bytes.utf8("{\"who\":\"somebody else\"}")))
                        .build()),
                null);
        world.crm.fates.add(Toy.answerLost());
        world.tell(world.kirim, world.kirim.edit(person, "phone", "0812-9998-8878"));
        world.engine.step();
        // An event that waits.
        world.tell(world.kirim, world.kirim.edit(person, "name", "Zebulon Waits"));
    }

    private static List<String> remains(Object store) {
        String all = Remains.of(store);
        return TELLING.stream().filter(all::contains).toList();
    }

    @Test
    void no_byte_of_the_store_tells_of_them() {
        known();
        assertThat(remains(store))
                .containsAll(TELLING.subList(0, 3))
                .contains("+6281299988877", "vip-zq", "Surakarta", "kx-7781", "cx-4410");

        world.engine.erase(World.SYNC, person);

        assertThat(remains(store)).isEmpty();
        assertThat(store.deadLetters(World.SYNC, null, 9))
                .extracting(DeadLetterRow::id)
                .contains("d3")
                .doesNotContain("d1", "d2");
        world.settle(Duration.ofDays(2));
        assertThat(remains(store)).isEmpty();
    }

    @Test
    void nothing_that_is_told_later_brings_them_back() {
        known();
        world.defining = sync -> sync.sweepEvery("kirim", Duration.ofHours(1)).sweepEvery("crm", Duration.ofHours(1));
        world.start();
        var webhook = world.kirim.tells(world.kirim.edit(person, "name", "Zebulon Twice"));
        world.engine.receive(World.SYNC, "kirim", webhook);
        world.engine.erase(World.SYNC, person);
        long links = store.countLinks(World.SYNC);
        int writes = world.crm.writes.size() + world.kirim.writes.size();

        world.engine.receive(World.SYNC, "kirim", webhook);
        world.tell(world.kirim, world.kirim.edit(person, "name", "Zebulon Late"));
        world.tell(world.crm, world.crm.edit(world.crmOf(person), "name", "Zebulon Late"));
        world.tell(
                world.crm, world.crm.edit(world.crm("cx-4411"), values("name", "Zebulon Copy", "kirim_id", "kx-7781")));
        for (int i = 0; i < 5; i++) {
            world.clock.pass(Duration.ofHours(2));
            world.settle();
        }
        world.engine.backfill(World.SYNC).dryRun();

        assertThat(store.countLinks(World.SYNC)).isEqualTo(links);
        assertThat(world.crm.writes.size() + world.kirim.writes.size()).isEqualTo(writes);
        assertThat(remains(store)).isEmpty();
        assertThat(world.engine.status(World.SYNC).deadLetters()).isEqualTo(1);
    }

    @Test
    void a_record_that_was_being_made_of_them_begins_nobody() {
        world.start();
        world.crm.fates.add((write, takesEffect) -> {
            world.engine.erase(World.SYNC, person);
            return takesEffect.get();
        });
        world.person("kx-7781", "Zebulon Quagmire", "zebulon@quagmire.example");
        world.settle();
        RecordRef made = world.crm.records.keySet().iterator().next();
        world.tell(world.crm, world.crm.edit(made, "kirim_id", ""));
        world.settle();

        assertThat(remains(store)).isEmpty();
        assertThat(store.countLinks(World.SYNC)).isEqualTo(1);
        assertThat(world.kirim.writes).isEmpty();
    }

    @Test
    void a_record_that_was_made_of_them_and_told_of_before_the_answer_is_erased_with_them() {
        world.start();
        world.crm.fates.add((write, takesEffect) -> {
            var answer = takesEffect.get();
            RecordRef made = world.crm.records.keySet().iterator().next();
            world.engine.erase(World.SYNC, person);
            world.tell(world.crm, world.crm.edit(made, "kirim_id", ""));
            return answer;
        });
        world.person("kx-7781", "Zebulon Quagmire", "zebulon@quagmire.example");
        world.settle();

        assertThat(remains(store)).isEmpty();
        assertThat(world.kirim.writes).isEmpty();
    }

    @Test
    void it_takes_effect_wholly_or_not_at_all() {
        known();
        String before = Remains.of(store);
        world.store = troubled.store;
        world.start();
        troubled.failing.add("commit");

        assertThatThrownBy(() -> world.engine.erase(World.SYNC, person)).hasMessageContaining("connection was lost");
        assertThat(Remains.of(store)).isEqualTo(before);

        troubled.failing.clear();
        troubled.calls.clear();
        world.engine.erase(World.SYNC, person);
        assertThat(troubled.calls).containsOnlyOnce("commit");
        assertThat(remains(store)).isEmpty();
    }

    @Test
    void an_event_of_them_that_could_not_be_understood_when_it_came_is_not_kept() {
        known();
        world.engine.erase(World.SYNC, person);
        world.engine.receive(
                World.SYNC,
                "kirim",
                world.kirim.webhook(new Receipt.Accepted(List.of(new Receipt.Keyed(
                        "late",
                        ChangeEvent.full(
                                person,
                                values("name", "Zebulon Late"),
                                AsOf.at(world.clock.instant()),
                                Evidence.EVENT))))));
        world.settle();

        assertThat(remains(store)).isEmpty();
    }
}
