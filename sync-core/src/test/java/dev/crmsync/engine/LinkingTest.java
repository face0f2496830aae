package dev.crmsync.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.memory.MemoryStore;
import dev.crmsync.planning.Reason;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.toy.World;
import org.junit.jupiter.api.Test;

/** A person says which records are the same thing. */
class LinkingTest {
    private final MemoryStore store = new MemoryStore();
    private final World world = new World(store);
    private final RecordRef kirim = world.kirim("k1");
    private RecordRef crm;

    private void inStep() {
        world.start();
        world.peopleInStep(1, 2);
        crm = world.crmOf(kirim);
    }

    private String linkOf(RecordRef ref) {
        return world.engine.linkOf(World.SYNC, ref);
    }

    @Test
    void a_persons_word_undoes_it() {
        inStep();
        world.engine.split(World.SYNC, crm);
        world.settle();

        String joined = world.engine.join(World.SYNC, kirim, crm);
        world.settle();
        world.tell(world.crm, world.crm.edit(crm, "name", "Together again"));
        world.settle();

        assertThat(linkOf(crm)).isEqualTo(joined).isEqualTo(linkOf(kirim));
        assertThat(world.kirim.text(kirim, "name")).isEqualTo("Together again");
        assertThat(world.engine.reviews(World.SYNC).open(null, 10)).isEmpty();
        assertThat(world.engine.join(World.SYNC, crm, kirim)).isEqualTo(joined);
    }

    @Test
    void a_person_with_two_numbers_is_one_link_and_the_second_ones_edits_are_not_taken() {
        inStep();
        RecordRef second = world.person("k9", "Person 1 at work", "work@example.com");
        world.settle();

        world.engine.join(World.SYNC, kirim, second);
        world.settle();
        world.tell(world.kirim, world.kirim.edit(second, "phone", "+6281299998888"));
        world.settle();

        assertThat(linkOf(second)).isEqualTo(linkOf(kirim));
        assertThat(world.crm.text(crm, "phone")).isNotEqualTo("+6281299998888");
        assertThat(world.engine.history(World.SYNC, linkOf(kirim)).decisions())
                .anyMatch(decision -> decision.reason() == Reason.SECONDARY);

        world.engine.split(World.SYNC, second);
        world.settle();
        assertThat(linkOf(second)).isNotEqualTo(linkOf(kirim));
    }

    @Test
    void a_record_that_is_not_known_is_refused_with_what_to_do() {
        inStep();
        assertThatThrownBy(() -> world.engine.join(World.SYNC, kirim, world.crm("nobody")))
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("syncNow");
    }
}
