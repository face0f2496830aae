package dev.crmsync.testkit.store;

import static dev.crmsync.testkit.store.Bench.T0;
import static dev.crmsync.testkit.store.Bench.at;
import static dev.crmsync.testkit.store.Bench.change;
import static dev.crmsync.testkit.store.Bench.equal;
import static dev.crmsync.testkit.store.Bench.that;
import static dev.crmsync.testkit.store.Bench.unit;

import dev.crmsync.spi.store.Fence;
import dev.crmsync.testkit.store.StoreContract.Rule;
import java.util.List;
import java.util.OptionalLong;

/** Leases, and commits under them. */
final class LeaseRules {
    private LeaseRules() {}

    static List<Rule> rules() {
        return List.of(
                new Rule("S60", "a lease is one owner's until it lapses", LeaseRules::s60),
                new Rule(
                        "S61",
                        "the token grows with each change of hands and stays while one prolongs",
                        LeaseRules::s61),
                new Rule("S62", "a lease is given back by its owner only", LeaseRules::s62),
                new Rule("S63", "a commit wins under a lease that is held", LeaseRules::s63),
                new Rule("S64", "every unit loses under a lease that has changed hands", LeaseRules::s64),
                new Rule("S65", "every unit loses under a lease that was given back or never taken", LeaseRules::s65));
    }

    private static OptionalLong take(Bench bench, String owner, long now) {
        return bench.store.lease(bench.sync, owner, at(now), at(now + 30));
    }

    private static void s60(Bench bench) {
        that(take(bench, "one", 0).isPresent(), "a free lease must be given");
        equal(bench.other.lease(bench.sync, "two", at(29), at(99)), OptionalLong.empty(), "the lease while it is held");
        that(bench.other.lease(bench.sync, "two", at(30), at(99)).isPresent(), "a lapsed lease must be given");
        equal(take(bench, "one", 31), OptionalLong.empty(), "the lease for its former owner");
        that(bench.store.lease(bench.otherSync, "one", T0, at(9)).isPresent(), "another lease must be free");
    }

    private static void s61(Bench bench) {
        long first = take(bench, "one", 0).orElseThrow();
        equal(take(bench, "one", 20).orElseThrow(), first, "the token when prolonged");
        equal(take(bench, "two", 40), OptionalLong.empty(), "the lease that was prolonged");
        equal(take(bench, "one", 60).orElseThrow(), first, "the token when prolonged late, with nobody between");
        long second = take(bench, "two", 95).orElseThrow();
        long third = take(bench, "one", 200).orElseThrow();
        that(first < second && second < third, "tokens must grow: " + first + ", " + second + ", " + third);
    }

    private static void s62(Bench bench) {
        long first = take(bench, "one", 0).orElseThrow();
        bench.store.release(bench.sync, "two");
        equal(take(bench, "two", 1), OptionalLong.empty(), "the lease that a stranger gave back");
        bench.store.release(bench.sync, "one");
        bench.store.release(bench.sync, "one");
        bench.store.release(bench.otherSync, "one");
        long second = take(bench, "two", 2).orElseThrow();
        that(first < second, "tokens must grow: " + first + ", " + second);
    }

    private static void s63(Bench bench) {
        Fence fence = new Fence(bench.sync, take(bench, "one", 0).orElseThrow());
        equal(bench.store.commit(bench.sync, List.of(unit(change("a", 0))), fence), List.of(true), "who won");
        take(bench, "one", 20);
        equal(bench.other.commit(bench.sync, List.of(unit(change("a", 1))), fence), List.of(true), "who won then");
        take(bench, "two", 21);
        equal(bench.store.commit(bench.sync, List.of(unit(change("a", 2))), fence), List.of(true), "who won at last");
    }

    private static void s64(Bench bench) {
        Fence fence = new Fence(bench.sync, take(bench, "one", 0).orElseThrow());
        Fence newer = new Fence(bench.sync, take(bench, "two", 40).orElseThrow());
        equal(
                bench.store.commit(bench.sync, List.of(unit(change("a", 0)), unit()), fence),
                List.of(false, false),
                "who won under the old lease");
        equal(bench.store.countLinks(bench.sync), 0L, "links");
        equal(bench.store.commit(bench.sync, List.of(unit(change("a", 0))), newer), List.of(true), "who won");
    }

    private static void s65(Bench bench) {
        Fence fence = new Fence(bench.sync, take(bench, "one", 0).orElseThrow());
        bench.store.release(bench.sync, "one");
        List<Boolean> lost = List.of(false);
        equal(bench.store.commit(bench.sync, List.of(unit(change("a", 0))), fence), lost, "who won after a release");
        take(bench, "one", 1);
        equal(bench.store.commit(bench.sync, List.of(unit(change("a", 0))), fence), lost, "who won with an old token");
        Fence unknown = new Fence(bench.otherSync, 1);
        equal(bench.store.commit(bench.sync, List.of(unit(change("a", 0))), unknown), lost, "who won without a lease");
    }
}
