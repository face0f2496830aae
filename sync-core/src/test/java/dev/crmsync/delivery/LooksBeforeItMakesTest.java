package dev.crmsync.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.toy.Toy;
import dev.crmsync.toy.ToyBatches;
import dev.crmsync.toy.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A record is looked for by its join key before it is made, so that what somebody made meanwhile is not written over. */
class LooksBeforeItMakesTest {
    private final World world = new World();

    /** Somebody has made the record, with an address of their own, and nobody has told of it. */
    private RecordRef madeMeanwhile() {
        RecordRef ref = world.crm("c9");
        world.crm.edit(
                ref,
                Map.of(
                        "kirim_id", NativeValue.text("k1"),
                        "name", NativeValue.text("Budi Santoso"),
                        "email", NativeValue.text("b.santoso@example.com")));
        return ref;
    }

    private String linkOf(RecordRef ref) {
        return world.engine.why(World.SYNC, ref, Contact.NAME).link();
    }

    @Test
    void what_is_found_joins_the_link_and_nothing_is_made_or_written_over() {
        RecordRef theirs = madeMeanwhile();
        world.start();
        RecordRef person = world.person("k1", "Budi", "budi@example.com");

        world.settle();

        assertThat(world.crm.finds).hasSize(1);
        assertThat(world.crm.writes).isEmpty();
        assertThat(world.crm.records).containsOnlyKeys(theirs);
        assertThat(linkOf(theirs)).isEqualTo(linkOf(person));
        assertThat(world.kirim.text(person, "name")).as("the crm owns it").isEqualTo("Budi Santoso");
        assertThat(world.kirim.text(person, "email")).isEqualTo("b.santoso@example.com");
        assertThat(world.engine.status(World.SYNC).drained()).isTrue();
    }

    @Test
    void what_is_not_found_is_made_after_one_look() {
        world.start();
        RecordRef person = world.person("k1", "Budi", "budi@example.com");

        world.settle();

        assertThat(world.crm.finds).containsExactly(new Write.ExternalId("kirim_id", "k1"));
        assertThat(world.crm.writes)
                .singleElement()
                .satisfies(write -> assertThat(write.creates()).isTrue());
        assertThat(world.crm.text(world.crmOf(person), "name")).isEqualTo("Budi");
    }

    @Test
    void what_is_declared_to_lack_look_ups_is_made_without_one() {
        ToyBatches crm = new ToyBatches("crm", world.clock, World.contacts().withExternalId("kirim_id"));
        crm.lacking = new Operation[] {Operation.FIND};
        world.crm = crm;
        world.start();
        RecordRef person = world.person("k1", "Budi", "budi@example.com");

        world.settle();

        assertThat(crm.finds).isEmpty();
        assertThat(crm.text(world.crmOf(person), "name")).isEqualTo("Budi");
    }

    @Test
    void what_cannot_be_looked_for_now_is_not_made_before_it_was() {
        List<Integer> asked = new ArrayList<>();
        world.crm = new Toy("crm", world.clock, World.contacts().withExternalId("kirim_id")) {
            @Override
            public Read find(String type, Write.ExternalId externalId) {
                asked.add(writes.size());
                return asked.size() < 3 ? new Read.Unknown("503", null) : super.find(type, externalId);
            }
        };
        world.start();
        world.person("k1", "Budi", "budi@example.com");

        world.settle();

        assertThat(asked).containsExactly(0, 0, 0);
        assertThat(world.crm.writes).hasSize(1);
        assertThat(world.engine.status(World.SYNC).deadLetters()).isZero();
    }
}
