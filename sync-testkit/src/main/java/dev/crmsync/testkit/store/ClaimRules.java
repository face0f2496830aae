package dev.crmsync.testkit.store;

import static dev.crmsync.testkit.store.Bench.T0;
import static dev.crmsync.testkit.store.Bench.at;
import static dev.crmsync.testkit.store.Bench.equal;

import dev.crmsync.spi.store.DueRow;
import dev.crmsync.spi.store.Lane;
import dev.crmsync.spi.store.Turn;
import dev.crmsync.testkit.store.StoreContract.Rule;
import java.util.List;
import java.util.Optional;

/** Whose turn it is, and who gets which work. */
final class ClaimRules {
    private ClaimRules() {}

    static List<Rule> rules() {
        return List.of(
                new Rule("S41", "a claim gives what is ripe, the oldest first", ClaimRules::s41),
                new Rule("S42", "claimed work is not given again before the claim lapses", ClaimRules::s42),
                new Rule("S43", "held and waiting work is never claimed and has no turn", ClaimRules::s43),
                new Rule("S44", "turns go by lane, then to the one that was served longest ago", ClaimRules::s44),
                new Rule("S45", "a turn shows only what a claim would give", ClaimRules::s45),
                new Rule("S46", "turns are shown of the asked syncs only", ClaimRules::s46),
                new Rule("S47", "one row is claimed out of turn, whatever its time", ClaimRules::s47));
    }

    private static void s41(Bench bench) {
        bench.put(
                bench.due("d", Lane.LIVE, at(4)),
                bench.due("a", Lane.LIVE, at(3)),
                bench.due("c", Lane.LIVE, at(1)),
                bench.due("b", Lane.LIVE, at(2)),
                bench.due("other lane", Lane.RETRY, at(1)));
        List<DueRow> claimed = bench.other.claim(bench.turn(Lane.LIVE), at(3), 2, "engine-2", at(63));
        equal(claimed, List.of(bench.due("c", Lane.LIVE, at(1)), bench.due("b", Lane.LIVE, at(2))), "the first two");
        equal(bench.claim(Lane.LIVE, at(3), 9), List.of("a"), "the rest that is ripe");
        equal(bench.claim(Lane.LIVE, at(3), 0), List.of(), "a claim of none");
    }

    private static void s42(Bench bench) {
        bench.put(bench.due("a", Lane.LIVE, T0));
        equal(bench.claim(Lane.LIVE, T0, 9), List.of("a"), "claimed");
        equal(bench.claim(Lane.LIVE, at(59), 9), List.of(), "claimed again by the same owner");
        equal(
                bench.other.claim(bench.turn(Lane.LIVE), at(59), 9, "engine-2", at(99)),
                List.of(),
                "claimed again by another owner");
        equal(
                bench.other
                        .claim(bench.turn(Lane.LIVE), at(60), 9, "engine-2", at(99))
                        .size(),
                1,
                "rows claimed at the lapse");
    }

    private static void s43(Bench bench) {
        bench.put(bench.due("a", Lane.HELD, T0), bench.waiting("b", "parent"));
        equal(bench.claim(Lane.HELD, at(9), 9), List.of(), "claimed from HELD");
        equal(bench.claim(Lane.LIVE, at(9), 9), List.of(), "claimed from LIVE");
        equal(bench.store.turns(List.of(bench.sync), at(9), 9), List.of(), "turns");
    }

    private static void s44(Bench bench) {
        for (String system : List.of("x", "y", "z")) {
            for (Lane lane : List.of(Lane.LIVE, Lane.BACKFILL)) {
                for (int i = 0; i < 3; i++) {
                    bench.put(new DueRow(bench.sync, lane + "-" + i, system, lane, T0, 0, false, null));
                }
            }
        }
        serve(bench, "y", Lane.LIVE);
        serve(bench, "x", Lane.LIVE);
        serve(bench, "z", Lane.LIVE);
        serve(bench, "y", Lane.LIVE);
        serve(bench, "x", Lane.BACKFILL);
        List<Turn> turns = bench.other.turns(List.of(bench.sync), at(1), 9);
        equal(
                turns.subList(0, 3),
                List.of(turn(bench, "x", Lane.LIVE), turn(bench, "z", Lane.LIVE), turn(bench, "y", Lane.LIVE)),
                "turns of the live lane");
        equal(turns.get(5), turn(bench, "x", Lane.BACKFILL), "the last turn of six");
        equal(bench.store.turns(List.of(bench.sync), at(1), 2), turns.subList(0, 2), "the first two turns");
    }

    private static Turn turn(Bench bench, String system, Lane lane) {
        return new Turn(bench.sync, system, lane);
    }

    private static void serve(Bench bench, String system, Lane lane) {
        bench.store.claim(turn(bench, system, lane), at(1), 1, "engine-1", at(60));
    }

    private static void s45(Bench bench) {
        List<String> syncs = List.of(bench.sync);
        equal(bench.store.turns(syncs, T0, 9), List.of(), "turns of nothing");
        bench.put(bench.due("a", Lane.LIVE, at(5)));
        equal(bench.store.turns(syncs, at(4), 9), List.of(), "turns before the time has come");
        equal(bench.store.turns(syncs, at(5), 9), List.of(bench.turn(Lane.LIVE)), "turns when it has");
        bench.claim(Lane.LIVE, at(5), 9);
        equal(bench.store.turns(syncs, at(6), 9), List.of(), "turns once it is claimed");
        equal(bench.store.turns(syncs, at(65), 9), List.of(bench.turn(Lane.LIVE)), "turns once the claim has lapsed");
        bench.put(bench.due("b", Lane.RETRY, at(1)));
        bench.remove("a", true);
        equal(bench.store.turns(syncs, at(65), 9), List.of(bench.turn(Lane.RETRY)), "turns once the work is gone");
    }

    private static void s46(Bench bench) {
        bench.put(bench.due("a", Lane.LIVE, T0));
        equal(bench.store.turns(List.of(), T0, 9), List.of(), "turns of no sync");
        equal(bench.store.turns(List.of(bench.otherSync), T0, 9), List.of(), "turns of another sync");
        equal(
                bench.store.turns(List.of(bench.otherSync, bench.sync, bench.sync), T0, 9),
                List.of(bench.turn(Lane.LIVE)),
                "turns of both");
    }

    private static void s47(Bench bench) {
        bench.put(
                bench.due("later", Lane.LIVE, at(500)),
                bench.due("held", Lane.HELD, T0),
                bench.waiting("child", "parent"));
        equal(one(bench, "later", 0), Optional.of(bench.due("later", Lane.LIVE, at(500))), "the row of a later time");
        equal(one(bench, "later", 59), Optional.empty(), "the row while it is claimed");
        equal(one(bench, "later", 60).isPresent(), true, "whether the row is claimed at the lapse");
        equal(one(bench, "child", 0), Optional.of(bench.waiting("child", "parent")), "the row that waits");
        equal(one(bench, "held", 0), Optional.empty(), "the held row");
        equal(one(bench, "nobody", 0), Optional.empty(), "a row that is not there");
    }

    private static Optional<DueRow> one(Bench bench, String link, long now) {
        return bench.store.claimOne(bench.sync, link, Bench.CRM, at(now), "engine-1", at(now + 60));
    }
}
