package dev.crmsync.testkit.store;

import static dev.crmsync.testkit.store.Bench.T0;
import static dev.crmsync.testkit.store.Bench.change;
import static dev.crmsync.testkit.store.Bench.email;
import static dev.crmsync.testkit.store.Bench.equal;
import static dev.crmsync.testkit.store.Bench.event;
import static dev.crmsync.testkit.store.Bench.holding;
import static dev.crmsync.testkit.store.Bench.leaving;
import static dev.crmsync.testkit.store.Bench.ref;
import static dev.crmsync.testkit.store.Bench.row;
import static dev.crmsync.testkit.store.Bench.that;
import static dev.crmsync.testkit.store.Bench.unit;

import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.store.DeadLetterRow;
import dev.crmsync.spi.store.DueChange;
import dev.crmsync.spi.store.Lane;
import dev.crmsync.spi.store.LinkChange;
import dev.crmsync.spi.store.ReviewRow;
import dev.crmsync.spi.store.Store;
import dev.crmsync.spi.store.Unit;
import dev.crmsync.testkit.store.StoreContract.Rule;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which units win, and what a loser leaves. */
final class CommitRules {
    private CommitRules() {}

    static List<Rule> rules() {
        return List.of(
                new Rule("S10", "a new link wins once, and never again", CommitRules::s10),
                new Rule("S11", "a unit of a stale version loses and leaves no trace", CommitRules::s11),
                new Rule("S12", "a loser does not hinder its neighbours", CommitRules::s12),
                new Rule("S13", "a record that another link holds makes its unit lose", CommitRules::s13),
                new Rule("S14", "a record moves from link to link in one unit", CommitRules::s14),
                new Rule("S15", "a later unit sees what earlier winners freed and took", CommitRules::s15),
                new Rule("S16", "one lost link loses the whole unit", CommitRules::s16),
                new Rule("S17", "a link that is not there has no version to expect", CommitRules::s17),
                new Rule("S18", "a link that is changed twice in one commit is refused", CommitRules::s18),
                new Rule("S19", "due work of another sync is refused", CommitRules::s19),
                new Rule("S20", "a commit of nothing is fine", CommitRules::s20));
    }

    private static void s10(Bench bench) {
        that(bench.commit(unit(change("a", 0))), "a new link must win");
        that(!bench.commit(unit(change("a", 0))), "the same new link must lose the second time");
        that(bench.commit(unit(change("a", 1))), "the expected version must win");
        equal(bench.version("a"), 2L, "version");
    }

    private static void s11(Bench bench) {
        bench.commit(change("a", 0));
        bench.commit(change("a", 1));
        bench.store.accept(bench.sync, List.of(event(3, "before")));
        bench.commit(Unit.builder().deadLetter(letter("kept")).build());
        long inboxId = bench.store.pending(bench.sync, 3, 1).get(0).id();
        Unit loser = Unit.builder()
                .link(new LinkChange(1, row("a", 2), Set.of(ref("1")), Set.of(), Set.of(email("x")), Set.of()))
                .journal(Bench.entry("a", 2, "lost"))
                .due(new DueChange.Put(bench.due("a", Lane.LIVE, T0), false))
                .review(new ReviewRow("r", "a", "WHO", T0, null, Bytes.EMPTY, null))
                .deadLetter(letter("lost"))
                .deadLetterGone("kept")
                .inbox(event(4, "lost"))
                .inboxDone(inboxId)
                .cursor("poll", Bytes.utf8("9"))
                .build();
        that(!bench.commit(loser), "a stale version must lose");
        Store store = bench.other;
        equal(bench.version("a"), 2L, "version");
        equal(store.linkIds(bench.sync, List.of(ref("1"))), Map.of(), "records of a loser");
        equal(store.matches(bench.sync, List.of(email("x"))), Map.of(), "match keys of a loser");
        equal(store.journal(bench.sync, "a", Long.MAX_VALUE, 9), List.of(), "journal of a loser");
        equal(bench.allDue(), List.of(), "due work of a loser");
        equal(store.openReviews(bench.sync, null, 9), List.of(), "reviews of a loser");
        equal(store.deadLetters(bench.sync, null, 9), List.of(letter("kept")), "dead letters beside a loser");
        equal(store.pendingShards(bench.sync), List.of(3), "shards with events");
        that(store.cursor(bench.sync, "poll").isEmpty(), "a loser must set no cursor");
    }

    private static DeadLetterRow letter(String id) {
        return new DeadLetterRow(id, Bench.KIRIM, null, "event", "malformed", T0, Bytes.utf8("{"));
    }

    private static void s12(Bench bench) {
        bench.commit(change("a", 0), change("b", 0), change("c", 0));
        equal(
                bench.commit(List.of(unit(change("c", 1)), unit(change("b", 2)), unit(change("a", 1)))),
                List.of(true, false, true),
                "who won");
        equal(bench.version("a") + bench.version("b") + bench.version("c"), 5L, "sum of versions");
        equal(
                bench.commit(List.of(unit(change("new", 0)), unit(change("a", 0)), unit(change("newer", 0)))),
                List.of(true, false, true),
                "who won among new links");
    }

    private static void s13(Bench bench) {
        bench.commit(holding("a", 0, ref("1")));
        equal(
                bench.commit(List.of(
                        unit(holding("b", 0, ref("1"))),
                        unit(holding("c", 0, ref("2"))),
                        unit(holding("d", 0, ref("2"))),
                        unit(holding("a", 1, ref("1"), ref("3"))))),
                List.of(false, true, false, true),
                "who won");
        equal(bench.version("b") + bench.version("d"), 0L, "losers stored");
        equal(
                bench.store.linkIds(bench.sync, List.of(ref("1"), ref("2"), ref("3"))),
                Map.of(ref("1"), "a", ref("2"), "c", ref("3"), "a"),
                "holders");
        that(
                !bench.commit(unit(holding("e", 0, ref("9")), holding("f", 0, ref("9")))),
                "a unit that gives one record to two links must lose");
    }

    private static void s14(Bench bench) {
        bench.commit(holding("a", 0, ref("1"), ref("2")));
        bench.commit(change("b", 0));
        that(bench.commit(unit(holding("b", 1, ref("1")), leaving("a", 1, ref("1")))), "a merge must win");
        equal(
                bench.store.linkIds(bench.sync, List.of(ref("1"), ref("2"))),
                Map.of(ref("1"), "b", ref("2"), "a"),
                "holders");
        that(bench.commit(unit(leaving("a", 2, ref("1")))), "leaving what another holds must do nothing and win");
        equal(bench.store.linkIds(bench.sync, List.of(ref("1"))), Map.of(ref("1"), "b"), "holder");
    }

    private static void s15(Bench bench) {
        bench.commit(holding("a", 0, ref("1")));
        equal(
                bench.commit(List.of(
                        unit(holding("b", 0, ref("1"))),
                        unit(leaving("a", 1, ref("1"))),
                        unit(holding("c", 0, ref("1"))),
                        unit(holding("d", 0, ref("1"))))),
                List.of(false, true, true, false),
                "who won");
        equal(bench.store.linkIds(bench.sync, List.of(ref("1"))), Map.of(ref("1"), "c"), "holder");
    }

    private static void s16(Bench bench) {
        bench.commit(change("a", 0), change("b", 0));
        that(!bench.commit(unit(change("a", 1), change("b", 5))), "one stale link must lose the unit");
        that(!bench.commit(unit(change("a", 1), change("new", 0), change("b", 0))), "one taken id must lose it too");
        equal(bench.version("a"), 1L, "version of the link that was not stale");
        equal(bench.version("new"), 0L, "version of the link that was new");
    }

    private static void s17(Bench bench) {
        that(!bench.commit(unit(change("ghost", 4))), "a version of a link that is not there must lose");
        equal(bench.store.countLinks(bench.sync), 0L, "links");
    }

    private static void s18(Bench bench) {
        Bench.refused(() -> bench.commit(unit(change("a", 0), change("a", 1))), "a link twice in a unit");
        Bench.refused(
                () -> bench.commit(List.of(unit(change("b", 0)), unit(change("a", 0)), unit(change("a", 1)))),
                "a link in two units");
        equal(bench.store.countLinks(bench.sync), 0L, "links after a refusal");
    }

    private static void s19(Bench bench) {
        Unit foreign = Unit.builder()
                .due(new DueChange.Put(bench.due("a", Lane.LIVE, T0), false))
                .build();
        Bench.refused(() -> bench.store.commit(bench.otherSync, List.of(foreign), null), "due work of another sync");
        equal(bench.allDue(), List.of(), "due work after a refusal");
    }

    private static void s20(Bench bench) {
        equal(bench.commit(List.of()), List.of(), "who won among none");
        equal(bench.commit(List.of(Unit.builder().build())), List.of(true), "whether an empty unit won");
    }
}
