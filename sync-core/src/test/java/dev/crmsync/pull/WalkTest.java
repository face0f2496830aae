package dev.crmsync.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.ledger.Pauses;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Presence;
import dev.crmsync.pull.WalkReport.Conclusion;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.store.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WalkTest {
    private final World world = new World();
    private final ToySystem crm = world.crm;

    @Test
    void a_walk_brings_every_record() {
        crm.has(0, 10, "p%d@example.com");

        WalkReport report = world.walked(world.walk(crm), Lane.HELD);

        assertThat(report.records()).isEqualTo(10);
        assertThat(world.links()).hasSize(10).allMatch(link -> link.side("crm").presence() == Presence.PRESENT);
        assertThat(crm.listed).containsExactly(0, 3, 6, 9);
    }

    @Test
    void what_a_walk_finds_is_due_in_the_lane_that_it_was_given() {
        crm.has("1", "name", "Old");
        world.walked(world.walk(crm), Lane.HELD);
        world.kirim.has("k1", "name", "New");
        world.walked(world.walk(world.kirim), Lane.HELD);

        assertThat(world.due(Lane.HELD)).extracting(row -> row.system()).containsOnly("crm");
        assertThat(world.due(Lane.LIVE, Lane.RETRY, Lane.BACKFILL)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_walk_that_is_killed_anywhere_goes_on_and_ends_as_if_nothing_had_happened(boolean diesAfterwards) {
        int lives = 0;
        boolean killed = true;
        while (killed) {
            World world = new World();
            world.crm.has(0, 10, "p%d@example.com");
            world.diesAfterwards = diesAfterwards;
            world.lives = lives;
            Instant since = world.now;
            killed = isKilled(() -> world.walked(world.walk(world.crm), Lane.HELD, since));
            world.rises();
            WalkReport report = world.walked(world.walk(world.crm), Lane.HELD, since);

            assertThat(report.records()).as("killed at call %s", lives).isEqualTo(10);
            assertThat(world.links())
                    .as("killed at call %s", lives)
                    .extracting(link -> link.agreed().get("email").value().toString())
                    .hasSize(10)
                    .doesNotHaveDuplicates();
            assertThat(world.crm.listed).as("killed at call %s", lives).hasSizeLessThanOrEqualTo(5);
            lives++;
        }
        assertThat(lives).isGreaterThan(8);
    }

    private static boolean isKilled(Runnable run) {
        try {
            run.run();
            return false;
        } catch (World.Killed killed) {
            return true;
        }
    }

    @Test
    void a_repeated_page_changes_nothing() {
        crm.has(0, 5, "p%d@example.com");
        world.walked(world.walk(crm), Lane.HELD);
        List<LinkState> before = world.links();
        world.passes(Duration.ofHours(1));
        world.walked(world.walk(crm), Lane.HELD);

        assertThat(world.links())
                .usingRecursiveComparison()
                .ignoringFields("seq")
                .isEqualTo(before);
        assertThat(world.due(Lane.values())).isEmpty();
    }

    @Test
    void a_page_that_fails_concludes_nothing_and_is_asked_for_again() {
        world.crm.pageSize = 2;
        crm.has(0, 18, "p%d@example.com");
        world.walked(world.walk(crm), Lane.HELD);
        world.passes(Duration.ofHours(1));
        AtomicInteger failures = new AtomicInteger(4);
        crm.beforePage = offset -> {
            if (offset == 4 && failures.getAndDecrement() > 0) {
                throw SyncException.of(Kind.TRANSIENT, "503");
            }
        };
        Walk walk = world.walk(crm);
        Instant since = world.now;
        Step step = walk.step(Lane.HELD, since, null);
        while (step instanceof Step.Went) {
            step = walk.step(Lane.HELD, since, null);
        }

        assertThat(step).isInstanceOf(Step.Waits.class);
        assertThat(world.due(Lane.values())).isEmpty();
        crm.listed.clear();
        WalkReport report = world.walked(walk, Lane.HELD, since);
        assertThat(report.conclusion()).isEqualTo(Conclusion.PROVED);
        assertThat(report.absent()).isZero();
        assertThat(crm.listed).startsWith(4, 6, 8);
    }

    @Test
    void each_failure_in_a_row_makes_the_walk_wait_longer() {
        crm.has("1", "name", "A");
        crm.beforePage = offset -> {
            throw SyncException.of(Kind.TRANSIENT, "503");
        };
        Walk walk = world.walk(crm);
        Instant since = world.now;
        walk.step(Lane.HELD, since, null);

        assertThat(waits(walk, since)).isEqualTo(Duration.ofSeconds(1));
        assertThat(waits(walk, since)).isEqualTo(Duration.ofSeconds(2));
        assertThat(waits(walk, since)).isEqualTo(Duration.ofSeconds(4));
        for (int i = 0; i < 20; i++) {
            assertThat(waits(walk, since)).isLessThanOrEqualTo(Duration.ofMinutes(5));
        }
    }

    @Test
    void a_vendor_that_names_a_time_is_left_alone_for_so_long() {
        crm.has("1", "name", "A");
        crm.beforePage = offset -> {
            throw SyncException.of(Kind.RATE_LIMITED, "429").withRetryAfter(Duration.ofSeconds(42));
        };
        Walk walk = world.walk(crm);
        walk.step(Lane.HELD, world.now, null);

        assertThat(waits(walk, world.now)).isEqualTo(Duration.ofSeconds(42));
    }

    @Test
    void a_cursor_that_is_no_longer_good_begins_the_walk_anew() {
        crm.has(0, 9, "p%d@example.com");
        AtomicInteger refused = new AtomicInteger();
        crm.beforePage = offset -> {
            if (offset == 6 && refused.getAndIncrement() == 0) {
                throw SyncException.of(Kind.VALIDATION, "cursor expired");
            }
        };
        WalkReport report = world.walked(world.walk(crm), Lane.HELD);

        assertThat(crm.listed).containsExactly(0, 3, 0, 3, 6);
        assertThat(report.records()).isEqualTo(9);
        assertThat(world.links()).hasSize(9);
    }

    @Test
    void a_cursor_that_is_never_good_does_not_turn_in_circles() {
        crm.has(0, 9, "p%d@example.com");
        crm.beforePage = offset -> {
            if (offset == 6) {
                throw SyncException.of(Kind.VALIDATION, "cursor expired");
            }
        };
        Walk walk = world.walk(crm);
        Instant since = world.now;
        Step step = walk.step(Lane.HELD, since, null);
        for (int steps = 0; step instanceof Step.Went && steps < 100; steps++) {
            step = walk.step(Lane.HELD, since, null);
        }
        assertThat(step).isInstanceOf(Step.Waits.class);
    }

    @Test
    void a_cursor_that_stands_still_ends_the_walk_and_proves_nothing() {
        crm.has(0, 9, "p%d@example.com");
        world.walked(world.walk(crm), Lane.HELD);
        world.passes(Duration.ofHours(1));
        crm.pageSize = 0;

        assertThat(world.walked(world.walk(crm), Lane.HELD).conclusion()).isIn(Conclusion.PARTIAL, Conclusion.EMPTY);
        assertThat(world.due(Lane.values())).isEmpty();
    }

    @Test
    void a_list_that_shifts_while_it_is_walked_makes_no_record_twice() {
        crm.has(0, 6, "p%d@example.com");
        crm.beforePage = offset -> {
            if (offset == 3 && crm.order.size() == 6) {
                crm.order.add(0, "0099");
                crm.has("0099", "name", "Shifting");
                crm.order.remove(crm.order.size() - 1);
            }
        };
        WalkReport report = world.walked(world.walk(crm), Lane.HELD);

        assertThat(report.records()).isEqualTo(6);
        assertThat(world.links()).hasSize(6);
    }

    @Test
    void a_record_that_a_shifting_list_skips_is_read_and_stays() {
        crm.has(0, 9, "p%d@example.com");
        world.walked(world.walk(crm), Lane.HELD);
        world.passes(Duration.ofHours(1));
        crm.beforePage = offset -> {
            if (offset == 3 && crm.order.contains("0000")) {
                crm.loses("0000");
            }
        };
        WalkReport report = world.walked(world.walk(crm), Lane.BACKFILL);

        assertThat(report.conclusion()).isEqualTo(Conclusion.PROVED);
        assertThat(report.absent()).as("the one that the shift hid").isEqualTo(1);
        assertThat(world.due(Lane.BACKFILL)).hasSize(1);
        assertThat(world.link(crm, "0003").side("crm").wanted()).isNotNull();
        assertThat(world.links()).allMatch(link -> link.side("crm").presence() == Presence.PRESENT);
    }

    @Test
    void absence_from_a_complete_walk_wants_a_read_and_deletes_nothing() {
        crm.has(0, 6, "p%d@example.com");
        world.walked(world.walk(crm), Lane.HELD);
        crm.loses("0002");
        world.passes(Duration.ofHours(1));
        WalkReport report = world.walked(world.walk(crm), Lane.HELD);

        assertThat(report)
                .extracting(WalkReport::conclusion, WalkReport::absent, WalkReport::asked)
                .containsExactly(Conclusion.PROVED, 1L, 1L);
        LinkState absent = world.link(crm, "0002");
        assertThat(absent.side("crm").presence()).isEqualTo(Presence.PRESENT);
        assertThat(absent.side("crm").wanted()).isNotNull();
        assertThat(absent.agreed()).containsKey("name");
        assertThat(world.due(Lane.HELD)).hasSize(1);
    }

    /** A record that was gone when the last walk looked came back, and was seen to, before it was gone for good. */
    @Test
    void the_absence_of_a_record_that_was_seen_to_be_there_since_the_last_walk_is_asked_about_again() {
        crm.has(0, 6, "p%d@example.com");
        world.walked(world.walk(crm), Lane.HELD);
        crm.loses("0002");
        world.passes(Duration.ofDays(1));
        assertThat(world.walked(world.walk(crm), Lane.HELD).asked()).isEqualTo(1);
        world.passes(Duration.ofMinutes(1));
        world.reads(crm, "0002", "name", "there");
        world.passes(Duration.ofDays(1));
        assertThat(world.walked(world.walk(crm), Lane.HELD).asked())
                .as("that was the read that the walk had asked for")
                .isZero();

        world.passes(Duration.ofHours(1));
        world.reads(crm, "0002", "name", "back");
        world.passes(Duration.ofDays(1));

        assertThat(world.walked(world.walk(crm), Lane.HELD).asked()).isEqualTo(1);
    }

    @Test
    void the_same_absence_is_asked_about_once() {
        crm.has(0, 6, "p%d@example.com");
        world.walked(world.walk(crm), Lane.HELD);
        crm.loses("0002");
        for (int day = 0; day < 3; day++) {
            world.passes(Duration.ofDays(1));
            assertThat(world.walked(world.walk(crm), Lane.HELD).asked()).isEqualTo(day == 0 ? 1 : 0);
        }
    }

    @Test
    void a_first_walk_concludes_nothing_from_what_it_lacks() {
        crm.has(0, 6, "p%d@example.com");
        world.walked(world.walk(crm), Lane.HELD);
        crm.fingerprint = "contacts of one team";
        crm.loses("0001");
        crm.loses("0002");
        world.passes(Duration.ofHours(1));
        WalkReport filtered = world.walked(world.walk(crm), Lane.HELD);

        assertThat(filtered.conclusion()).isEqualTo(Conclusion.BASELINE);
        assertThat(filtered.absent()).isEqualTo(2);
        assertThat(world.due(Lane.values())).isEmpty();
        world.passes(Duration.ofHours(1));
        assertThat(world.walked(world.walk(crm), Lane.HELD).asked())
                .as("outside the filter, and known to be")
                .isZero();
        crm.loses("0003");
        world.passes(Duration.ofHours(1));
        assertThat(world.walked(world.walk(crm), Lane.HELD).asked()).isEqualTo(1);
    }

    @Test
    void a_question_that_changes_on_the_way_begins_the_walk_anew() {
        crm.has(0, 9, "p%d@example.com");
        world.walked(world.walk(crm), Lane.HELD);
        world.passes(Duration.ofHours(1));
        crm.beforePage = offset -> {
            if (offset == 6 && crm.fingerprint.equals("all contacts")) {
                crm.fingerprint = "fewer contacts";
                crm.loses("0000");
            }
        };
        WalkReport report = world.walked(world.walk(crm), Lane.HELD);

        assertThat(report.conclusion()).isEqualTo(Conclusion.BASELINE);
        assertThat(world.due(Lane.values())).isEmpty();
    }

    @Test
    void a_listing_that_the_vendor_does_not_vouch_for_concludes_nothing() {
        crm.has(0, 6, "p%d@example.com");
        world.walked(world.walk(crm), Lane.HELD);
        crm.loses("0001");
        crm.complete = false;
        world.passes(Duration.ofHours(1));

        assertThat(world.walked(world.walk(crm), Lane.HELD).conclusion()).isEqualTo(Conclusion.PARTIAL);
        assertThat(world.due(Lane.values())).isEmpty();
    }

    @Test
    void an_empty_listing_concludes_nothing() {
        crm.has(0, 6, "p%d@example.com");
        world.walked(world.walk(crm), Lane.HELD);
        List.copyOf(crm.order).forEach(crm::loses);
        world.passes(Duration.ofHours(1));
        WalkReport report = world.walked(world.walk(crm), Lane.HELD);

        assertThat(report.conclusion()).isEqualTo(Conclusion.EMPTY);
        assertThat(world.due(Lane.values())).isEmpty();
        assertThat(world.links()).allMatch(link -> link.side("crm").presence() == Presence.PRESENT);
    }

    @Test
    void an_empty_listing_of_what_is_open_says_that_nothing_is_open_any_more() {
        crm.listsSome = true;
        crm.has(0, 3, "p%d@example.com");
        world.walked(world.walk(crm), Lane.HELD);
        List.copyOf(crm.order).forEach(crm::loses);
        world.passes(Duration.ofHours(1));

        WalkReport report = world.walked(world.walk(crm), Lane.HELD);

        assertThat(report)
                .extracting(WalkReport::conclusion, WalkReport::absent, WalkReport::asked)
                .containsExactly(Conclusion.PROVED, 3L, 3L);
        assertThat(world.links())
                .as("until they are read")
                .allMatch(link -> link.side("crm").presence() == Presence.PRESENT);
    }

    @Test
    void a_listing_that_lacks_most_of_what_is_known_concludes_nothing() {
        crm.pageSize = 200;
        crm.has(0, 700, "p%d@example.com");
        world.walked(world.walk(crm), Lane.HELD);
        List.copyOf(crm.order).subList(0, 600).forEach(crm::loses);
        world.passes(Duration.ofHours(1));
        WalkReport report = world.walked(world.walk(crm), Lane.HELD);

        assertThat(report.conclusion()).isEqualTo(Conclusion.TOO_MANY);
        assertThat(report.absent()).isEqualTo(600);
        assertThat(world.due(Lane.values())).isEmpty();
    }

    @Test
    void a_property_that_is_not_shown_any_more_blanks_nothing() {
        crm.has(0, 6, "p%d@example.com");
        world.walked(world.walk(crm), Lane.HELD);
        crm.hides("email");
        world.passes(Duration.ofHours(1));
        world.walked(world.walk(crm), Lane.HELD);

        assertThat(world.links()).allMatch(link -> link.agreed().containsKey("email"));
        assertThat(world.due(Lane.values())).isEmpty();
    }

    @Test
    void credentials_that_are_refused_pause_the_system() {
        crm.has("1", "name", "A");
        crm.beforePage = offset -> {
            throw SyncException.of(Kind.AUTH, "token revoked; give a new one");
        };
        Walk walk = world.walk(crm);
        walk.step(Lane.HELD, world.now, null);
        walk.step(Lane.HELD, world.now, null);

        assertThat(new Pauses(world.ledger().context()).reason("crm"))
                .hasValueSatisfying(reason -> assertThat(reason).contains("token revoked"));
    }

    @Test
    void an_adapter_that_fails_as_it_may_not_stops_the_walk_and_nothing_else() {
        crm.has("1", "name", "A");
        crm.beforePage = offset -> {
            throw new IllegalStateException("someone@example.com");
        };
        Walk walk = world.walk(crm);
        walk.step(Lane.HELD, world.now, null);

        assertThat(walk.step(Lane.HELD, world.now, null))
                .isInstanceOfSatisfying(
                        Step.Waits.class,
                        waits -> assertThat(waits.reason()).isEqualTo("java.lang.IllegalStateException"));
    }

    @Test
    void a_system_that_cannot_list_is_refused_with_the_remedy() {
        assertThatThrownBy(() -> new Walk(world.ledger(), world.pacers().get("crm"), "nowhere", "contact"))
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("nowhere");
    }

    private Duration waits(Walk walk, Instant since) {
        Step step = walk.step(Lane.HELD, since, null);
        assertThat(step).isInstanceOf(Step.Waits.class);
        return ((Step.Waits) step).time();
    }
}
