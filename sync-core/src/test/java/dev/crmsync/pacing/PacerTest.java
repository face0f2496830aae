package dev.crmsync.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.Quota;
import dev.crmsync.spi.adapter.QuotaReport;
import dev.crmsync.spi.store.Lane;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacerTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    private Instant now = Instant.parse("2026-05-01T12:00:00Z");
    private final InstantSource clock = () -> now;

    @Test
    void a_call_with_room_in_every_quota_goes_at_once() {
        Pacer pacer = Pacer.of(List.of(quota("all", 190, TEN_SECONDS, Operation.READ_ONE)), clock);

        assertThat(pacer.acquire(Operation.READ_ONE)).isZero();
        assertThat(pacer.availableNow(Operation.READ_ONE)).isEqualTo(18);
    }

    @Test
    void an_operation_that_no_quota_names_is_never_held_back() {
        Pacer pacer = Pacer.of(List.of(quota("write", 1, TEN_SECONDS, Operation.WRITE_ONE)), clock);

        assertThat(waits(pacer, Operation.READ_ONE, 1000)).isZero();
        assertThat(pacer.availableNow(Operation.READ_ONE)).isEqualTo(Long.MAX_VALUE);
        assertThat(pacer.estimate(Operation.READ_ONE, 1_000_000)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1,PT1S", "2,PT1S", "4,PT1S", "5,PT1S", "190,PT10S", "600,PT1M", "500,P1D"})
    void no_window_wherever_it_begins_sees_more_calls_than_declared(long calls, Duration window) {
        Pacer pacer = Pacer.of(List.of(quota("all", calls, window, Operation.READ_ONE)), clock);
        Random random = new Random(7);
        Deque<Instant> inWindow = new ArrayDeque<>();
        int made = 0;
        Instant begin = now;
        for (int step = 0; step < 20_000; step++) {
            Duration wait = pacer.acquire(Operation.READ_ONE);
            if (wait.isZero()) {
                made++;
                inWindow.addLast(now);
                while (!inWindow.getFirst().plus(window).isAfter(now)) {
                    inWindow.removeFirst();
                }
                assertThat(inWindow.size()).isLessThanOrEqualTo((int) calls);
            } else {
                now = now.plus(random.nextInt(50) == 0 ? window.dividedBy(1 + random.nextInt(9)) : wait);
            }
        }
        double windows = (double) Duration.between(begin, now).toNanos() / window.toNanos();
        assertThat(made / windows).as("most of the quota is used").isGreaterThan(calls * 0.4);
    }

    @Test
    void the_wait_that_is_told_is_enough_and_spends_nothing() {
        Pacer pacer = Pacer.of(List.of(quota("search", 5, SECOND, Operation.LIST_CHANGES)), clock);
        while (pacer.acquire(Operation.LIST_CHANGES).isZero()) {}

        Duration wait = pacer.acquire(Operation.LIST_CHANGES);
        for (int i = 0; i < 100; i++) {
            assertThat(pacer.acquire(Operation.LIST_CHANGES)).isEqualTo(wait);
        }
        assertThat(wait).isEqualTo(Duration.ofMillis(250));
        now = now.plus(wait);
        assertThat(pacer.acquire(Operation.LIST_CHANGES)).isZero();
    }

    @Test
    void of_several_quotas_the_tightest_decides_and_the_others_are_not_spent_while_waiting() {
        Pacer pacer = Pacer.of(
                List.of(
                        quota("all", 100, TEN_SECONDS, Operation.READ_ONE, Operation.LIST_CHANGES),
                        quota("search", 2, SECOND, Operation.LIST_CHANGES)),
                clock);
        while (pacer.acquire(Operation.LIST_CHANGES).isZero()) {}
        long left = pacer.availableNow(Operation.READ_ONE);

        assertThat(waits(pacer, Operation.LIST_CHANGES, 20)).isEqualTo(20);
        assertThat(pacer.availableNow(Operation.READ_ONE)).isEqualTo(left).isPositive();
    }

    @Test
    void a_backfill_leaves_a_fifth_of_the_burst_to_live_calls() {
        Pacer pacer = Pacer.of(List.of(quota("write", 6000, Duration.ofMinutes(1), Operation.WRITE_ONE)), clock);
        int taken = 0;
        while (pacer.acquire(Operation.WRITE_ONE, Lane.BACKFILL).isZero()) {
            taken++;
        }

        assertThat(taken).isEqualTo(480);
        assertThat(pacer.acquire(Operation.WRITE_ONE, Lane.RETRY)).isPositive();
        assertThat(pacer.availableNow(Operation.WRITE_ONE, Lane.BACKFILL)).isZero();
        assertThat(pacer.availableNow(Operation.WRITE_ONE)).isEqualTo(120);
        assertThat(waits(pacer, Operation.WRITE_ONE, 120)).isZero();
    }

    @Test
    void a_backfill_that_waits_as_told_is_never_starved_of_its_own_share() {
        Pacer pacer = Pacer.of(List.of(quota("search", 4, SECOND, Operation.LIST_ALL)), clock);
        Instant begin = now;
        for (int made = 0; made < 30; ) {
            Duration wait = pacer.acquire(Operation.LIST_ALL, Lane.BACKFILL);
            made += wait.isZero() ? 1 : 0;
            now = now.plus(wait);
        }
        assertThat(Duration.between(begin, now)).isLessThanOrEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void a_vendor_that_reports_fewer_calls_left_is_believed() {
        Pacer pacer = Pacer.of(List.of(quota("write", 6000, Duration.ofMinutes(1), Operation.WRITE_ONE)), clock);
        pacer.report(new QuotaReport("write", -1, 3, null));

        assertThat(pacer.availableNow(Operation.WRITE_ONE)).isEqualTo(3);
        assertThat(waits(pacer, Operation.WRITE_ONE, 4)).isOne();
    }

    @Test
    void a_vendor_that_reports_more_calls_left_does_not_make_us_faster() {
        Pacer pacer = Pacer.of(List.of(quota("write", 10, SECOND, Operation.WRITE_ONE)), clock);
        while (pacer.acquire(Operation.WRITE_ONE).isZero()) {}
        pacer.report(new QuotaReport("write", -1, 1000, null));

        assertThat(pacer.acquire(Operation.WRITE_ONE)).isPositive();
    }

    @Test
    void a_reported_limit_above_the_declared_one_is_used() {
        Pacer pacer = Pacer.of(List.of(quota("write", 600, Duration.ofMinutes(1), Operation.WRITE_ONE)), clock);
        Duration declared = pacer.estimate(Operation.WRITE_ONE, 6000);
        pacer.report(new QuotaReport("write", 6000, 5999, null));

        assertThat(declared).isGreaterThan(Duration.ofMinutes(9));
        assertThat(pacer.estimate(Operation.WRITE_ONE, 6000)).isLessThan(Duration.ofSeconds(70));
    }

    @Test
    void a_reported_limit_below_the_declared_one_is_kept_to() {
        Pacer pacer = Pacer.of(List.of(quota("write", 6000, Duration.ofMinutes(1), Operation.WRITE_ONE)), clock);
        pacer.report(new QuotaReport("write", 600, -1, null));

        assertThat(pacer.availableNow(Operation.WRITE_ONE)).isEqualTo(60);
    }

    @Test
    void retry_after_stops_that_quota_for_so_long_and_no_other() {
        Pacer pacer = Pacer.of(
                List.of(
                        quota("write", 100, SECOND, Operation.WRITE_ONE),
                        quota("read", 100, SECOND, Operation.READ_ONE)),
                clock);
        pacer.report(new QuotaReport("write", -1, -1, Duration.ofSeconds(30)));
        pacer.report(new QuotaReport("write", -1, -1, Duration.ofSeconds(2)));

        assertThat(pacer.acquire(Operation.WRITE_ONE)).isEqualTo(Duration.ofSeconds(30));
        assertThat(pacer.availableNow(Operation.WRITE_ONE)).isZero();
        assertThat(pacer.acquire(Operation.READ_ONE)).isZero();
        now = now.plusSeconds(30);
        assertThat(pacer.acquire(Operation.WRITE_ONE)).isZero();
    }

    @Test
    void retry_after_without_a_known_quota_stops_the_whole_system() {
        Pacer pacer = Pacer.of(List.of(quota("write", 100, SECOND, Operation.WRITE_ONE)), clock);
        pacer.report(new QuotaReport("nobody declared this", -1, 0, Duration.ofSeconds(5)));

        assertThat(pacer.acquire(Operation.WRITE_ONE)).isEqualTo(Duration.ofSeconds(5));
        assertThat(pacer.acquire(Operation.READ_ONE)).isEqualTo(Duration.ofSeconds(5));
        assertThat(pacer.availableNow(Operation.READ_ONE)).isZero();
        now = now.plusSeconds(5);
        assertThat(pacer.acquire(Operation.READ_ONE)).isZero();
    }

    @Test
    void an_estimate_agrees_with_the_calls_as_they_are_then_made() {
        Pacer pacer = Pacer.of(List.of(quota("all", 190, TEN_SECONDS, Operation.WRITE_MANY)), clock);
        Duration estimate = pacer.estimate(Operation.WRITE_MANY, 1000);
        Instant begin = now;
        for (int made = 0; made < 1000; ) {
            Duration wait = pacer.acquire(Operation.WRITE_MANY, Lane.BACKFILL);
            made += wait.isZero() ? 1 : 0;
            now = now.plus(wait);
        }
        assertThat(Duration.between(begin, now).minus(estimate).abs()).isLessThan(SECOND);
    }

    @Test
    void estimates_of_kinds_that_share_a_quota_add_up_and_count_a_block() {
        Pacer pacer = Pacer.of(List.of(quota("all", 10, SECOND, Operation.READ_ONE, Operation.WRITE_ONE)), clock);
        pacer.block(Duration.ofMinutes(1));

        Duration one = pacer.estimate(Operation.READ_ONE, 100);
        Duration both = pacer.estimate(Map.of(Operation.READ_ONE, 100L, Operation.WRITE_ONE, 100L));
        assertThat(one).isGreaterThan(Duration.ofMinutes(1));
        assertThat(both).isGreaterThan(one);
        assertThat(pacer.estimate(Operation.FIND, 1)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void calls_that_are_weighed_spend_what_they_cost_and_others_one() {
        Quota tokens = new Quota(
                "tokens",
                1000,
                Duration.ofDays(1),
                Set.of(Operation.READ_ONE, Operation.LIST_ALL, Operation.FIND),
                Map.of(Operation.LIST_ALL, 10L, Operation.FIND, 100_000L));
        Pacer pacer = Pacer.of(List.of(tokens), clock);

        assertThat(pacer.availableNow(Operation.READ_ONE)).isEqualTo(500);
        assertThat(pacer.availableNow(Operation.LIST_ALL)).isEqualTo(50);
        for (int i = 0; i < 39; i++) {
            assertThat(pacer.acquire(Operation.LIST_ALL, Lane.BACKFILL)).isZero();
        }
        assertThat(pacer.acquire(Operation.READ_ONE, Lane.BACKFILL)).isZero();
        assertThat(pacer.availableNow(Operation.READ_ONE)).isEqualTo(109);
        assertThat(pacer.acquire(Operation.LIST_ALL, Lane.BACKFILL)).isPositive();
        assertThat(pacer.acquire(Operation.READ_ONE, Lane.BACKFILL)).isZero();
        assertThat(pacer.estimate(Map.of(Operation.LIST_ALL, 50L)))
                .isEqualTo(pacer.estimate(Map.of(Operation.READ_ONE, 500L)))
                .isPositive();
    }

    @Test
    void a_call_that_costs_more_than_is_ever_there_waits_for_all_of_it_and_not_for_ever() {
        Quota tokens = new Quota(
                "tokens", 100, Duration.ofMinutes(10), Set.of(Operation.FIND), Map.of(Operation.FIND, 1_000L));
        Pacer pacer = Pacer.of(List.of(tokens), clock);

        assertThat(pacer.acquire(Operation.FIND, Lane.BACKFILL)).isZero();
        Duration wait = pacer.acquire(Operation.FIND, Lane.BACKFILL);
        assertThat(wait).isPositive().isLessThan(Duration.ofMinutes(10));
        now = now.plus(wait);
        assertThat(pacer.acquire(Operation.FIND, Lane.BACKFILL)).isZero();
    }

    @Test
    void a_call_that_costs_nothing_is_refused() {
        assertThatThrownBy(() -> new Quota("tokens", 10, SECOND, Set.of(Operation.FIND), Map.of(Operation.FIND, 0L)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tokens");
    }

    @Test
    void a_clock_that_is_set_back_does_not_stop_the_calls() {
        Pacer pacer = Pacer.of(List.of(quota("write", 4, SECOND, Operation.WRITE_ONE)), clock);
        while (pacer.acquire(Operation.WRITE_ONE).isZero()) {}
        now = now.minus(Duration.ofHours(1));
        Duration wait = pacer.acquire(Operation.WRITE_ONE);
        now = now.plus(wait);

        assertThat(wait).isLessThanOrEqualTo(SECOND);
        assertThat(pacer.acquire(Operation.WRITE_ONE)).isZero();
    }

    @Test
    void threads_together_spend_no_more_than_there_is() throws Exception {
        Pacer pacer = Pacer.of(List.of(quota("write", 6000, Duration.ofMinutes(1), Operation.WRITE_ONE)), clock);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Integer>> callers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                callers.add(() -> 1000 - waits(pacer, Operation.WRITE_ONE, 1000));
            }
            int made = 0;
            for (Future<Integer> caller : threads.invokeAll(callers)) {
                made += caller.get();
            }
            assertThat(made).isEqualTo(600);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void a_quota_declared_twice_is_refused() {
        Quota quota = quota("write", 1, SECOND, Operation.WRITE_ONE);

        assertThatThrownBy(() -> Pacer.of(List.of(quota, quota), clock))
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("'write'")
                .hasMessageContaining("a key of its own");
    }

    private static int waits(Pacer pacer, Operation operation, int calls) {
        int waits = 0;
        for (int i = 0; i < calls; i++) {
            waits += pacer.acquire(operation).isZero() ? 0 : 1;
        }
        return waits;
    }

    private static Quota quota(String key, long calls, Duration window, Operation... operations) {
        return new Quota(key, calls, window, Set.of(operations));
    }
}
