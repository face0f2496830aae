package dev.crmsync.testkit.adapter;

import static dev.crmsync.testkit.adapter.AccountBench.that;

import dev.crmsync.spi.adapter.FeedOrder;
import dev.crmsync.spi.adapter.ListsChanges;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.ReceivesWebhooks;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.Origin;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.testkit.adapter.AdapterContract.NotClaimed;
import dev.crmsync.testkit.adapter.AdapterContract.NotMeasured;
import dev.crmsync.testkit.adapter.AdapterContract.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is told of edits, deletions and merges, by webhooks and polls, and whose edit it is said to be. */
final class TellingRules {
    private static final Set<ChangeKind> ENDS = Set.of(ChangeKind.DELETE, ChangeKind.ARCHIVE);

    private TellingRules() {}

    static List<Rule> rules() {
        return List.of(
                new Rule(
                        "A60",
                        ConformanceLevel.DECLARED,
                        "a person's edit is told, with what was edited or as a gap to be read",
                        TellingRules::a60),
                new Rule(
                        "A61",
                        ConformanceLevel.DECLARED,
                        "an event says nothing of a property that it does not know: what it shows is what the vendor holds",
                        TellingRules::a61),
                new Rule(
                        "A62",
                        ConformanceLevel.DECLARED,
                        "the echo of an own write is marked as ours where that is declared, and nowhere else",
                        TellingRules::a62),
                new Rule(
                        "A63", ConformanceLevel.DECLARED, "a person's edit is never marked as ours", TellingRules::a63),
                new Rule(
                        "A64",
                        ConformanceLevel.DECLARED,
                        "a deletion is told, or a gap that a read fills, where that is declared, and nowhere else",
                        TellingRules::a64),
                new Rule(
                        "A65",
                        ConformanceLevel.DECLARED,
                        "a merge is told with the record that holds both, where that is declared",
                        TellingRules::a65),
                new Rule("A66", ConformanceLevel.DECLARED, "a record that a person makes is told", TellingRules::a66));
    }

    /** What is told from now on, by whatever the adapter has and the account carries. */
    private static Supplier<List<ChangeEvent>> told(AccountBench bench, boolean edits) {
        boolean polls = bench.adapter instanceof ListsChanges
                && bench.declared.can(Operation.LIST_CHANGES)
                && (!edits || bench.declared.feed() == FeedOrder.CHANGED);
        boolean posts = bench.adapter instanceof ReceivesWebhooks;
        if (!polls && !posts) {
            throw new NotClaimed("neither webhooks nor a listing of changes");
        }
        if (!polls || bench.has(Lever.Webhooks.class)) {
            @Nullable Post post = posts ? Post.of(bench) : null;
            @Nullable Feed feed = polls ? Feed.of(bench) : null;
            return () -> {
                List<ChangeEvent> all = new ArrayList<>(post == null ? List.of() : post.take());
                all.addAll(feed == null ? List.of() : feed.poll());
                return all;
            };
        }
        return Feed.of(bench)::poll;
    }

    private static List<ChangeEvent> about(RecordRef record, List<ChangeEvent> events) {
        return events.stream().filter(event -> event.ref().equals(record)).toList();
    }

    private static void a60(AccountBench bench) {
        Lever.Hand hand = bench.lever(Lever.Hand.class);
        Supplier<List<ChangeEvent>> told = told(bench, true);
        RecordRef record = bench.made();
        for (Map.Entry<String, NativeValue> one :
                bench.specimen.edited(bench.next()).entrySet()) {
            int before = about(record, told.get()).size();
            hand.edit(record, Map.of(one.getKey(), one.getValue()));
            List<ChangeEvent> events = about(record, told.get());
            boolean seen = events.stream()
                    .anyMatch(event -> one.getValue().equals(event.properties().get(one.getKey())));
            boolean gap = events.subList(Math.min(before, events.size()), events.size()).stream()
                    .anyMatch(event -> event.kind() == ChangeKind.GAP);
            that(seen || gap, "an edit of " + one.getKey() + " was not told");
        }
    }

    private static void a61(AccountBench bench) {
        Post post = Post.of(bench);
        bench.needsReads();
        RecordRef record = bench.made();
        agree(bench, record, post, 0);
        for (Map.Entry<String, NativeValue> one :
                bench.specimen.edited(bench.next()).entrySet()) {
            int before = post.about(record).size();
            if (bench.account instanceof Lever.Hand hand) {
                hand.edit(record, Map.of(one.getKey(), one.getValue()));
            } else {
                bench.change(record, Map.of(one.getKey(), one.getValue()));
            }
            agree(bench, record, post, before);
        }
    }

    private static void agree(AccountBench bench, RecordRef record, Post post, int from) {
        List<ChangeEvent> events = post.about(record);
        Map<String, NativeValue> held = bench.shown(record);
        for (ChangeEvent event : events.subList(from, events.size())) {
            that(event.evidence() == Evidence.EVENT, "a webhook is of evidence EVENT, not " + event.evidence());
            Map<String, NativeValue> shown = new TreeMap<>(event.properties());
            shown.keySet().retainAll(held.keySet());
            shown.forEach((property, value) -> {
                NativeValue holds = Objects.requireNonNull(held.get(property));
                that(
                        value.equals(holds) || (value.isBlank() && holds.isBlank()),
                        "an event shows " + property + " as " + value + " while the vendor holds " + holds);
            });
        }
    }

    private static void a62(AccountBench bench) {
        bench.needsWrites();
        Post post = Post.of(bench);
        RecordRef record = bench.made();
        Map<String, NativeValue> edited = bench.specimen.edited(bench.next());
        int before = post.about(record).size();
        bench.change(record, edited);
        List<ChangeEvent> events = post.about(record);
        for (ChangeEvent event : events.subList(before, events.size())) {
            boolean says = event.properties().keySet().stream().anyMatch(edited::containsKey);
            if (bench.declared.marksOwnWrites()) {
                that(
                        !says || event.origin() == Origin.OURS,
                        "own writes are declared to be marked; the echo of one bears the mark " + event.origin());
            } else {
                that(event.origin() != Origin.OURS, "own writes are declared not to be marked, and one is");
            }
        }
        if (events.size() == before) {
            throw new NotMeasured("the vendor sent no webhook for a write of the adapter");
        }
    }

    private static void a63(AccountBench bench) {
        Lever.Hand hand = bench.lever(Lever.Hand.class);
        Supplier<List<ChangeEvent>> told = told(bench, true);
        RecordRef record = hand.make(bench.specimen.record(bench.next()));
        hand.edit(record, bench.specimen.edited(bench.next()));
        List<ChangeEvent> events = about(record, told.get());
        that(!events.isEmpty(), "what a person made and edited was not told");
        that(
                events.stream().noneMatch(event -> event.origin() == Origin.OURS),
                "a person's edit is marked as ours: the engine takes it for an echo");
    }

    private static void a64(AccountBench bench) {
        Lever.Deletes deletes = bench.lever(Lever.Deletes.class);
        Supplier<List<ChangeEvent>> told = told(bench, false);
        RecordRef record = bench.made();
        RecordRef other = bench.made();
        deletes.delete(record);
        List<ChangeEvent> events = told.get();
        boolean ended = about(record, events).stream().anyMatch(event -> ENDS.contains(event.kind()));
        if (!ended && about(record, events).stream().anyMatch(event -> event.kind() == ChangeKind.GAP)) {
            // Where one notice stands for a deletion and for a merge, a read tells which.
            bench.needsReads();
            ended = bench.read(record) instanceof Read.Gone;
        }
        that(
                about(other, events).stream().noneMatch(event -> ENDS.contains(event.kind())),
                "a deletion is told of a record that is there");
        if (bench.declared.tellsDeletes()) {
            that(ended, "deletions are declared to be told, and one was not");
        } else {
            that(!ended, "deletions are declared not to be told, and one was");
        }
    }

    private static void a65(AccountBench bench) {
        if (!bench.declared.tellsMerges()) {
            throw new NotClaimed("merges are declared not to be told");
        }
        Lever.Merges merges = bench.lever(Lever.Merges.class);
        Supplier<List<ChangeEvent>> told = told(bench, false);
        RecordRef loser = bench.made();
        RecordRef survivor = merges.merge(loser, bench.made());
        that(
                about(loser, told.get()).stream()
                        .anyMatch(event -> event.kind() == ChangeKind.MERGE && survivor.equals(event.otherRef())),
                "merges are declared to be told, and that one record became another was not");
    }

    private static void a66(AccountBench bench) {
        Lever.Hand hand = bench.lever(Lever.Hand.class);
        Supplier<List<ChangeEvent>> told = told(bench, false);
        RecordRef record = hand.make(bench.specimen.record(bench.next()));
        that(
                about(record, told.get()).stream()
                        .anyMatch(event -> event.kind() == ChangeKind.UPSERT || event.kind() == ChangeKind.GAP),
                "a record that a person made was not told");
    }
}
