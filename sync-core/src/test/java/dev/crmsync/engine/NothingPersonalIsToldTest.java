package dev.crmsync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.ledger.SyncListener;
import dev.crmsync.planning.Due;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.Receipt;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.toy.Toy;
import dev.crmsync.toy.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whatever goes wrong, no message, reason or text form that leaves the engine bears a value of a person. */
class NothingPersonalIsToldTest {
    private static final String NAME = "Budi Santoso";
    private static final String EMAIL = "budi@example.com";

    private final List<String> told = new ArrayList<>();
    private final World world = new World();

    NothingPersonalIsToldTest() {
        world.setting = builder -> builder.attempts(2).listener(new Told());
        world.start();
    }

    /** Writes down all that is told. */
    private final class Told implements SyncListener {
        @Override
        public void deferred(String sync, String system, Duration delay, String reason) {
            told.add(reason);
        }

        @Override
        public void deadLetter(String sync, String system, String kind, String reason) {
            told.add(reason);
        }

        @Override
        public void paused(String sync, String system, String reason) {
            told.add(reason);
        }

        @Override
        public void wrote(String sync, String system, Due.Need need, String outcome) {
            told.add(outcome);
        }
    }

    private static RuntimeException careless() {
        return new IllegalArgumentException("cannot write " + NAME + " <" + EMAIL + ">");
    }

    private void budi() {
        world.tell(
                world.kirim,
                world.kirim.edit(
                        world.kirim("k1"), Map.of("name", NativeValue.text(NAME), "email", NativeValue.text(EMAIL))));
        world.settle(Duration.ofHours(3));
    }

    private void nothingPersonal() {
        world.engine.deadLetters(World.SYNC).list(null, 100).forEach(letter -> told.add(letter.toString()));
        world.engine.reviews(World.SYNC).open(null, 100).forEach(review -> told.add(review.toString()));
        told.add(world.engine.status(World.SYNC).toString());
        told.add(world.engine.census(World.SYNC).toString());
        assertThat(told).isNotEmpty().allSatisfy(text -> assertThat(text).doesNotContain("Budi", "Santoso", EMAIL));
    }

    @Test
    void an_adapter_that_quotes_what_it_was_given_when_it_writes() {
        for (int i = 0; i < 5; i++) {
            world.crm.fates.add(Toy.fails(careless()));
        }

        budi();

        assertThat(world.engine.status(World.SYNC).deadLetters()).isEqualTo(1);
        nothingPersonal();
    }

    @Test
    void an_adapter_that_quotes_what_it_was_given_when_it_reads() {
        budi();
        for (int i = 0; i < 5; i++) {
            world.crm.readFates.add(() -> {
                throw careless();
            });
        }
        RecordRef crm = world.crmOf(world.kirim("k1"));

        world.engine.syncNow(World.SYNC, crm);
        world.settle(Duration.ofHours(3));

        assertThat(world.engine.status(World.SYNC).deadLetters()).isEqualTo(1);
        nothingPersonal();
    }

    @Test
    void a_question_and_a_webhook_that_was_not_understood() {
        world.tell(
                world.crm,
                world.crm.edit(
                        world.crm("c9"), Map.of("name", NativeValue.text(NAME), "email", NativeValue.text(EMAIL))));
        world.settle();
        budi();
        world.engine.receive(World.SYNC, "kirim", world.kirim.webhook(new Receipt.Malformed("it is no JSON")));

        assertThat(world.engine.status(World.SYNC).reviews()).isEqualTo(1);
        assertThat(world.engine.status(World.SYNC).deadLetters()).isEqualTo(1);
        nothingPersonal();
    }

    @Test
    void credentials_that_were_refused() {
        world.crm.fates.add(Toy.fails(SyncException.of(Kind.AUTH, "the token was revoked")));

        budi();

        nothingPersonal();
    }
}
