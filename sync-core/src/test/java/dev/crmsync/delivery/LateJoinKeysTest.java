package dev.crmsync.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.planning.Reason;
import dev.crmsync.policy.Policy;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.review.Review;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.toy.Toy;
import dev.crmsync.toy.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A record that was made before its join key was known does not bear it, however well it is known by now. */
class LateJoinKeysTest {
    private final World world = new World();
    private final Toy help = new Toy("help", world.clock, World.contacts().withExternalId("kirim_id"));
    private final RecordRef customer = world.crm("c1");

    LateJoinKeysTest() {
        world.policy = Policy.named("two crms")
                .type(
                        RecordType.CONTACT,
                        contact -> contact.owned(Contact.NAME, "crm", "kirim").records("help", RecordRule.CREATE));
        world.setting = builder -> builder.gatherWindow(Duration.ZERO);
        world.defining = sync -> sync.system("help", help);
    }

    /** A customer at the CRM of whom Kirim knows nothing yet; the answer to the create at the help desk is lost. */
    private void lose(CreateLookup lookup, Toy.Fate fate) {
        help.lookup(lookup);
        help.fates.add(fate);
        world.start();
        world.tell(world.crm, world.crm.edit(customer, "name", "Budi"));
        world.settle(Duration.ofMillis(500));
        assertThat(help.writes).hasSize(1);
    }

    private void becomesKnownAtKirim() {
        world.clock.pass(Duration.ofMillis(10));
        world.kirim.edit(world.kirim("k1"), "name", "Budi");
        world.tell(world.crm, world.crm.edit(customer, Map.of("kirim_id", NativeValue.text("k1"))));
    }

    @Test
    void a_create_under_an_idempotency_key_is_repeated_byte_for_byte_all_the_same() {
        lose(new CreateLookup.IdempotencyKey(Duration.ofDays(1)), Toy.answerLost());
        becomesKnownAtKirim();

        world.settle();

        List<Write> writes = help.writes;
        assertThat(writes).hasSizeGreaterThan(1);
        assertThat(writes.get(1)).isEqualTo(writes.get(0));
        assertThat(help.records).hasSize(1);
    }

    @Test
    void a_create_that_could_be_looked_up_by_it_is_for_a_person_and_not_repeated() {
        lose(new CreateLookup.Lookup(Duration.ofMinutes(5)), (write, takesEffect) -> {
            becomesKnownAtKirim();
            world.engine.step();
            return Toy.answerLost().decide(write, takesEffect);
        });

        world.settle(Duration.ofHours(1));

        assertThat(help.finds).isEmpty();
        assertThat(help.writes).hasSize(1);
        assertThat(help.records).hasSize(1);
        assertThat(world.engine.reviews(World.SYNC).open(null, 10))
                .extracting(Review::reason)
                .containsExactly(Reason.CREATE_REVIEW);
    }

    @Test
    void nor_is_an_upsert_repeated_under_it() {
        lose(new CreateLookup.UniqueUpsert(), (write, takesEffect) -> {
            becomesKnownAtKirim();
            world.engine.step();
            return Toy.answerLost().decide(write, takesEffect);
        });

        world.settle(Duration.ofHours(1));

        assertThat(help.writes).hasSize(1);
        assertThat(help.records).hasSize(1);
        assertThat(world.engine.reviews(World.SYNC).open(null, 10))
                .extracting(Review::reason)
                .containsExactly(Reason.CREATE_REVIEW);
    }

    /** Kirim tells of the customer, who has a link there by then, before the help desk has answered. */
    private Toy.Fate takenOverFirst(Toy.Fate fate) {
        return (write, takesEffect) -> {
            world.tell(world.kirim, world.kirim.edit(world.kirim("k1"), "name", "Budi"));
            world.engine.step();
            becomesKnownAtKirim();
            world.engine.step();
            return fate.decide(write, takesEffect);
        };
    }

    private void isOneLink() {
        assertThat(help.writes).hasSize(1);
        assertThat(help.records).hasSize(1);
        assertThat(world.engine.census(World.SYNC).links()).isEqualTo(1);
    }

    @Test
    void a_create_that_is_answered_after_its_link_was_taken_over_has_made_the_record_of_both() {
        lose(new CreateLookup.None(), takenOverFirst((write, takesEffect) -> takesEffect.get()));

        world.settle(Duration.ofHours(1));

        isOneLink();
        assertThat(world.engine.reviews(World.SYNC).open(null, 10)).isEmpty();
        assertThat(world.engine
                        .why(World.SYNC, world.kirim("k1"), Contact.NAME)
                        .systems()
                        .get("help")
                        .record())
                .isNotNull();
        assertThat(world.engine.status(World.SYNC).drained()).isTrue();
    }

    @Test
    void one_that_is_not_answered_then_is_for_a_person() {
        lose(new CreateLookup.None(), takenOverFirst(Toy.answerLost()));

        world.settle(Duration.ofHours(1));

        isOneLink();
        assertThat(world.engine.reviews(World.SYNC).open(null, 10))
                .extracting(Review::reason)
                .containsExactly(Reason.CREATE_REVIEW);
    }
}
