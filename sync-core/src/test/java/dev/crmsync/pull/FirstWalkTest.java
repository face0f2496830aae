package dev.crmsync.pull;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.ledger.Arrival;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Presence;
import dev.crmsync.pull.WalkReport.Conclusion;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.store.Lane;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The first walk of all is compared with what was pushed before it, and one that asks something else is not. */
class FirstWalkTest {
    private final World world = new World();
    private final ToySystem crm = world.crm;

    private void pushed(String... ids) {
        List<Arrival> told = Stream.of(ids)
                .map(id -> Arrival.of(crm.event(id, Evidence.EVENT)))
                .toList();
        assertThat(world.ledger().observe(told, Lane.LIVE, null).left()).isEmpty();
    }

    @Test
    void it_asks_for_reads_of_what_was_pushed_before_it_and_is_not_listed() {
        crm.has(0, 6, "p%d@example.com");
        pushed("0001", "0002", "0003");
        crm.loses("0002");
        world.passes(Duration.ofHours(1));

        WalkReport report = world.walked(world.walk(crm), Lane.HELD);

        assertThat(report)
                .extracting(WalkReport::conclusion, WalkReport::absent, WalkReport::asked)
                .containsExactly(Conclusion.PROVED, 1L, 1L);
        LinkState absent = world.link(crm, "0002");
        assertThat(absent.side("crm").wanted()).isNotNull();
        assertThat(absent.side("crm").presence()).as("until it was read").isEqualTo(Presence.PRESENT);
        assertThat(absent.agreed()).containsKey("name");
        assertThat(world.due(Lane.values())).hasSize(1);
    }

    @Test
    void the_same_is_not_asked_again_by_the_second() {
        crm.has(0, 6, "p%d@example.com");
        pushed("0002");
        crm.loses("0002");
        world.passes(Duration.ofHours(1));
        world.walked(world.walk(crm), Lane.HELD);
        world.passes(Duration.ofHours(1));

        assertThat(world.walked(world.walk(crm), Lane.HELD).asked()).isZero();
    }

    @Test
    void a_walk_that_asks_another_question_asks_for_no_read_of_what_was_pushed_before_it() {
        crm.has(0, 6, "p%d@example.com");
        world.walked(world.walk(crm), Lane.HELD);
        crm.has("0099", "name", "Of another team");
        pushed("0099");
        crm.fingerprint = "contacts of one team";
        crm.order.remove("0099");
        world.passes(Duration.ofHours(1));

        WalkReport report = world.walked(world.walk(crm), Lane.HELD);

        assertThat(report)
                .extracting(WalkReport::conclusion, WalkReport::absent, WalkReport::asked)
                .containsExactly(Conclusion.BASELINE, 1L, 0L);
        assertThat(world.due(Lane.values())).isEmpty();
    }

    @Test
    void it_asks_nothing_when_it_lists_nothing_at_all() {
        crm.has(0, 3, "p%d@example.com");
        pushed("0000", "0001", "0002");
        List.copyOf(crm.order).forEach(crm::loses);
        world.passes(Duration.ofHours(1));

        assertThat(world.walked(world.walk(crm), Lane.HELD).conclusion()).isEqualTo(Conclusion.EMPTY);
        assertThat(world.due(Lane.values())).isEmpty();
    }
}
