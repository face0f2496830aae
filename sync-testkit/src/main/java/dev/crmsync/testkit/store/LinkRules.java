package dev.crmsync.testkit.store;

import static dev.crmsync.testkit.store.Bench.bearing;
import static dev.crmsync.testkit.store.Bench.change;
import static dev.crmsync.testkit.store.Bench.email;
import static dev.crmsync.testkit.store.Bench.equal;
import static dev.crmsync.testkit.store.Bench.event;
import static dev.crmsync.testkit.store.Bench.holding;
import static dev.crmsync.testkit.store.Bench.ref;
import static dev.crmsync.testkit.store.Bench.row;
import static dev.crmsync.testkit.store.Bench.that;

import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.spi.store.Lane;
import dev.crmsync.spi.store.LinkChange;
import dev.crmsync.spi.store.LinkRow;
import dev.crmsync.spi.store.MatchKey;
import dev.crmsync.spi.store.Store;
import dev.crmsync.spi.store.Unit;
import dev.crmsync.testkit.store.StoreContract.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is asked about links, the records that they hold and the match keys that they bear. */
final class LinkRules {
    private LinkRules() {}

    static List<Rule> rules() {
        return List.of(
                new Rule("S1", "a link comes back as it was stored, an unknown one is left out", LinkRules::s1),
                new Rule("S2", "a walk meets every link once, in the order of ids", LinkRules::s2),
                new Rule("S3", "a record is found by system, type and id together", LinkRules::s3),
                new Rule("S4", "a match key names every link that bears it, sorted", LinkRules::s4),
                new Rule("S5", "links are counted", LinkRules::s5),
                new Rule("S6", "syncs do not see each other", LinkRules::s6),
                new Rule("S7", "a document of several megabytes and an empty one come back whole", LinkRules::s7),
                new Rule("S8", "names up to their documented length are stored", LinkRules::s8),
                new Rule("S9", "thousands of ids may be asked for at once", LinkRules::s9));
    }

    private static void s1(Bench bench) {
        bench.commit(change("a", 0));
        bench.commit(new LinkChange(
                1,
                new LinkRow("a", "lead", 7, "rules-2", Bytes.of(new byte[] {0, -1, 7})),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of()));
        equal(
                bench.other.links(bench.sync, List.of("a", "nobody", "a")),
                List.of(new LinkRow("a", "lead", 7, "rules-2", Bytes.of(new byte[] {0, -1, 7}))),
                "links a and nobody");
        equal(bench.store.links(bench.sync, List.of()), List.of(), "links of no ids");
    }

    private static void s2(Bench bench) {
        bench.commit(change("b", 0), change("d", 0), change("a", 0), change("e", 0), change("c", 0));
        List<String> met = new ArrayList<>();
        @Nullable String after = null;
        List<LinkRow> page;
        do {
            page = bench.store.walkLinks(bench.sync, after, 2);
            page.forEach(link -> met.add(link.id()));
            after = met.get(met.size() - 1);
        } while (page.size() == 2);
        equal(met, List.of("a", "b", "c", "d", "e"), "links in the order of the walk");
    }

    private static void s3(Bench bench) {
        RecordRef lead = new RecordRef(Bench.CRM, "lead", "1");
        RecordRef elsewhere = new RecordRef(Bench.KIRIM, "contact", "1");
        bench.commit(holding("a", 0, ref("1"), ref("A")));
        bench.commit(holding("b", 0, lead));
        equal(
                bench.other.linkIds(bench.sync, List.of(ref("1"), lead, elsewhere, ref("A"), ref("a"))),
                Map.of(ref("1"), "a", lead, "b", ref("A"), "a"),
                "holders");
        equal(bench.store.linkIds(bench.sync, List.of()), Map.of(), "holders of nothing");
    }

    private static void s4(Bench bench) {
        MatchKey phone = new MatchKey("contact", "phone", "x");
        bench.commit(bearing("b", 0, email("x"), phone));
        bench.commit(bearing("a", 0, email("x")));
        equal(
                bench.other.matches(bench.sync, List.of(email("x"), phone, email("y"))),
                Map.of(email("x"), List.of("a", "b"), phone, List.of("b")),
                "bearers");
        bench.commit(
                new LinkChange(1, row("b", 2), Set.of(), Set.of(), Set.of(email("x")), Set.of(phone, email("never"))));
        equal(
                bench.store.matches(bench.sync, List.of(email("x"), phone)),
                Map.of(email("x"), List.of("a", "b")),
                "bearers after one key was removed and one was borne again");
    }

    private static void s5(Bench bench) {
        equal(bench.store.countLinks(bench.sync), 0L, "links at first");
        bench.commit(change("a", 0), change("b", 0));
        bench.commit(change("a", 1));
        equal(bench.store.countLinks(bench.sync), 2L, "links");
    }

    private static void s6(Bench bench) {
        bench.commit(bearing("a", 0, email("x")), holding("b", 0, ref("1")));
        bench.commit(Unit.builder()
                .inbox(event(0, "k"))
                .journal(Bench.entry("a", 1, "decided"))
                .cursor("poll", Bytes.utf8("7"))
                .build());
        bench.put(bench.due("a", Lane.LIVE, Bench.T0));
        Store store = bench.store;
        String there = bench.otherSync;
        equal(store.links(there, List.of("a")), List.of(), "links of another sync");
        equal(store.walkLinks(there, null, 10), List.of(), "a walk of another sync");
        equal(store.countLinks(there), 0L, "the count of links of another sync");
        equal(store.linkIds(there, List.of(ref("1"))), Map.of(), "records of another sync");
        equal(store.matches(there, List.of(email("x"))), Map.of(), "match keys of another sync");
        equal(store.countPending(there), 0L, "events of another sync");
        equal(store.pendingShards(there), List.of(), "shards of another sync");
        equal(store.countDue(there), List.of(), "due work of another sync");
        equal(store.turns(List.of(there), Bench.at(9), 9), List.of(), "turns of another sync");
        equal(store.journal(there, "a", Long.MAX_VALUE, 9), List.of(), "journal of another sync");
        that(store.cursor(there, "poll").isEmpty(), "a cursor of another sync must not be seen");
        equal(store.accept(there, List.of(event(0, "k"))), 1, "new events in another sync");
    }

    private static void s7(Bench bench) {
        byte[] large = new byte[5 * 1024 * 1024];
        new Random(7).nextBytes(large);
        LinkRow big = new LinkRow("big", "contact", 1, "rules-1", Bytes.of(large));
        LinkRow none = new LinkRow("none", "contact", 1, "rules-1", Bytes.EMPTY);
        bench.commit(
                new LinkChange(0, big, Set.of(), Set.of(), Set.of(), Set.of()),
                new LinkChange(0, none, Set.of(), Set.of(), Set.of(), Set.of()));
        that(bench.other.links(bench.sync, List.of("big")).equals(List.of(big)), "5 MB must come back byte for byte");
        equal(bench.other.links(bench.sync, List.of("none")), List.of(none), "the link with an empty document");
    }

    private static void s8(Bench bench) {
        String id = "ü".repeat(64);
        String digest = "0".repeat(64);
        bench.commit(new LinkChange(
                0,
                new LinkRow(id, "contact", 1, "f".repeat(128), Bytes.EMPTY),
                Set.of(ref("r".repeat(255))),
                Set.of(),
                Set.of(email(digest)),
                Set.of()));
        equal(bench.store.matches(bench.sync, List.of(email(digest))), Map.of(email(digest), List.of(id)), "bearers");
        equal(bench.store.linkIds(bench.sync, List.of(ref("r".repeat(255)))).size(), 1, "holders");
        equal(bench.store.accept(bench.sync, List.of(event(0, "k".repeat(200)))), 1, "new events");
        bench.commit(Unit.builder().cursor("c".repeat(200), Bytes.utf8("1")).build());
        that(bench.store.cursor(bench.sync, "c".repeat(200)).isPresent(), "a cursor with a long name must be stored");
    }

    private static void s9(Bench bench) {
        List<String> ids = new ArrayList<>();
        List<RecordRef> refs = new ArrayList<>();
        List<Unit> units = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            ids.add("l" + i);
            refs.add(ref("r" + i));
            units.add(Bench.unit(holding("l" + i, 0, ref("r" + i))));
        }
        that(!bench.commit(units).contains(false), "3,000 new links must all win");
        equal(bench.store.links(bench.sync, ids).size(), 3_000, "links found");
        equal(bench.store.linkIds(bench.sync, refs).size(), 3_000, "records found");
    }
}
