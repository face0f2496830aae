package dev.crmsync.testkit.store;

import static dev.crmsync.testkit.store.Bench.T0;
import static dev.crmsync.testkit.store.Bench.equal;
import static dev.crmsync.testkit.store.Bench.event;
import static dev.crmsync.testkit.store.Bench.that;

import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.store.InboxEvent;
import dev.crmsync.spi.store.InboxRow;
import dev.crmsync.spi.store.Unit;
import dev.crmsync.testkit.store.StoreContract.Rule;
import java.util.ArrayList;
import java.util.List;

/** Events between their arrival and their plan. */
final class InboxRules {
    private InboxRules() {}

    static List<Rule> rules() {
        return List.of(
                new Rule("S21", "an event is accepted once, in one list and in many", InboxRules::s21),
                new Rule("S22", "a processed event is not accepted again", InboxRules::s22),
                new Rule("S23", "events of one list wait in its order, those of later lists behind", InboxRules::s23),
                new Rule("S24", "each shard gives its own events, and shards are told apart", InboxRules::s24),
                new Rule("S25", "an event that is marked twice, or unknown, does no harm", InboxRules::s25),
                new Rule("S26", "a unit accepts its events when it wins", InboxRules::s26));
    }

    private static void s21(Bench bench) {
        InboxEvent elsewhere = new InboxEvent(0, Bench.CRM, "k1", T0, Bytes.EMPTY);
        equal(
                bench.store.accept(bench.sync, List.of(event(0, "k1"), event(0, "k2"), event(0, "k1"), elsewhere)),
                3,
                "new events");
        equal(bench.other.accept(bench.sync, List.of(event(0, "k2"), event(5, "k3"))), 1, "new events at last");
        equal(bench.store.accept(bench.sync, List.of()), 0, "new events of none");
        equal(bench.store.countPending(bench.sync), 4L, "events that wait");
    }

    private static void s22(Bench bench) {
        bench.store.accept(bench.sync, List.of(event(0, "k1")));
        finish(bench, 0);
        equal(bench.store.accept(bench.sync, List.of(event(0, "k1"), event(0, "k2"))), 1, "new events");
        equal(keys(bench, 0), List.of("k2"), "events that wait");
    }

    private static void s23(Bench bench) {
        List<InboxEvent> events = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String key = "k" + (i * 37 % 50);
            events.add(event(0, key));
            expected.add(key);
        }
        bench.store.accept(bench.sync, events);
        bench.other.accept(bench.sync, List.of(event(0, "a later one")));
        expected.add("a later one");
        equal(keys(bench, 0), expected, "events in order");
        List<InboxRow> rows = bench.store.pending(bench.sync, 0, 100);
        for (int i = 1; i < rows.size(); i++) {
            that(rows.get(i - 1).id() < rows.get(i).id(), "ids must grow with arrival");
        }
        equal(rows.get(0).event(), event(0, "k0"), "the event as it was accepted");
        equal(bench.store.pending(bench.sync, 0, 3), rows.subList(0, 3), "the oldest three");
    }

    private static void s24(Bench bench) {
        bench.store.accept(bench.sync, List.of(event(11, "a"), event(2, "b"), event(11, "c"), event(0, "d")));
        equal(bench.store.pendingShards(bench.sync), List.of(0, 2, 11), "shards");
        equal(keys(bench, 11), List.of("a", "c"), "events of shard 11");
        equal(keys(bench, 3), List.of(), "events of shard 3");
        finish(bench, 11);
        equal(bench.store.pendingShards(bench.sync), List.of(0, 2), "shards that still wait");
        equal(bench.store.countPending(bench.sync), 2L, "events that wait");
    }

    private static void s25(Bench bench) {
        bench.store.accept(bench.sync, List.of(event(0, "a"), event(0, "b")));
        long id = bench.store.pending(bench.sync, 0, 1).get(0).id();
        for (int i = 0; i < 2; i++) {
            that(
                    bench.commit(Unit.builder()
                            .inboxDone(id)
                            .inboxDone(id + 1_000_000)
                            .build()),
                    "it must win");
        }
        equal(keys(bench, 0), List.of("b"), "events that wait");
    }

    private static void s26(Bench bench) {
        bench.store.accept(bench.sync, List.of(event(0, "known")));
        bench.commit(Bench.change("a", 0));
        Unit winner = Unit.builder()
                .link(Bench.change("a", 1))
                .inbox(event(1, "known"))
                .inbox(event(1, "x"))
                .inbox(event(1, "x"))
                .build();
        Unit loser = Unit.builder()
                .link(Bench.change("b", 9))
                .inbox(event(1, "x"))
                .inbox(event(1, "y"))
                .build();
        equal(bench.commit(List.of(loser, winner)), List.of(false, true), "who won");
        equal(keys(bench, 1), List.of("x"), "events that wait");
        equal(bench.store.countPending(bench.sync), 2L, "events that wait in all");
    }

    private static List<String> keys(Bench bench, int shard) {
        return bench.store.pending(bench.sync, shard, 1_000).stream()
                .map(row -> row.event().dedupeKey())
                .toList();
    }

    static void finish(Bench bench, int shard) {
        Unit.Builder unit = Unit.builder();
        bench.store.pending(bench.sync, shard, 1_000).forEach(row -> unit.inboxDone(row.id()));
        that(bench.commit(unit.build()), "a unit that marks events must win");
    }
}
