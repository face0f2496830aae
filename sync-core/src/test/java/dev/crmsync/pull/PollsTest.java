package dev.crmsync.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.ledger.Ledger;
import dev.crmsync.ledger.Pauses;
import dev.crmsync.planning.LinkState;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.store.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class PollsTest {
    private static final Duration EVERY = Duration.ofMinutes(5);

    private final World world = new World();
    private final ToySystem crm = world.crm;
    private final Polls polls = polls("engine 1");

    private Polls polls(String owner) {
        return new Polls(world.ledger(), world.pacers(), Map.of("crm", EVERY), owner);
    }

    @Test
    void a_poll_begins_at_the_present_and_brings_what_changes_from_then_on() {
        crm.has("1", "name", "Before");
        world.passes(Duration.ofHours(1));
        catchUp(polls);
        assertThat(world.links()).isEmpty();

        crm.has("2", "name", "After");
        world.passes(EVERY);
        catchUp(polls);
        assertThat(world.links()).hasSize(1);
    }

    @Test
    void what_a_poll_finds_goes_out_live() {
        catchUp(polls);
        world.walked(world.walk(world.kirim), Lane.HELD);
        world.kirim.has("k1", "name", "Kirim's");
        world.walked(world.walk(world.kirim), Lane.HELD);
        crm.has("1", "name", "New", "kirim_id", "k1");
        world.passes(EVERY);
        catchUp(polls);

        assertThat(world.due(Lane.LIVE)).extracting(row -> row.system()).containsExactly("kirim");
    }

    @Test
    void a_poll_that_caught_up_waits_for_its_interval() {
        catchUp(polls);
        int calls = crm.polled;

        assertThat(polls.step()).isEqualTo(new Pulled(false, world.now.plus(EVERY)));
        world.passes(EVERY.minusMillis(1));
        polls.step();
        assertThat(crm.polled).isEqualTo(calls);
        world.passes(Duration.ofMillis(1));
        polls.step();
        assertThat(crm.polled).isEqualTo(calls + 1);
    }

    @Test
    void a_poll_goes_on_page_by_page_until_it_has_caught_up() {
        catchUp(polls);
        crm.has(0, 10, "p%d@example.com");
        world.passes(EVERY);
        int calls = crm.polled;
        catchUp(polls);

        assertThat(world.links()).hasSize(10);
        assertThat(crm.polled - calls).isEqualTo(5);
    }

    @Test
    void a_poll_keeps_its_cursor_through_a_restart_and_sees_the_last_page_twice_at_most() {
        for (boolean afterwards : List.of(false, true)) {
            for (int lives = 0; lives < 12; lives++) {
                World world = new World();
                world.diesAfterwards = afterwards;
                Polls first = new Polls(world.ledger(), world.pacers(), Map.of("crm", EVERY), "engine 1");
                catchUp(first);
                world.crm.has(0, 7, "p%d@example.com");
                world.passes(EVERY);
                world.lives = lives;
                try {
                    catchUp(first);
                } catch (World.Killed killed) {
                    assertThat(world.dead).isTrue();
                }
                world.rises();
                catchUp(new Polls(world.ledger("b"), world.pacers(), Map.of("crm", EVERY), "engine 2"));

                assertThat(world.links()).as("killed at call %s", lives).hasSize(7);
                assertThat(world.crm.polled).as("killed at call %s", lives).isLessThanOrEqualTo(7);
            }
        }
    }

    @Test
    void records_that_overlapping_pages_show_again_change_nothing() {
        catchUp(polls);
        crm.has(0, 3, "p%d@example.com");
        world.passes(EVERY);
        catchUp(polls);
        List<LinkState> before = world.links();
        crm.has("0001");
        world.passes(EVERY);
        catchUp(polls);

        assertThat(world.links()).hasSameSizeAs(before);
        assertThat(world.due(Lane.values())).isEmpty();
    }

    @Test
    void a_cursor_that_is_no_longer_good_begins_at_the_present_and_calls_for_a_walk() {
        catchUp(polls);
        AtomicBoolean expired = new AtomicBoolean(true);
        crm.beforeChanges = index -> {
            if (expired.getAndSet(false)) {
                throw SyncException.of(Kind.VALIDATION, "the cursor is older than three days");
            }
        };
        crm.has("1", "name", "Missed");
        world.passes(Duration.ofDays(4));
        catchUp(polls);

        assertThat(world.links()).isEmpty();
        assertThat(new WantedWalks(world.ledger().context()).wanted("crm", Contact.TYPE))
                .isTrue();
        crm.has("2", "name", "Seen");
        world.passes(EVERY);
        catchUp(polls);
        assertThat(world.links()).hasSize(1);
    }

    @Test
    void a_poll_after_a_walk_begins_where_the_walk_began() {
        crm.has(0, 6, "p%d@example.com");
        crm.beforePage = offset -> {
            if (offset == 3) {
                world.passes(Duration.ofMinutes(1));
                crm.has("0000", "name", "Changed behind the walk");
            }
        };
        world.walked(world.walk(crm), Lane.HELD);
        world.passes(Duration.ofHours(1));
        catchUp(polls);

        assertThat(world.link(crm, "0000").agreed().get("name").value().toString())
                .contains("Changed behind the walk");
    }

    @Test
    void a_system_that_fails_is_asked_again_later_and_loses_nothing() {
        catchUp(polls);
        crm.has("1", "name", "A");
        world.passes(EVERY);
        crm.beforeChanges = index -> {
            throw SyncException.of(Kind.TRANSIENT, "503");
        };
        Pulled failed = polls.step();
        assertThat(failed).isEqualTo(new Pulled(false, world.now.plusSeconds(1)));

        crm.beforeChanges = index -> {};
        world.passes(Duration.ofSeconds(1));
        catchUp(polls);
        assertThat(world.links()).hasSize(1);
    }

    @Test
    void a_paused_system_is_not_polled_and_delays_no_other() {
        Ledger ledger = world.ledger();
        Polls both = new Polls(ledger, world.pacers(), Map.of("crm", EVERY, "kirim", EVERY), "engine 1");
        new Pauses(ledger.context()).pause("crm", "on holiday");
        catchUp(both);
        world.kirim.has("k1", "name", "A");
        crm.has("1", "name", "B");
        world.passes(EVERY);
        catchUp(both);
        assertThat(world.links()).hasSize(1);
        assertThat(crm.polled).isZero();

        new Pauses(ledger.context()).resume("crm");
        both.now("crm");
        catchUp(both);
        assertThat(crm.polled).isPositive();
    }

    @Test
    void of_two_engines_on_one_store_one_polls() {
        crm.beforeChanges = index -> assertThat(polls("engine 2").step().worked())
                .as("the other engine polls meanwhile")
                .isFalse();
        catchUp(polls);

        assertThat(crm.polled).isEqualTo(1);
    }

    @Test
    void a_system_that_cannot_list_changes_is_refused_with_the_remedy() {
        assertThatThrownBy(() -> new Polls(world.ledger(), world.pacers(), Map.of("elsewhere", EVERY), "engine 1"))
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("elsewhere");
        assertThatThrownBy(() -> new Polls(world.ledger(), Map.of(), Map.of("crm", EVERY), "engine 1"))
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("give one for every system");
    }

    /** Takes rounds until nothing is due now. */
    private void catchUp(Polls polls) {
        for (int rounds = 0; rounds < 1000; rounds++) {
            Instant now = world.now;
            Pulled pulled = polls.step();
            if (!pulled.worked() && (pulled.next() == null || pulled.next().isAfter(now))) {
                return;
            }
        }
        throw new AssertionError("the polls never catch up");
    }
}
