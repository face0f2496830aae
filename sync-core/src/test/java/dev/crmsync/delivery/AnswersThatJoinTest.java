package dev.crmsync.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.ledger.SyncListener;
import dev.crmsync.planning.Due;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.toy.Toy;
import dev.crmsync.toy.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An answer may tell that its record is another link's: it is as fresh as before, no more and no less. */
class AnswersThatJoinTest {
    private final World world = new World();
    private final RecordRef theirs = world.crm("c9");
    private final List<Due.Need> reads = new ArrayList<>();

    AnswersThatJoinTest() {
        world.setting = builder -> builder.gatherWindow(Duration.ZERO).listener(new SyncListener() {
            @Override
            public void read(String sync, String system, Due.Need need, String answer) {
                reads.add(need);
            }
        });
    }

    /** Somebody has made the record that Kirim's person is to have, and nobody has told of it. */
    private void madeMeanwhile() {
        world.crm.edit(theirs, Map.of("kirim_id", NativeValue.text("k1"), "name", NativeValue.text("Budi Santoso")));
    }

    private void tell(ChangeEvent event) {
        world.tell(world.crm, event);
        world.engine.step();
    }

    private ChangeEvent part(String property, String value) {
        return ChangeEvent.partial(
                theirs, Map.of(property, NativeValue.text(value)), AsOf.at(world.clock.instant()), Evidence.EVENT);
    }

    private void isOneLinkAndHolds(String name) {
        RecordRef person = world.kirim("k1");
        assertThat(world.engine.why(World.SYNC, theirs, Contact.NAME).link())
                .isEqualTo(world.engine.why(World.SYNC, person, Contact.NAME).link());
        assertThat(world.crm.records).containsOnlyKeys(theirs);
        assertThat(world.crm.text(theirs, "name")).isEqualTo(name);
        assertThat(world.kirim.text(person, "name")).isEqualTo(name);
        assertThat(world.crm.writes).isEmpty();
        assertThat(world.engine.status(World.SYNC).drained()).isTrue();
    }

    @Test
    void one_that_itself_joins_two_links_is_not_overtaken_by_that() {
        world.crm = new Toy("crm", world.clock, World.contacts().withExternalId("kirim_id")) {
            @Override
            public Read find(String type, Write.ExternalId externalId) {
                // It is told of in part, and begins a link of its own, while the answer is under way.
                tell(part("phone", ""));
                return super.find(type, externalId);
            }
        };
        madeMeanwhile();
        world.start();
        world.person("k1", "Budi", "");

        world.settle();

        assertThat(reads).containsExactly(Due.Need.CREATE);
        isOneLinkAndHolds("Budi Santoso");
    }

    private void readWhile(Runnable meanwhile) {
        world.start();
        world.person("k1", "Budi", "");
        world.crm.hidesCreated = true;
        world.engine.pause(World.SYNC, "crm", "until it is told of");
        world.settle();
        madeMeanwhile();
        world.crm.readFates.add(() -> {
            Read old = new Read.Found(world.crm.event(theirs, Evidence.READ));
            world.clock.pass(Duration.ofSeconds(1));
            meanwhile.run();
            return old;
        });
        tell(part("phone", ""));
        world.engine.resume(World.SYNC, "crm");
    }

    @Test
    void one_that_was_overtaken_by_an_event_still_is_when_it_joins_two_links() {
        readWhile(() -> {
            world.crm.edit(theirs, "name", "Budi S.");
            tell(part("name", "Budi S."));
        });

        world.settle();

        isOneLinkAndHolds("Budi S.");
    }

    @Test
    void so_it_is_when_the_event_that_overtook_it_has_joined_them() {
        readWhile(() -> tell(world.crm.edit(theirs, "name", "Budi S.")));

        world.settle();

        isOneLinkAndHolds("Budi S.");
    }
}
