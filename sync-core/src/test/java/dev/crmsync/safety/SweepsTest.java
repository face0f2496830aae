package dev.crmsync.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.ledger.Pauses;
import dev.crmsync.ledger.Progress;
import dev.crmsync.policy.Policy;
import dev.crmsync.pull.Pulled;
import dev.crmsync.pull.WantedWalks;
import dev.crmsync.pull.World;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.store.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SweepsTest {
    private static final Duration DAILY = Duration.ofDays(1);

    private final World world = new World();

    private Sweeps sweeps(Budget budget) {
        return new Sweeps(world.ledger(), world.pacers(), Map.of("kirim", DAILY, "crm", DAILY), budget);
    }

    /** Two people in step, each of whom Kirim knows under the CRM's name. */
    private void people() {
        for (int i = 0; i < 2; i++) {
            world.kirim.has("k" + i, "name", "Person " + i);
            world.crm.has("c" + i, "name", "Person " + i, "kirim_id", "k" + i);
        }
    }

    @Test
    void a_sweep_finds_what_nobody_told_and_lets_it_go_within_its_budget() {
        people();
        Sweeps sweeps = sweeps(Budget.DEFAULT);
        sweep(sweeps);
        assertThat(world.due(Lane.values())).isEmpty();
        world.passes(Duration.ofHours(1));
        world.crm.has("c0", "name", "Changed untold");
        world.passes(DAILY);
        sweep(sweeps);

        assertThat(world.due(Lane.values())).hasSize(1);
        assertThat(world.laneOf(world.crm, "c0", "kirim")).isEqualTo(Lane.BACKFILL);
    }

    @Test
    void a_sweep_that_finds_more_than_its_budget_lets_nothing_go() {
        people();
        Sweeps sweeps = sweeps(new Budget(0, 1));
        sweep(sweeps);
        world.passes(Duration.ofHours(1));
        world.crm.has("c0", "name", "Changed 1");
        world.crm.has("c1", "name", "Changed 2");
        world.passes(DAILY);
        sweep(sweeps);

        assertThat(world.due(Lane.HELD)).hasSize(2);
        assertThat(world.due(Lane.LIVE, Lane.RETRY, Lane.BACKFILL)).isEmpty();
    }

    @Test
    void a_sweep_lets_nothing_go_while_somebody_looks_at_a_plan() {
        people();
        Sweeps sweeps = sweeps(Budget.DEFAULT);
        world.kirim.has("k9", "name", "New");
        Backfill backfill = new Backfill(world.ledger("b"), world.pacers(), Budget.DEFAULT, world::passes);
        String hash = backfill.dryRun().hash();
        world.passes(DAILY);
        sweep(sweeps);
        assertThat(world.due(Lane.HELD)).hasSize(1);

        assertThat(backfill.apply(hash)).isEqualTo(1);
        world.crm.has("c0", "name", "Changed untold");
        world.passes(DAILY);
        sweep(sweeps);
        assertThat(world.due(Lane.HELD)).isEmpty();
    }

    @Test
    void a_discarded_plan_no_longer_holds_the_sweeps_up() {
        people();
        world.kirim.has("k9", "name", "New");
        Backfill backfill = new Backfill(world.ledger("b"), world.pacers(), Budget.DEFAULT, world::passes);
        backfill.dryRun();
        backfill.discard();
        world.passes(DAILY);
        sweep(sweeps(Budget.DEFAULT));

        assertThat(world.due(Lane.HELD)).isEmpty();
        assertThat(world.due(Lane.BACKFILL)).hasSize(1);
    }

    @Test
    void a_sweep_is_repeated_after_its_interval_and_not_before() {
        people();
        Sweeps sweeps = sweeps(Budget.DEFAULT);
        sweep(sweeps);
        int pages = world.crm.listed.size();

        assertThat(sweeps.step()).isEqualTo(new Pulled(false, world.now.plusSeconds(30)));
        world.passes(DAILY.minusSeconds(1));
        sweep(sweeps);
        assertThat(world.crm.listed).hasSize(pages);
        world.passes(Duration.ofSeconds(1));
        sweep(sweeps);
        assertThat(world.crm.listed).hasSize(pages * 2);
    }

    @Test
    void a_walk_that_is_called_for_does_not_wait_for_the_interval() {
        people();
        Sweeps sweeps = sweeps(Budget.DEFAULT);
        sweep(sweeps);
        int pages = world.crm.listed.size();

        new WantedWalks(world.ledger().context()).want("crm", Contact.TYPE);
        world.passes(Duration.ofMinutes(1));
        sweep(sweeps);

        assertThat(world.crm.listed.size()).isGreaterThan(pages);
    }

    @Test
    void a_walk_that_a_poll_calls_for_is_taken_out_of_turn_and_once() {
        people();
        Sweeps sweeps = new Sweeps(world.ledger(), world.pacers(), Map.of(), Budget.DEFAULT);
        sweep(sweeps);
        assertThat(world.crm.listed).isEmpty();
        new WantedWalks(world.ledger().context()).want("crm", Contact.TYPE);
        world.passes(Duration.ofMinutes(1));
        sweep(sweeps);
        world.passes(Duration.ofMinutes(1));
        sweep(sweeps);

        assertThat(world.crm.listed).hasSize(1);
        assertThat(world.kirim.listed).isEmpty();
    }

    @Test
    void a_sweep_that_was_killed_is_gone_on_with() {
        world.kirim.has(0, 10, "p%d@example.com");
        Sweeps first = sweeps(Budget.DEFAULT);
        world.lives = 9;
        assertThatThrownBy(() -> sweep(first)).isInstanceOf(World.Killed.class);
        world.rises();
        int pages = world.kirim.listed.size();
        sweep(sweeps(Budget.DEFAULT));

        assertThat(world.links()).hasSize(10);
        assertThat(pages).isBetween(1, 3);
        assertThat(world.kirim.listed).hasSizeLessThanOrEqualTo(5);
    }

    @Test
    void a_failing_system_does_not_stop_the_sweeps_of_the_others() {
        people();
        world.kirim.beforePage = offset -> {
            throw SyncException.of(Kind.TRANSIENT, "503");
        };
        sweep(sweeps(Budget.DEFAULT));

        assertThat(world.crm.listed).isNotEmpty();
    }

    @Test
    void a_paused_system_is_not_swept() {
        people();
        new Pauses(world.ledger().context()).pause("crm", "on holiday");
        sweep(sweeps(Budget.DEFAULT));

        assertThat(world.crm.listed).isEmpty();
        assertThat(world.kirim.listed).isNotEmpty();
    }

    @Test
    void overlapping_sweeps_share_one_budget() {
        people();
        Sweeps sweeps = sweeps(new Budget(0, 1));
        sweep(sweeps);
        world.passes(DAILY);
        world.kirim.pageSize = 1;
        world.crm.has("c0", "name", "Changed 1");
        world.kirim.beforePage = offset -> {
            if (offset == 1) {
                throw SyncException.of(Kind.TRANSIENT, "503");
            }
        };
        sweep(sweeps);
        assertThat(world.due(Lane.BACKFILL)).as("within the budget").hasSize(1);
        world.kirim.beforePage = offset -> {};
        world.kirim.has("k7", "name", "New");
        world.passes(Duration.ofMinutes(1));
        sweep(sweeps);

        assertThat(world.due(Lane.HELD)).as("beyond what is left of it").hasSize(1);
    }

    @Test
    void changed_rules_are_held_against_every_link_and_what_they_ask_for_goes_within_the_budget() {
        twoWhoDiffer();
        sweep(sweeps(Budget.DEFAULT));
        assertThat(world.due(Lane.values())).as("nobody decides names yet").isEmpty();

        world.policy = names("crm");
        sweep(sweeps(Budget.DEFAULT));

        assertThat(world.due(Lane.BACKFILL)).hasSize(2);
    }

    @Test
    void changed_rules_that_ask_for_more_than_the_budget_change_nothing_until_a_plan_is_approved() {
        twoWhoDiffer();
        sweep(sweeps(Budget.DEFAULT));

        world.policy = names("crm");
        sweep(sweeps(new Budget(0, 1)));
        assertThat(world.due(Lane.HELD)).hasSize(2);
        assertThat(world.due(Lane.LIVE, Lane.RETRY, Lane.BACKFILL)).isEmpty();

        Backfill backfill = new Backfill(world.ledger("b"), world.pacers(), new Budget(0, 1), world::passes);
        BackfillPlan plan = backfill.dryRun();
        assertThat(plan.changes()).isEqualTo(2);
        assertThat(backfill.apply(plan.hash())).isEqualTo(2);
    }

    @Test
    void a_dry_run_shows_what_changed_rules_ask_for_before_any_sweep_has_begun() {
        twoWhoDiffer();
        sweep(sweeps(Budget.DEFAULT));
        world.policy = names("crm");
        world.kirim.loses("k0");
        world.crm.loses("c0");

        Backfill backfill = new Backfill(world.ledger("b"), world.pacers(), Budget.DEFAULT, world::passes);

        assertThat(backfill.dryRun().changes()).isEqualTo(2);
    }

    @Test
    void changed_rules_are_held_against_links_once_and_go_on_behind_the_last_page_after_a_kill() {
        int people = 450;
        for (int i = 0; i < people; i++) {
            world.kirim.has("k" + i, "name", "Person " + i);
        }
        sweep(sweeps(Budget.DEFAULT));
        world.policy = names("kirim");
        Sweeps killed = sweeps(Budget.DEFAULT);
        killed.step();
        world.told.clear();

        sweep(sweeps(Budget.DEFAULT));
        assertThat(world.told)
                .filteredOn(told -> told.phase().equals("rules"))
                .extracting(Progress::done)
                .containsExactly(400L, 450L);
        assertThat(world.links())
                .allMatch(link -> link.rulesHash().equals(world.rules().hash()));

        world.told.clear();
        sweep(sweeps(Budget.DEFAULT));
        assertThat(world.told).filteredOn(told -> told.phase().equals("rules")).isEmpty();
    }

    /** Two people who are named otherwise at each side, under a policy that decides phones alone. */
    private void twoWhoDiffer() {
        world.policy =
                Policy.named("phones").type(RecordType.CONTACT, contact -> contact.owned(Contact.PHONE, "kirim"));
        for (int i = 0; i < 2; i++) {
            world.kirim.has("k" + i, "name", "Person " + i);
            world.crm.has("c" + i, "name", "Otherwise " + i, "kirim_id", "k" + i);
        }
    }

    private static Policy names(String owner) {
        return Policy.named("names")
                .type(
                        RecordType.CONTACT,
                        contact -> contact.owned(Contact.PHONE, "kirim").owned(Contact.NAME, owner));
    }

    /** Takes steps until nothing is due now. */
    private void sweep(Sweeps sweeps) {
        for (int steps = 0; steps < 1000; steps++) {
            Instant now = world.now;
            Pulled pulled = sweeps.step();
            if (!pulled.worked() && (pulled.next() == null || pulled.next().isAfter(now))) {
                return;
            }
        }
        throw new AssertionError("the sweeps never rest");
    }
}
