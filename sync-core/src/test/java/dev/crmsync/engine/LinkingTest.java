package dev.crmsync.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.memory.MemoryStore;
import dev.crmsync.planning.Reason;
import dev.crmsync.review.Answer;
import dev.crmsync.review.Review;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.toy.World;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** People correct by hand which records are the same thing. */
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
    void a_record_that_is_taken_out_has_a_link_of_its_own_and_does_not_come_back_by_its_join_key() {
        inStep();
        String before = linkOf(kirim);

        String alone = world.engine.split(World.SYNC, crm);
        world.settle();
        world.tell(world.crm, world.crm.edit(crm, "name", "Somebody else"));
        world.settle();

        assertThat(linkOf(crm)).isEqualTo(alone).isNotEqualTo(before);
        assertThat(linkOf(kirim)).isEqualTo(before);
        assertThat(world.kirim.text(kirim, "name")).isEqualTo("Person 1");
        assertThat(world.crm.records).hasSize(1);
        assertThat(world.engine.history(World.SYNC, before).decisions())
                .anyMatch(decision -> decision.reason() == Reason.SPLIT);
    }

    @Test
    void whether_another_record_is_made_in_its_place_is_asked_and_done_once_it_bears_the_key_no_more() {
        inStep();
        world.engine.split(World.SYNC, crm);
        world.settle();
        List<Review> asked = world.engine.reviews(World.SYNC).open(null, 10);
        assertThat(asked).extracting(Review::reason).containsExactly(Reason.CREATE_REVIEW);
        world.tell(world.crm, world.crm.edit(crm, "kirim_id", ""));
        world.settle();

        world.engine.reviews(World.SYNC).answer(asked.get(0).id(), Answer.USE_AGREED);
        world.settle();

        assertThat(world.crm.records).hasSize(2);
        assertThat(world.crmOf(kirim)).isNotEqualTo(crm);
    }

    @Test
    void taking_it_out_again_does_nothing() {
        inStep();
        String once = world.engine.split(World.SYNC, crm);
        assertThat(world.engine.split(World.SYNC, crm)).isEqualTo(once);
    }

    @Test
    void a_record_that_is_left_alone_is_kept_in_step_with_nothing() {
        inStep();
        world.tell(world.crm, world.crm.edit(crm, "kirim_id", ""));
        world.settle();

        String alone = world.engine.unlink(World.SYNC, kirim);
        world.clock.pass(Duration.ofMinutes(1));
        world.tell(world.kirim, world.kirim.edit(kirim, "name", "Somebody else"));
        world.settle();

        assertThat(linkOf(kirim)).isEqualTo(alone).isNotEqualTo(linkOf(crm));
        assertThat(world.crm.records).hasSize(1);
        assertThat(world.crm.text(crm, "name")).isEqualTo("Person 1");
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
    void a_record_that_a_vendor_merged_away_is_found_out_by_the_read_when_its_half_was_missed() {
        inStep();
        RecordRef survivor = world.crm("c99");
        world.crm.edit(survivor, "kirim_id", "k1");
        world.crm.records.remove(crm);
        world.crm.readFates.add(() -> new Read.MergedInto(survivor, null));

        world.tell(world.crm, ChangeEvent.of(crm, ChangeKind.GAP, AsOf.at(world.clock.instant()), Evidence.EVENT));
        world.settle();

        assertThat(linkOf(survivor)).isEqualTo(linkOf(kirim));
        world.tell(world.kirim, world.kirim.edit(kirim, "phone", "+6281211112222"));
        world.settle();
        assertThat(world.crm.text(survivor, "phone")).isEqualTo("+6281211112222");
        assertThat(world.crm.records).hasSize(1);
    }

    @Test
    void a_record_that_is_not_known_is_refused_with_what_to_do() {
        inStep();
        assertThatThrownBy(() -> world.engine.split(World.SYNC, world.crm("nobody")))
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("syncNow");
    }
}
