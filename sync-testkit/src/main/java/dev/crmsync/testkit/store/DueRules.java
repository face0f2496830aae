package dev.crmsync.testkit.store;

import static dev.crmsync.testkit.store.Bench.CRM;
import static dev.crmsync.testkit.store.Bench.T0;
import static dev.crmsync.testkit.store.Bench.at;
import static dev.crmsync.testkit.store.Bench.equal;
import static dev.crmsync.testkit.store.Bench.that;

import dev.crmsync.spi.store.DueChange;
import dev.crmsync.spi.store.DueCount;
import dev.crmsync.spi.store.DueRow;
import dev.crmsync.spi.store.Lane;
import dev.crmsync.spi.store.Unit;
import dev.crmsync.testkit.store.StoreContract.Rule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How due work is put, removed, woken, walked, moved and counted. */
final class DueRules {
    private DueRules() {}

    static List<Rule> rules() {
        return List.of(
                new Rule("S30", "due work comes back as it was put, one row for each link and system", DueRules::s30),
                new Rule("S31", "without a release, putting never worsens what stands", DueRules::s31),
                new Rule("S32", "putting with a release replaces everything and frees the claim", DueRules::s32),
                new Rule("S33", "without a release, what is claimed is not removed", DueRules::s33),
                new Rule("S34", "a wake makes the children of one link due at once, at every system", DueRules::s34),
                new Rule("S35", "changes of one commit follow each other", DueRules::s35),
                new Rule("S36", "due work is walked by link and system, lane by lane", DueRules::s36),
                new Rule("S37", "a lane is moved as a whole, claims included", DueRules::s37),
                new Rule("S38", "due work is counted by system and lane", DueRules::s38),
                new Rule("S39", "the next time is the earliest at which work can be claimed", DueRules::s39),
                new Rule("S40", "times keep their microsecond, and the far ends of time do no harm", DueRules::s40));
    }

    private static void s30(Bench bench) {
        DueRow row = new DueRow(bench.sync, "a", CRM, Lane.RETRY, at(5), 3, true, "parent");
        DueRow elsewhere = new DueRow(bench.sync, "a", Bench.KIRIM, Lane.HELD, at(6), 0, false, null);
        bench.put(row, elsewhere);
        equal(bench.other.walkDue(bench.sync, Set.of(Lane.values()), null, 9), List.of(row, elsewhere), "due work");
        bench.remove("a", false);
        bench.remove("nobody", true);
        equal(bench.allDue(), List.of(elsewhere), "due work after a removal");
    }

    private static void s31(Bench bench) {
        bench.put(new DueRow(bench.sync, "a", CRM, Lane.RETRY, at(5), 3, true, "parent"));
        bench.put(new DueRow(bench.sync, "a", CRM, Lane.BACKFILL, at(9), 1, false, "other parent"));
        equal(
                bench.onlyDue(),
                new DueRow(bench.sync, "a", CRM, Lane.RETRY, at(5), 3, true, "other parent"),
                "what stands against a worse lane and time");
        bench.put(new DueRow(bench.sync, "a", CRM, Lane.LIVE, at(2), 4, false, null));
        bench.put(new DueRow(bench.sync, "a", CRM, Lane.HELD, at(3), 0, false, "parent"));
        equal(
                bench.onlyDue(),
                new DueRow(bench.sync, "a", CRM, Lane.LIVE, at(2), 4, true, null),
                "what stands after a better lane and time");
        equal(bench.claim(Lane.LIVE, at(2), 9), List.of("a"), "claimed");
        bench.put(bench.due("a", Lane.LIVE, at(1)));
        equal(bench.claim(Lane.LIVE, at(3), 9), List.of(), "claimed again after a put without a release");
    }

    private static void s32(Bench bench) {
        bench.put(new DueRow(bench.sync, "a", CRM, Lane.LIVE, at(1), 3, true, null));
        equal(bench.claim(Lane.LIVE, at(1), 9), List.of("a"), "claimed");
        DueRow worse = new DueRow(bench.sync, "a", CRM, Lane.RETRY, at(5), 1, false, null);
        bench.putReleasing(worse);
        equal(bench.onlyDue(), worse, "what stands");
        equal(bench.claim(Lane.RETRY, at(5), 9), List.of("a"), "claimed after the release");
    }

    private static void s33(Bench bench) {
        bench.put(bench.due("claimed", Lane.LIVE, T0), bench.due("given up", Lane.LIVE, T0));
        bench.claim(Lane.LIVE, T0, 9);
        bench.put(bench.due("free", Lane.LIVE, T0));
        bench.remove("claimed", false);
        bench.remove("given up", true);
        bench.remove("free", false);
        equal(bench.onlyDue().link(), "claimed", "what stands");
        equal(bench.claim(Lane.LIVE, at(60), 9), List.of("claimed"), "claimed after the lapse");
    }

    private static void s34(Bench bench) {
        DueRow elsewhere = new DueRow(bench.sync, "a", Bench.KIRIM, Lane.HELD, at(900), 0, false, "parent");
        bench.put(bench.waiting("a", "parent"), bench.waiting("b", "other"), elsewhere);
        bench.commit(Bench.change("parent", 0));
        that(
                !bench.commit(Unit.builder()
                        .link(Bench.change("parent", 7))
                        .wake("parent")
                        .build()),
                "a stale version must lose");
        equal(bench.claim(Lane.LIVE, at(5), 9), List.of(), "claimed after the wake of a loser");
        that(
                bench.commit(Unit.builder()
                        .link(Bench.change("parent", 1))
                        .wake("parent")
                        .build()),
                "the expected version must win");
        equal(
                bench.allDue(),
                List.of(
                        bench.due("a", Lane.LIVE, Instant.EPOCH),
                        new DueRow(bench.sync, "a", Bench.KIRIM, Lane.HELD, Instant.EPOCH, 0, false, null),
                        bench.waiting("b", "other")),
                "due work");
        equal(bench.claim(Lane.LIVE, at(5), 9), List.of("a"), "claimed after the wake");
    }

    private static void s35(Bench bench) {
        DueRow later = bench.due("a", Lane.RETRY, at(9));
        Unit first = Unit.builder()
                .due(new DueChange.Put(bench.due("a", Lane.LIVE, at(1)), false))
                .due(new DueChange.Put(bench.waiting("b", "parent"), false))
                .due(new DueChange.Put(bench.due("c", Lane.LIVE, at(1)), false))
                .wake("parent")
                .build();
        Unit second = Unit.builder()
                .due(new DueChange.Put(later, true))
                .due(new DueChange.Remove("c", CRM, false))
                .build();
        bench.commit(List.of(first, second));
        equal(bench.allDue(), List.of(later, bench.due("b", Lane.LIVE, Instant.EPOCH)), "due work");
    }

    private static void s36(Bench bench) {
        DueRow kirim = new DueRow(bench.sync, "b", Bench.KIRIM, Lane.HELD, T0, 0, false, null);
        bench.put(
                bench.due("c", Lane.HELD, T0),
                kirim,
                bench.due("b", Lane.HELD, at(-9)),
                bench.due("a", Lane.LIVE, T0),
                bench.due("d", Lane.RETRY, T0));
        Set<Lane> lanes = Set.of(Lane.HELD, Lane.RETRY);
        List<DueRow> page = bench.store.walkDue(bench.sync, lanes, null, 1);
        equal(page, List.of(bench.due("b", Lane.HELD, at(-9))), "first page");
        page = bench.store.walkDue(bench.sync, lanes, page.get(0), 2);
        equal(page, List.of(kirim, bench.due("c", Lane.HELD, T0)), "second page");
        page = bench.store.walkDue(bench.sync, lanes, page.get(1), 2);
        equal(page, List.of(bench.due("d", Lane.RETRY, T0)), "third page");
        equal(bench.store.walkDue(bench.sync, Set.of(), null, 9), List.of(), "due work of no lane");
    }

    private static void s37(Bench bench) {
        bench.put(bench.due("a", Lane.HELD, T0), bench.due("b", Lane.HELD, T0), bench.due("c", Lane.RETRY, T0));
        bench.put(new DueRow(bench.sync, "d", Bench.KIRIM, Lane.HELD, T0, 0, false, null));
        equal(bench.claim(Lane.HELD, T0, 9), List.of(), "claimed from HELD");
        equal(bench.store.moveLane(bench.sync, Lane.HELD, Lane.BACKFILL), 3, "rows moved");
        equal(bench.claim(Lane.BACKFILL, T0, 1), List.of("a"), "claimed from BACKFILL");
        equal(bench.store.moveLane(bench.sync, Lane.BACKFILL, Lane.LIVE), 3, "rows moved on");
        equal(bench.store.moveLane(bench.sync, Lane.BACKFILL, Lane.LIVE), 0, "rows moved from an empty lane");
        equal(bench.claim(Lane.LIVE, T0, 9), List.of("b"), "claimed from LIVE");
    }

    private static void s38(Bench bench) {
        equal(bench.store.countDue(bench.sync), List.of(), "counts of nothing");
        bench.put(
                bench.due("a", Lane.LIVE, T0),
                bench.waiting("b", "a"),
                new DueRow(bench.sync, "c", CRM, Lane.LIVE, at(99), 1, true, null),
                bench.due("d", Lane.HELD, T0));
        bench.claim(Lane.LIVE, T0, 1);
        equal(
                Set.copyOf(bench.store.countDue(bench.sync)),
                Set.of(new DueCount(CRM, Lane.LIVE, 3, 1, 1), new DueCount(CRM, Lane.HELD, 1, 0, 0)),
                "counts");
    }

    private static void s39(Bench bench) {
        equal(bench.store.nextDue(bench.sync), Optional.empty(), "next time of nothing");
        bench.put(bench.due("held", Lane.HELD, at(1)), bench.waiting("child", "parent"));
        equal(bench.store.nextDue(bench.sync), Optional.empty(), "next time of held and waiting work");
        bench.put(bench.due("b", Lane.RETRY, at(500)));
        equal(bench.store.nextDue(bench.sync), Optional.of(at(500)), "next time of a retry");
        bench.put(bench.due("a", Lane.LIVE, at(10)));
        equal(bench.store.nextDue(bench.sync), Optional.of(at(10)), "next time of live work");
        bench.claim(Lane.LIVE, at(12), 9);
        equal(bench.store.nextDue(bench.sync), Optional.of(at(72)), "next time once the live work is claimed");
        bench.remove("a", true);
        equal(bench.store.nextDue(bench.sync), Optional.of(at(500)), "next time once the live work is done");
    }

    private static void s40(Bench bench) {
        Instant exact = T0.plusNanos(123_456_000);
        bench.put(bench.due("a", Lane.LIVE, exact));
        equal(bench.onlyDue().notBefore(), exact, "the time");
        equal(bench.claim(Lane.LIVE, exact.minusNanos(1_000), 9), List.of(), "claimed a microsecond too early");
        bench.put(bench.due("never", Lane.RETRY, Instant.MAX));
        equal(bench.claim(Lane.RETRY, at(1_000_000_000), 9), List.of(), "claimed before the end of time");
        equal(
                bench.store
                        .claim(bench.turn(Lane.LIVE), exact, 9, "engine-1", Instant.MAX)
                        .size(),
                1,
                "rows claimed for ever");
        equal(bench.claim(Lane.LIVE, at(1_000_000_000), 9), List.of(), "claimed again");
    }
}
