package dev.crmsync.testkit.store;

import static dev.crmsync.testkit.store.Bench.at;
import static dev.crmsync.testkit.store.Bench.change;
import static dev.crmsync.testkit.store.Bench.equal;
import static dev.crmsync.testkit.store.Bench.event;
import static dev.crmsync.testkit.store.Bench.holding;
import static dev.crmsync.testkit.store.Bench.ref;
import static dev.crmsync.testkit.store.Bench.that;
import static dev.crmsync.testkit.store.Bench.unit;

import dev.crmsync.spi.store.Fence;
import dev.crmsync.spi.store.InboxEvent;
import dev.crmsync.spi.store.LinkChange;
import dev.crmsync.spi.store.LinkRow;
import dev.crmsync.spi.store.Store;
import dev.crmsync.spi.store.Unit;
import dev.crmsync.testkit.store.StoreContract.Rule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;

/** What holds when several engines commit, accept and lease at once. */
final class RaceRules {
    private static final int ROUNDS = 20;

    private RaceRules() {}

    static List<Rule> rules() {
        return List.of(
                new Rule("S80", "of many that expect one version, exactly one wins", RaceRules::s80),
                new Rule("S81", "of many that make one link, or take one record, exactly one wins", RaceRules::s81),
                new Rule(
                        "S82", "commits of the same links in different orders do not block each other", RaceRules::s82),
                new Rule("S83", "of many that accept one event, exactly one finds it new", RaceRules::s83),
                new Rule("S84", "a lease is never held twice", RaceRules::s84),
                new Rule("S85", "nothing is committed under a lease after another has got it", RaceRules::s85),
                new Rule("S86", "units in one commit are seen together or not at all", RaceRules::s86));
    }

    private static int winners(List<Boolean> answers) {
        return Collections.frequency(answers, true);
    }

    private static void s80(Bench bench) throws Exception {
        bench.commit(change("a", 0));
        for (int round = 1; round <= ROUNDS; round++) {
            int version = round;
            List<Boolean> won = Race.run(
                    bench,
                    (store, number) -> Race.insist(() -> store.commit(
                                    bench.sync,
                                    List.of(
                                            unit(change("own " + version + " " + number, 0)),
                                            unit(change("a", version))),
                                    null))
                            .get(1));
            equal(winners(won), 1, "winners in round " + round);
        }
        equal(bench.version("a"), ROUNDS + 1L, "version");
        equal(bench.store.countLinks(bench.sync), 1L + ROUNDS * Race.RUNNERS, "links");
    }

    private static void s81(Bench bench) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String name = "r" + round;
            List<Boolean> made = Race.run(
                    bench,
                    (store, number) -> Race.insist(() -> store.commit(
                                    bench.sync,
                                    List.of(unit(change("own " + name + number, 0)), unit(change(name, 0))),
                                    null))
                            .get(1));
            equal(winners(made), 1, "makers of one link");
            List<Boolean> took = Race.run(
                    bench,
                    (store, number) -> Race.insist(() -> store.commit(
                                    bench.sync,
                                    List.of(
                                            unit(holding("x" + name + number, 0, ref(name))),
                                            unit(change("beside " + name + number, 0))),
                                    null))
                            .get(0));
            equal(winners(took), 1, "takers of one record");
        }
        equal(bench.store.countLinks(bench.sync), ROUNDS * (2L + 2 * Race.RUNNERS), "links");
    }

    private static void s82(Bench bench) throws Exception {
        List<String> ids = List.of("a", "b", "c", "d", "e");
        bench.commit(ids.stream().map(id -> change(id, 0)).toArray(size -> new LinkChange[size]));
        List<Integer> won = Race.run(bench, (store, number) -> {
            List<String> order = new ArrayList<>(ids);
            Collections.rotate(order, number);
            if (number % 2 == 0) {
                Collections.reverse(order);
            }
            int wins = 0;
            for (int round = 0; round < ROUNDS; round++) {
                List<Unit> units = new ArrayList<>();
                for (String id : order) {
                    long version = store.links(bench.sync, List.of(id)).get(0).version();
                    units.add(unit(change(id, version)));
                }
                // No insisting here: a ring of waiting commits would show as a TRANSIENT refusal.
                wins += winners(store.commit(bench.sync, units, null));
            }
            return wins;
        });
        long versions = bench.store.links(bench.sync, ids).stream()
                .mapToLong(LinkRow::version)
                .sum();
        equal(versions - ids.size(), won.stream().mapToLong(Integer::longValue).sum(), "versions beyond the first");
    }

    private static void s83(Bench bench) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            List<InboxEvent> events = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                events.add(event(0, round + "-" + i));
            }
            List<Integer> fresh = Race.run(bench, (store, number) -> {
                List<InboxEvent> order = new ArrayList<>(events);
                Collections.rotate(order, number * 3);
                return Race.insist(() -> store.accept(bench.sync, order));
            });
            equal(fresh.stream().mapToInt(Integer::intValue).sum(), 10, "new events in round " + round);
        }
        equal(bench.store.countPending(bench.sync), ROUNDS * 10L, "events that wait");
    }

    private static void s84(Bench bench) throws Exception {
        long last = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long now = round * 100L;
            List<OptionalLong> tokens = Race.run(
                    bench,
                    (store, number) ->
                            Race.insist(() -> store.lease(bench.sync, "owner " + number, at(now), at(now + 50))));
            List<OptionalLong> given =
                    tokens.stream().filter(OptionalLong::isPresent).toList();
            equal(given.size(), 1, "holders in round " + round);
            long token = given.get(0).orElseThrow();
            // Round by round it may be the same owner again, who then only prolongs.
            that(token >= last, "tokens must not shrink: " + last + ", " + token);
            last = token;
        }
    }

    private static void s85(Bench bench) throws Exception {
        bench.commit(change("a", 0));
        List<Long> seen = Race.run(bench, (store, number) -> {
            long own = 0;
            for (int round = 0; round < ROUNDS; round++) {
                // Every runner finds the lease lapsed, takes it, and so shuts out whoever held it.
                long token = Race.insist(() -> store.lease(bench.sync, "owner " + number, at(1_000), at(0)))
                        .orElseThrow();
                long version = store.links(bench.sync, List.of("a")).get(0).version();
                Fence fence = new Fence(bench.sync, token);
                boolean won = Race.insist(() -> commitTagged(store, bench.sync, version, fence));
                own += won ? 1 : 0;
            }
            return own;
        });
        List<Long> tags = bench.store.journal(bench.sync, "a", Long.MAX_VALUE, 10_000).stream()
                .map(entry -> Long.valueOf(entry.skeleton().toUtf8()))
                .toList();
        equal((long) tags.size(), seen.stream().mapToLong(Long::longValue).sum(), "commits that won");
        for (int i = 1; i < tags.size(); i++) {
            that(tags.get(i - 1) >= tags.get(i), "a newer lease must never be followed by an older one: " + tags);
        }
    }

    private static boolean commitTagged(Store store, String sync, long version, Fence fence) {
        Unit unit = Unit.builder()
                .link(change("a", version))
                .journal(Bench.entry("a", version + 1, Long.toString(fence.token())))
                .build();
        return store.commit(sync, List.of(unit), fence).get(0);
    }

    private static void s86(Bench bench) throws Exception {
        bench.commit(change("a", 0), change("b", 0));
        Race.run(bench, (store, number) -> {
            for (int round = 0; round < ROUNDS; round++) {
                if (number == 0) {
                    int version = round + 1;
                    Race.insist(() ->
                            store.commit(bench.sync, List.of(unit(change("a", version), change("b", version))), null));
                } else {
                    List<Long> versions = store.links(bench.sync, List.of("a", "b")).stream()
                            .map(LinkRow::version)
                            .distinct()
                            .toList();
                    equal(versions.size(), 1, "different versions of links that are always committed together");
                }
            }
            return true;
        });
    }
}
