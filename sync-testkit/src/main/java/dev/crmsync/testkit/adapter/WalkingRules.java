package dev.crmsync.testkit.adapter;

import static dev.crmsync.testkit.adapter.AccountBench.equal;
import static dev.crmsync.testkit.adapter.AccountBench.present;
import static dev.crmsync.testkit.adapter.AccountBench.refused;
import static dev.crmsync.testkit.adapter.AccountBench.shows;
import static dev.crmsync.testkit.adapter.AccountBench.that;

import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.FeedOrder;
import dev.crmsync.spi.adapter.ListsAll;
import dev.crmsync.spi.adapter.ListsChanges;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.Page;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.testkit.adapter.AdapterContract.NotMeasured;
import dev.crmsync.testkit.adapter.AdapterContract.Rule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Walks through all records, and polls of what changed. */
final class WalkingRules {
    /** More pages than any account for tests has. */
    private static final int MOST = 2_000;

    private static final String GARBAGE = "no cursor of yours ¶";

    private WalkingRules() {}

    static List<Rule> rules() {
        return List.of(
                new Rule("A70", ConformanceLevel.BASIC, "a walk shows every record and ends", WalkingRules::a70),
                new Rule(
                        "A71",
                        ConformanceLevel.DECLARED,
                        "a walk loses nobody while records are made and deleted, whichever instance goes on with it",
                        WalkingRules::a71),
                new Rule(
                        "A72",
                        ConformanceLevel.BASIC,
                        "a cursor that is no good is refused as not valid, so that a walk begins anew",
                        WalkingRules::a72),
                new Rule(
                        "A73",
                        ConformanceLevel.BASIC,
                        "the fingerprint of a walk's scope is the same while its question is",
                        WalkingRules::a73),
                new Rule(
                        "A74",
                        ConformanceLevel.DECLARED,
                        "a poll shows what changed since its cursor, and catches up",
                        WalkingRules::a74),
                new Rule(
                        "A75",
                        ConformanceLevel.DECLARED,
                        "polls lose nobody while records change between pages, whichever instance goes on",
                        WalkingRules::a75),
                new Rule(
                        "A76",
                        ConformanceLevel.DECLARED,
                        "an earlier cursor shows again what followed it: a poll that crashed is repeated",
                        WalkingRules::a76));
    }

    private static void a70(AccountBench bench) {
        ListsAll lists = bench.can(ListsAll.class, Operation.LIST_ALL);
        Map<RecordRef, Integer> made = new LinkedHashMap<>();
        for (int i = 0; i < 3; i++) {
            int number = bench.next();
            made.put(bench.made(number), number);
        }
        refresh(bench);
        Map<RecordRef, ChangeEvent> walked = new LinkedHashMap<>();
        String cursor = null;
        int pages = 0;
        do {
            Page page = lists.list(bench.specimen.type(), cursor);
            page.events().forEach(event -> walked.put(event.ref(), event));
            cursor = page.next();
            that(++pages < MOST, "a walk does not end");
        } while (cursor != null);
        made.forEach((record, number) -> {
            ChangeEvent shown = present(walked.get(record), "a walk does not show a record that is there");
            that(
                    shown.evidence() == Evidence.LISTING || shown.evidence() == Evidence.INDEX,
                    "a page of a walk is of evidence LISTING or INDEX, not " + shown.evidence());
            Map<String, NativeValue> expected = new LinkedHashMap<>(bench.specimen.record(number));
            expected.keySet().retainAll(shown.properties().keySet());
            shows(shown.properties(), expected, "a page of a walk");
        });
    }

    private static void refresh(AccountBench bench) {
        if (bench.account instanceof Lever.Index index) {
            index.refresh();
        }
    }

    /** Many records, made past the adapter where the account can. */
    private static List<RecordRef> many(AccountBench bench, int count) {
        if (bench.account instanceof Lever.Seeds seeds) {
            List<Map<String, NativeValue>> records = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                records.add(bench.specimen.record(bench.next()));
            }
            return seeds.seed(records);
        }
        List<RecordRef> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            made.add(bench.made());
        }
        return made;
    }

    private static void a71(AccountBench bench) {
        bench.can(ListsAll.class, Operation.LIST_ALL);
        Set<RecordRef> expected = new HashSet<>(many(bench, bench.specimen.moreThanOnePage()));
        refresh(bench);
        Adapter other = bench.another();
        String cursor = null;
        int pages = 0;
        do {
            ListsAll lists = (ListsAll) (pages % 2 == 0 ? bench.adapter : other);
            Page page = lists.list(bench.specimen.type(), cursor);
            page.events().forEach(event -> expected.remove(event.ref()));
            cursor = page.next();
            if (pages++ < 10) {
                many(bench, 2);
                if (bench.account instanceof Lever.Deletes deletes) {
                    // A page may tell of others too, such as of who attends to what it lists.
                    page.events().stream()
                            .map(ChangeEvent::ref)
                            .filter(record -> record.type().equals(bench.specimen.type()))
                            .findFirst()
                            .ifPresent(deletes::delete);
                }
                refresh(bench);
            }
            that(pages < MOST, "a walk does not end");
        } while (cursor != null);
        if (pages < 2) {
            throw new NotMeasured("all records fit on one page: the specimen says how many do not");
        }
        equal(expected.size(), 0, "records that a walk of " + pages + " pages has lost");
    }

    private static void a72(AccountBench bench) throws Exception {
        boolean any = false;
        if (bench.adapter instanceof ListsAll lists && bench.declared.can(Operation.LIST_ALL)) {
            any = true;
            refused(Kind.VALIDATION, () -> lists.list(bench.specimen.type(), GARBAGE), "a walk from a bad cursor");
        }
        if (bench.adapter instanceof ListsChanges lists && bench.declared.can(Operation.LIST_CHANGES)) {
            any = true;
            refused(Kind.VALIDATION, () -> lists.changes(bench.specimen.type(), GARBAGE), "a poll from a bad cursor");
        }
        if (!any) {
            bench.can(ListsAll.class, Operation.LIST_ALL);
        }
    }

    private static void a73(AccountBench bench) {
        ListsAll lists = bench.can(ListsAll.class, Operation.LIST_ALL);
        String fingerprint = lists.scopeFingerprint(bench.specimen.type());
        that(!fingerprint.isBlank(), "a fingerprint must not be blank");
        bench.made();
        equal(lists.scopeFingerprint(bench.specimen.type()), fingerprint, "the fingerprint after a record was made");
        equal(
                ((ListsAll) bench.another()).scopeFingerprint(bench.specimen.type()),
                fingerprint,
                "the fingerprint of another instance");
    }

    private static void change(AccountBench bench, RecordRef record) {
        if (bench.writes()) {
            bench.change(record, bench.specimen.edited(bench.next()));
        } else {
            bench.lever(Lever.Hand.class).edit(record, bench.specimen.edited(bench.next()));
        }
    }

    private static boolean tells(List<ChangeEvent> events, RecordRef record) {
        return events.stream().anyMatch(event -> event.ref().equals(record));
    }

    private static void a74(AccountBench bench) {
        Feed feed = Feed.of(bench);
        RecordRef record = bench.made();
        that(tells(feed.poll(), record), "a poll does not show a record that was made");
        if (bench.declared.feed() == FeedOrder.CHANGED) {
            int before = feed.poll().size();
            if (bench.account instanceof Lever.Time time) {
                time.pass(bench.declared.overlap().plusSeconds(1));
            }
            change(bench, record);
            List<ChangeEvent> events = feed.poll();
            that(tells(events.subList(before, events.size()), record), "a poll does not show a record that changed");
        }
        RecordRef later = bench.made();
        that(tells(feed.poll(), later), "a poll that had caught up does not show what came later");
    }

    private static void a75(AccountBench bench) {
        Feed feed = Feed.of(bench);
        List<RecordRef> made = many(bench, bench.specimen.moreThanOnePage());
        refresh(bench);
        Adapter other = bench.another();
        int pages = 0;
        Page page;
        do {
            page = feed.page((ListsChanges) (pages % 2 == 0 ? bench.adapter : other));
            if (pages++ < 10 && bench.declared.feed() == FeedOrder.CHANGED) {
                // One that was shown and one that may be still to come change places in the listing.
                change(bench, made.get(pages));
                change(bench, made.get(made.size() - pages));
                refresh(bench);
            }
            that(pages < MOST, "polls do not catch up");
        } while (!page.events().isEmpty());
        Set<RecordRef> lost = new HashSet<>(made);
        feed.poll().forEach(event -> lost.remove(event.ref()));
        if (pages < 3) {
            throw new NotMeasured(made.size() + " changes fit on one page");
        }
        equal(lost.size(), 0, "records that polls of " + pages + " pages have lost");
    }

    private static void a76(AccountBench bench) {
        Feed feed = Feed.of(bench);
        feed.poll();
        String kept = feed.cursor();
        RecordRef record = bench.made();
        that(tells(feed.poll(), record), "a poll does not show a record that was made");
        ListsChanges again = (ListsChanges) bench.another();
        List<ChangeEvent> events = new ArrayList<>();
        @Nullable String cursor = kept;
        for (int pages = 0; pages < MOST && cursor != null; pages++) {
            Page page = again.changes(bench.specimen.type(), cursor);
            events.addAll(page.events());
            cursor = page.events().isEmpty() ? null : page.next();
        }
        that(tells(events, record), "a poll from an earlier cursor does not show again what followed it");
    }
}
