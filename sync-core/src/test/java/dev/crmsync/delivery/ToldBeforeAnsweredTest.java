package dev.crmsync.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.review.Review;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.toy.Toy;
import dev.crmsync.toy.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A vendor often tells of a record by webhook before it answers the call that made it. */
class ToldBeforeAnsweredTest {
    private final World world = new World();

    ToldBeforeAnsweredTest() {
        world.setting = builder -> builder.gatherWindow(Duration.ZERO);
    }

    /** The record is made, told of and planned before the answer is given. */
    private Toy.Fate toldFirst(Function<RecordRef, ChangeEvent> told) {
        return (write, takesEffect) -> {
            var outcome = takesEffect.get();
            RecordRef made = write.creates() ? world.crm("crm-1") : write.ref();
            world.tell(made.system().equals("crm") ? world.crm : world.kirim, told.apply(made));
            world.engine.step();
            return outcome;
        };
    }

    private void oneLinkInStep() {
        List<Review> reviews = world.engine.reviews(World.SYNC).open(null, 10);
        assertThat(reviews).isEmpty();
        assertThat(world.crm.records).hasSize(1);
        assertThat(world.crm.writes).hasSize(1);
        assertThat(world.engine.census(World.SYNC).links()).isEqualTo(1);
        assertThat(world.engine.status(World.SYNC).drained()).isTrue();
    }

    @Test
    void one_that_bears_its_key_joins_the_link_that_made_it() {
        world.crm.fates.add(toldFirst(made -> world.crm.event(made, Evidence.EVENT)));
        world.start();
        world.person("k1", "Budi", "budi@example.com");

        world.settle();

        oneLinkInStep();
    }

    @Test
    void one_that_is_told_without_its_key_is_brought_into_the_link_that_made_it() {
        world.crm.fates.add(toldFirst(made -> ChangeEvent.partial(
                made, Map.of("name", NativeValue.text("Budi")), AsOf.at(world.clock.instant()), Evidence.EVENT)));
        world.start();
        world.person("k1", "Budi", "budi@example.com");

        world.settle();

        oneLinkInStep();
    }

    @Test
    void the_echo_of_an_update_that_comes_before_its_answer_causes_no_write() {
        world.start();
        world.peopleInStep(1, 2);
        RecordRef crm = world.crmOf(world.kirim("k1"));
        world.kirim.fates.add(toldFirst(made -> world.kirim.event(made, Evidence.EVENT)));
        int writes = world.crm.writes.size();

        world.tell(world.crm, world.crm.edit(crm, "name", "Budi Santoso"));
        world.settle();

        assertThat(world.kirim.writes).hasSize(1);
        assertThat(world.crm.writes).hasSize(writes);
        assertThat(world.kirim.text(world.kirim("k1"), "name")).isEqualTo("Budi Santoso");
    }

    @Test
    void an_edit_that_is_made_while_our_write_is_under_way_is_not_lost() {
        world.start();
        world.peopleInStep(1, 2);
        RecordRef crm = world.crmOf(world.kirim("k1"));
        world.kirim.fates.add((write, takesEffect) -> {
            var outcome = takesEffect.get();
            world.clock.pass(Duration.ofMillis(5));
            world.tell(world.crm, world.crm.edit(crm, "name", "Later"));
            world.engine.step();
            return outcome;
        });

        world.tell(world.crm, world.crm.edit(crm, "name", "Earlier"));
        world.settle();

        assertThat(world.kirim.text(world.kirim("k1"), "name")).isEqualTo("Later");
        assertThat(world.kirim.writes).hasSize(2);
    }
}
