package dev.crmsync.testkit.store;

import static dev.crmsync.testkit.store.Bench.CRM;
import static dev.crmsync.testkit.store.Bench.T0;
import static dev.crmsync.testkit.store.Bench.at;
import static dev.crmsync.testkit.store.Bench.change;
import static dev.crmsync.testkit.store.Bench.equal;
import static dev.crmsync.testkit.store.Bench.that;

import dev.crmsync.spi.store.DueChange;
import dev.crmsync.spi.store.DueRow;
import dev.crmsync.spi.store.Lane;
import dev.crmsync.spi.store.LinkRow;
import dev.crmsync.spi.store.Store;
import dev.crmsync.spi.store.Unit;
import dev.crmsync.testkit.store.StoreContract.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What holds when several engines put, claim and wake due work at once. */
final class DueRaceRules {
    private static final int ROUNDS = 20;

    private DueRaceRules() {}

    static List<Rule> rules() {
        return List.of(
                new Rule("S87", "no two callers claim the same work, and all work is claimed", DueRaceRules::s87),
                new Rule("S88", "one row is claimed out of turn by one caller only", DueRaceRules::s88),
                new Rule("S89", "work that is put while others claim has its turn", DueRaceRules::s89),
                new Rule(
                        "S90",
                        "of many that put the same work, all find it standing and none is refused",
                        DueRaceRules::s90),
                new Rule(
                        "S91",
                        "a wake is not missed by a child that begins to wait and looks again",
                        DueRaceRules::s91));
    }

    private static void s87(Bench bench) throws Exception {
        int rows = 200;
        Unit.Builder unit = Unit.builder();
        for (int i = 0; i < rows; i++) {
            unit.due(new DueChange.Put(bench.due("l" + i, Lane.LIVE, at(i % 7)), false));
        }
        bench.commit(unit.build());
        List<List<String>> claims = Race.run(bench, (store, number) -> {
            List<String> mine = new ArrayList<>();
            while (!store.turns(List.of(bench.sync), at(10), 1).isEmpty()) {
                Race.insist(() -> store.claim(bench.turn(Lane.LIVE), at(10), 7, "engine " + number, at(99))).stream()
                        .map(DueRow::link)
                        .forEach(mine::add);
            }
            return mine;
        });
        List<String> all = claims.stream().flatMap(List::stream).toList();
        equal(all.size(), rows, "rows claimed");
        equal(new TreeSet<>(all).size(), rows, "different rows claimed");
    }

    private static void s88(Bench bench) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String link = "l" + round;
            bench.put(bench.due(link, Lane.LIVE, T0));
            List<Optional<DueRow>> claims = Race.run(
                    bench,
                    (store, number) -> number < 4
                            ? Race.insist(() -> store.claimOne(bench.sync, link, CRM, at(1), "e" + number, at(60)))
                            : Race.insist(() -> store.claim(bench.turn(Lane.LIVE), at(1), 5, "e" + number, at(60)))
                                    .stream()
                                    .findFirst());
            equal(claims.stream().filter(Optional::isPresent).count(), 1L, "callers that got the row");
        }
    }

    private static void s89(Bench bench) throws Exception {
        int perRunner = 30;
        Race.run(bench, (store, number) -> {
            for (int i = 0; i < perRunner; i++) {
                DueRow row = bench.due("l" + number + "-" + i, Lane.RETRY, at(i));
                Unit unit = Unit.builder().due(new DueChange.Put(row, false)).build();
                Race.insist(() -> store.commit(bench.sync, List.of(unit), null));
                finishOne(bench, store, number);
            }
            return true;
        });
        int left = bench.allDue().size();
        while (!bench.store.turns(List.of(bench.sync), at(1_000), 1).isEmpty()) {
            left -= bench.claim(Lane.RETRY, at(1_000), 10).size();
        }
        equal(left, 0, "rows that never had their turn");
    }

    private static void finishOne(Bench bench, Store store, int number) throws Exception {
        List<DueRow> claimed =
                Race.insist(() -> store.claim(bench.turn(Lane.RETRY), at(500), 1, "engine " + number, at(900)));
        for (DueRow row : claimed) {
            Unit done = Unit.builder()
                    .due(new DueChange.Remove(row.link(), CRM, true))
                    .build();
            Race.insist(() -> store.commit(bench.sync, List.of(done), null));
        }
    }

    private static void s90(Bench bench) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String link = "l" + round;
            List<Boolean> won = Race.run(bench, (store, number) -> {
                DueRow row = new DueRow(bench.sync, link, CRM, Lane.LIVE, at(number), number, false, null);
                Unit unit = Unit.builder().due(new DueChange.Put(row, false)).build();
                return Race.insist(() -> store.commit(bench.sync, List.of(unit), null))
                        .get(0);
            });
            that(!won.contains(false), "a unit without links must win");
            DueRow expected = new DueRow(bench.sync, link, CRM, Lane.LIVE, at(0), Race.RUNNERS - 1, false, null);
            that(
                    bench.allDue().contains(expected),
                    "the earliest time and the most attempts must stand: " + bench.allDue());
            bench.remove(link, true);
        }
    }

    private static void s91(Bench bench) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String parent = "parent " + round;
            String child = "child " + round;
            bench.commit(change(parent, 0));
            Race.run(bench, (store, number) -> {
                if (number == 0) {
                    Unit found =
                            Unit.builder().link(change(parent, 1)).wake(parent).build();
                    return Race.insist(() -> store.commit(bench.sync, List.of(found), null));
                }
                String link = child + " " + number;
                Unit waits = Unit.builder()
                        .due(new DueChange.Put(bench.waiting(link, parent), true))
                        .build();
                Race.insist(() -> store.commit(bench.sync, List.of(waits), null));
                LinkRow now = store.links(bench.sync, List.of(parent)).get(0);
                if (now.version() == 2) {
                    Unit again = Unit.builder()
                            .due(new DueChange.Put(bench.due(link, Lane.LIVE, T0), true))
                            .build();
                    Race.insist(() -> store.commit(bench.sync, List.of(again), null));
                }
                return true;
            });
            that(bench.allDue().stream().allMatch(row -> row.waitingOn() == null), "no child may wait for ever");
        }
    }
}
