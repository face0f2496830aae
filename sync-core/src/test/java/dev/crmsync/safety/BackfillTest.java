package dev.crmsync.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.ledger.Arrival;
import dev.crmsync.ledger.Pauses;
import dev.crmsync.ledger.Progress;
import dev.crmsync.planning.Due;
import dev.crmsync.policy.Policies;
import dev.crmsync.pull.WalkReport;
import dev.crmsync.pull.World;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.Quota;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.store.DueChange;
import dev.crmsync.spi.store.DueRow;
import dev.crmsync.spi.store.Lane;
import dev.crmsync.spi.store.Unit;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackfillTest {
    private final World world = new World();

    private Backfill backfill() {
        return backfill(world, Budget.DEFAULT);
    }

    private static Backfill backfill(World world, Budget budget) {
        return new Backfill(world.ledger("p" + world.told.size()), world.pacers(), budget, world::passes);
    }

    /** 8 people at Kirim, 3 of them at the CRM under other names, and one there under the same e-mail address only. */
    private static void people(World world) {
        world.kirim.has(0, 8, "p%d@example.com");
        for (int i = 0; i < 3; i++) {
            world.crm.has("c" + i, "name", "Other " + i, "email", "p" + i + "@example.com", "kirim_id", "000" + i);
        }
        world.crm.has("c9", "name", "Somebody", "email", "p7@example.com");
    }

    @Test
    void a_dry_run_writes_nothing_and_holds_everything_back() {
        people(world);
        backfill().dryRun();

        assertThat(world.crm.written).isEmpty();
        assertThat(world.kirim.written).isEmpty();
        assertThat(world.due(Lane.HELD)).isNotEmpty();
        assertThat(world.due(Lane.LIVE, Lane.RETRY, Lane.BACKFILL)).isEmpty();
    }

    @Test
    void a_plan_counts_what_would_be_done() {
        people(world);
        BackfillPlan plan = backfill().dryRun();

        assertThat(plan.links()).isEqualTo(9);
        assertThat(plan.systems()).extracting(SystemPlan::system).containsExactly("crm", "kirim");
        SystemPlan crm = plan.systems().get(0);
        assertThat(crm.creates())
                .as("the one with the equal e-mail address waits for a person")
                .isEqualTo(4);
        assertThat(crm.updates()).isZero();
        SystemPlan kirim = plan.systems().get(1);
        assertThat(kirim.updates()).isEqualTo(3);
        assertThat(kirim.fields()).containsOnlyKeys("name");
        assertThat(kirim.fields().get("name")).isEqualTo(new SystemPlan.FieldPlan(3, 0));
        assertThat(plan.openReviews().values()).containsExactly(1L);
        assertThat(plan.changes()).isEqualTo(7);
        assertThat(plan.withinBudget()).isTrue();
        assertThat(plan.walks())
                .extracting(WalkReport::system, WalkReport::records)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("kirim", 8L),
                        org.assertj.core.groups.Tuple.tuple("crm", 4L));
    }

    @Test
    void a_plan_tells_the_calls_and_the_time_that_they_take() {
        world.crm.quotas = List.of(
                new Quota("write", 10, Duration.ofSeconds(10), Set.of(Operation.WRITE_MANY)),
                new Quota("list", 1000, Duration.ofSeconds(1), Set.of(Operation.LIST_ALL)));
        world.kirim.pageSize = 100;
        world.kirim.has(0, 600, "p%d@example.com");
        SystemPlan crm = backfill().dryRun().systems().get(0);

        assertThat(crm.calls()).containsOnlyKeys(Operation.WRITE_MANY).containsEntry(Operation.WRITE_MANY, 60L);
        assertThat(crm.time()).isBetween(Duration.ofSeconds(55), Duration.ofSeconds(75));
    }

    @Test
    void the_lines_of_a_plan_are_for_people_and_bear_no_values() {
        people(world);
        BackfillPlan plan = backfill().dryRun();
        String text = String.join("\n", plan);

        assertThat(text)
                .contains("plan " + plan.hash())
                .contains("crm: create 4, update 0")
                .contains("kirim: create 0, update 3")
                .contains("within the budget of 500")
                .doesNotContain("example.com")
                .doesNotContain("Person")
                .doesNotContain("Other");
        assertThat(plan.toString() + plan.samples()).doesNotContain("Other").doesNotContain("example.com");
        assertThat(plan.samples())
                .filteredOn(sample -> sample.need() == Due.Need.UPDATE)
                .allSatisfy(sample ->
                        assertThat(sample.changes().get(0).to().toString()).contains("Other"));
    }

    @Test
    void the_same_state_gives_the_same_plan() {
        people(world);
        BackfillPlan first = backfill().dryRun();
        world.passes(Duration.ofHours(1));
        BackfillPlan second = backfill().dryRun();

        assertThat(second.hash()).isEqualTo(first.hash());
        assertThat(second.systems()).isEqualTo(first.systems());
    }

    @Test
    void another_state_gives_another_plan() {
        people(world);
        String first = backfill().dryRun().hash();
        world.passes(Duration.ofHours(1));
        world.crm.has("c0", "name", "Changed");

        assertThat(backfill().dryRun().hash()).isNotEqualTo(first);
    }

    @Test
    void an_applied_plan_is_let_go_as_it_was_shown() {
        people(world);
        Backfill backfill = backfill();
        BackfillPlan plan = backfill.dryRun();
        List<DueRow> shown = world.due(Lane.HELD);

        assertThat(backfill.waiting()).contains(plan.hash());
        assertThat(backfill.apply(plan.hash())).isEqualTo(shown.size());
        assertThat(world.due(Lane.HELD)).isEmpty();
        assertThat(world.due(Lane.BACKFILL))
                .extracting(DueRow::link)
                .containsExactlyElementsOf(shown.stream().map(DueRow::link).toList());
        assertThat(backfill.waiting()).isEmpty();
    }

    @Test
    void a_plan_that_moved_is_refused_and_nothing_goes_out() {
        people(world);
        Backfill backfill = backfill();
        String hash = backfill.dryRun().hash();
        world.passes(Duration.ofHours(1));
        world.crm.has("c0", "name", "Changed");
        world.walked(world.walk(world.crm), Lane.HELD);

        assertRefused(() -> backfill.apply(hash)).hasMessageContaining("moved").hasMessageContaining("dryRun()");
        assertThat(world.due(Lane.BACKFILL, Lane.LIVE)).isEmpty();
        String anew = backfill.dryRun().hash();
        assertThat(backfill.apply(anew)).isPositive();
    }

    @Test
    void a_plan_made_under_other_rules_is_refused() {
        people(world);
        String hash = backfill().dryRun().hash();
        world.policy = Policies.guide().kirim("kirim").kirimOwnsMetadata("tier").primaryCrm("crm");

        assertRefused(() -> backfill().apply(hash)).hasMessageContaining("moved");
    }

    @Test
    void a_plan_that_nobody_made_is_refused() {
        people(world);
        Backfill backfill = backfill();
        assertRefused(() -> backfill.apply("0123")).hasMessageContaining("no plan waits");
        String hash = backfill.dryRun().hash();
        assertRefused(() -> backfill.apply("0123")).hasMessageContaining("the plan that waits is " + hash);
        backfill.apply(hash);
        assertRefused(() -> backfill.apply(hash)).hasMessageContaining("no plan waits");
    }

    @Test
    void a_live_edit_goes_out_live_while_a_plan_waits_and_the_rest_can_still_be_applied() {
        people(world);
        Backfill backfill = backfill();
        BackfillPlan plan = backfill.dryRun();
        world.passes(Duration.ofMinutes(5));
        world.crm.has("c0", "name", "Edited by a person");
        world.ledger().observe(List.of(Arrival.of(world.crm.event("c0", Evidence.EVENT))), Lane.LIVE, null);

        assertThat(world.laneOf(world.crm, "c0", "kirim")).isEqualTo(Lane.LIVE);
        assertThat(world.laneOf(world.crm, "c1", "kirim")).isEqualTo(Lane.HELD);
        assertThat(backfill.apply(plan.hash())).isEqualTo((int) plan.changes() - 1);
        assertThat(world.laneOf(world.crm, "c1", "kirim")).isEqualTo(Lane.BACKFILL);
    }

    @Test
    void a_run_within_its_budget_goes_ahead() {
        people(world);
        BackfillPlan plan = backfill().run();

        assertThat(world.due(Lane.BACKFILL)).hasSize((int) plan.changes());
        assertThat(world.due(Lane.HELD)).isEmpty();
    }

    @Test
    void a_run_above_its_budget_stops_before_it_writes_and_names_the_plan() {
        people(world);
        Backfill strict = backfill(world, new Budget(0.1, 6));

        assertRefused(strict::run)
                .hasMessageContaining("7 records")
                .hasMessageContaining("budget is 6")
                .hasMessageContaining("apply(\"" + strict.waiting().orElseThrow() + "\")");
        assertThat(world.due(Lane.LIVE, Lane.RETRY, Lane.BACKFILL)).isEmpty();
        assertThat(strict.apply(strict.waiting().orElseThrow())).isEqualTo(7);
    }

    @Test
    void a_budget_is_a_share_or_a_number_whichever_is_more() {
        assertThat(Budget.DEFAULT.most(100)).isEqualTo(500);
        assertThat(Budget.DEFAULT.most(20_000)).isEqualTo(2000);
        assertThatThrownBy(() -> new Budget(1.1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_hidden_property_gives_no_write_at_all() {
        people(world);
        backfill().run();
        deliverByHand();
        world.kirim.hides("email");
        world.crm.hides("name");
        world.passes(Duration.ofHours(1));

        assertThat(backfill().dryRun().systems())
                .allMatch(system -> system.fields().values().stream().allMatch(field -> field.cleared() == 0));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_backfill_that_is_killed_anywhere_ends_in_the_same_plan(boolean diesAfterwards) {
        World whole = new World();
        people(whole);
        BackfillPlan expected = backfill(whole, Budget.DEFAULT).dryRun();
        int rows = whole.due(Lane.HELD).size();

        boolean killed = true;
        int lives = 0;
        for (; killed; lives++) {
            World world = new World();
            people(world);
            world.diesAfterwards = diesAfterwards;
            world.lives = lives;
            killed = isKilled(() -> {
                Backfill first = backfill(world, Budget.DEFAULT);
                first.apply(first.dryRun().hash());
            });
            world.rises();
            Backfill second = backfill(world, Budget.DEFAULT);
            if (world.due(Lane.BACKFILL).isEmpty()) {
                BackfillPlan plan = second.dryRun();
                assertThat(plan.systems()).as("killed at call %s", lives).isEqualTo(expected.systems());
                second.apply(plan.hash());
            }
            assertThat(world.due(Lane.BACKFILL)).as("killed at call %s", lives).hasSize(rows);
            assertThat(world.due(Lane.HELD, Lane.LIVE)).isEmpty();
        }
        assertThat(lives).isGreaterThan(15);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void an_approval_that_is_killed_anywhere_is_ended_by_the_same_call(boolean diesAfterwards) {
        boolean killed = true;
        for (int lives = 0; killed; lives++) {
            World world = new World();
            people(world);
            BackfillPlan plan = backfill(world, Budget.DEFAULT).dryRun();
            world.diesAfterwards = diesAfterwards;
            world.lives = lives;
            killed = isKilled(() -> backfill(world, Budget.DEFAULT).apply(plan.hash()));
            world.rises();
            Backfill second = backfill(world, Budget.DEFAULT);
            if (second.waiting().isPresent()) {
                second.apply(plan.hash());
            }
            assertThat(world.due(Lane.BACKFILL)).as("killed at call %s", lives).hasSize((int) plan.changes());
            assertThat(second.progress()).as("killed at call %s", lives).hasSize(2);
        }
    }

    @Test
    void a_walk_that_stopped_is_gone_on_with_and_not_begun_anew() {
        people(world);
        AtomicInteger failing = new AtomicInteger(1000);
        world.kirim.beforePage = offset -> {
            if (offset == 6 && failing.getAndDecrement() > 0) {
                throw SyncException.of(Kind.TRANSIENT, "503");
            }
        };
        assertThatThrownBy(() -> backfill().dryRun())
                .isInstanceOfSatisfying(SyncException.class, error -> {
                    assertThat(error.kind()).isEqualTo(Kind.TRANSIENT);
                    assertThat(error.system()).contains("kirim");
                })
                .hasMessageContaining("after 6 records")
                .hasMessageContaining("Call again");
        assertThat(world.due(Lane.BACKFILL, Lane.LIVE)).isEmpty();
        failing.set(0);
        world.kirim.listed.clear();

        assertThat(backfill().dryRun().links()).isEqualTo(9);
        assertThat(world.kirim.listed).containsExactly(6);
    }

    @Test
    void a_passing_fault_is_waited_out() {
        people(world);
        AtomicInteger failing = new AtomicInteger(3);
        world.kirim.beforePage = offset -> {
            if (failing.getAndDecrement() > 0) {
                throw SyncException.of(Kind.TRANSIENT, "503");
            }
        };
        assertThat(backfill().dryRun().links()).isEqualTo(9);
    }

    @Test
    void refused_credentials_stop_the_run_at_once_and_say_what_to_do() {
        people(world);
        world.crm.beforePage = offset -> {
            throw SyncException.of(Kind.AUTH, "token revoked");
        };
        assertThatThrownBy(() -> backfill().dryRun())
                .isInstanceOfSatisfying(
                        SyncException.class, error -> assertThat(error.kind()).isEqualTo(Kind.AUTH))
                .hasMessageContaining("token revoked")
                .hasMessageContaining("resume it");
        world.crm.beforePage = offset -> {};
        new Pauses(world.ledger().context()).resume("crm");
        assertThat(backfill().dryRun().links()).isEqualTo(9);
    }

    @Test
    void one_run_at_a_time() {
        people(world);
        world.kirim.beforePage = offset -> {
            if (offset == 3) {
                assertThatThrownBy(() -> backfill(world, Budget.DEFAULT).dryRun())
                        .isInstanceOf(SyncException.class)
                        .hasMessageContaining("another run of sync acme is under way");
            }
        };
        assertThat(backfill().dryRun().links()).isEqualTo(9);
    }

    @Test
    void progress_is_told_while_walking_and_while_delivering() {
        people(world);
        world.kirim.beforePage = offset -> world.passes(Duration.ofSeconds(3));
        Backfill backfill = backfill();
        backfill.dryRun();
        world.passes(Duration.ofHours(1));
        world.told.clear();
        backfill.run();

        Progress last = world.told.stream()
                .filter(told -> "kirim".equals(told.system()))
                .reduce((first, second) -> second)
                .orElseThrow();
        assertThat(last.phase()).isEqualTo("walk");
        assertThat(last.done()).isEqualTo(8);
        assertThat(last.total()).isEqualTo(8);
        assertThat(last.perSecond()).isBetween(0.5, 2.0);

        assertThat(backfill.progress())
                .extracting(Progress::phase, Progress::system, Progress::done, Progress::total)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("deliver", "crm", 0L, 4L),
                        org.assertj.core.groups.Tuple.tuple("deliver", "kirim", 0L, 3L));
        world.passes(Duration.ofSeconds(10));
        DueRow done = world.due(Lane.BACKFILL).stream()
                .filter(row -> row.system().equals("crm"))
                .findFirst()
                .orElseThrow();
        remove(done);
        Progress crm = backfill.progress().get(0);
        assertThat(crm.done()).isEqualTo(1);
        assertThat(crm.left()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void a_discarded_plan_cannot_be_applied() {
        people(world);
        Backfill backfill = backfill();
        String hash = backfill.dryRun().hash();
        backfill.discard();

        assertRefused(() -> backfill.apply(hash));
        assertThat(world.due(Lane.HELD)).isNotEmpty();
    }

    /** Everything that was let go is taken for done. */
    private void deliverByHand() {
        world.due(Lane.BACKFILL).forEach(this::remove);
    }

    private void remove(DueRow row) {
        Unit unit = Unit.builder()
                .due(new DueChange.Remove(row.link(), row.system(), true))
                .build();
        world.store.commit(World.SYNC, List.of(unit), null);
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
            ThrowingCallable call) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SyncException.class, error -> assertThat(error.kind()).isEqualTo(Kind.VALIDATION));
    }

    private static boolean isKilled(Runnable run) {
        try {
            run.run();
            return false;
        } catch (World.Killed killed) {
            return true;
        }
    }
}
