package dev.crmsync.testkit.adapter;

import static dev.crmsync.testkit.adapter.AccountBench.equal;
import static dev.crmsync.testkit.adapter.AccountBench.refused;
import static dev.crmsync.testkit.adapter.AccountBench.that;

import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.Archives;
import dev.crmsync.spi.adapter.Describes;
import dev.crmsync.spi.adapter.ListsSegments;
import dev.crmsync.spi.adapter.ManagesSubscriptions;
import dev.crmsync.spi.adapter.ManagesSubscriptions.Subscription;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.ReplaysWebhooks;
import dev.crmsync.spi.adapter.SetsUp;
import dev.crmsync.spi.adapter.SetupStep;
import dev.crmsync.spi.adapter.TagsMany;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.testkit.adapter.AdapterContract.NotClaimed;
import dev.crmsync.testkit.adapter.AdapterContract.Rule;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is done with an account besides records: set-up, subscriptions, labels, segments, archives. */
final class AccountRules {
    private AccountRules() {}

    static List<Rule> rules() {
        return List.of(
                new Rule(
                        "A110",
                        ConformanceLevel.BASIC,
                        "a set-up that is repeated makes nothing, and a dry run makes nothing at all",
                        AccountRules::a110),
                new Rule(
                        "A111",
                        ConformanceLevel.BASIC,
                        "each declared type that is mapped is described, each property once",
                        AccountRules::a111),
                new Rule(
                        "A112",
                        ConformanceLevel.BASIC,
                        "an archived record is there no longer, and archiving it again is done at once",
                        AccountRules::a112),
                new Rule(
                        "A113",
                        ConformanceLevel.BASIC,
                        "a subscription is made once, and removing one that is gone is no error",
                        AccountRules::a113),
                new Rule(
                        "A114",
                        ConformanceLevel.BASIC,
                        "a label is made once under its key, put on and taken off again and again, and unknown ones are refused",
                        AccountRules::a114),
                new Rule(
                        "A115",
                        ConformanceLevel.DECLARED,
                        "the members of a segment are those that are in it, and a segment that is not there is refused",
                        AccountRules::a115),
                new Rule(
                        "A116",
                        ConformanceLevel.DECLARED,
                        "webhooks are asked for again without harm where none has failed",
                        AccountRules::a116));
    }

    private static void a110(AccountBench bench) {
        SetsUp setup = bench.can(SetsUp.class);
        setup.setUp(bench.adapter.defaultMappings(), false);
        for (boolean dryRun : new boolean[] {true, false}) {
            for (SetupStep step : setup.setUp(bench.adapter.defaultMappings(), dryRun)) {
                that(
                        step.state() == SetupStep.State.PRESENT || step.state() == SetupStep.State.BY_HAND,
                        "after a set-up another one says " + step.state() + " of: " + step.what());
            }
        }
    }

    private static void a111(AccountBench bench) {
        Describes describes = bench.can(Describes.class);
        bench.adapter.defaultMappings().forEach(mapping -> {
            List<String> names = describes.describe(mapping.type()).stream()
                    .map(Describes.NativeProperty::name)
                    .toList();
            that(!names.isEmpty(), "nothing is described of " + mapping.type());
            equal(names.stream().distinct().toList(), names, "the described properties of " + mapping.type());
        });
    }

    private static void a112(AccountBench bench) {
        Archives archives = bench.can(Archives.class, Operation.ARCHIVE);
        bench.needsReads();
        RecordRef record = bench.made();
        RecordRef other = bench.made();
        for (int time = 0; time < 2; time++) {
            equal(AccountBench.done(archives.archive(record), "an archive").ref(), record, "the record of an archive");
        }
        Read read = bench.read(record);
        that(read instanceof Read.Gone || read instanceof Read.NotVisible, "an archived record is read as " + read);
        AccountBench.found(bench.read(other), "a read of another record");
    }

    private static void a113(AccountBench bench) {
        ManagesSubscriptions manages = bench.can(ManagesSubscriptions.class);
        URI target = URI.create("https://host.example/hooks/" + AccountBench.key(bench.next()));
        List<String> types = List.of(bench.specimen.type());
        Set<String> before = ids(manages);
        Subscription one = manages.subscribe(target, types);
        that(one.active(), "a new subscription must be active");
        Set<String> made = ids(manages);
        made.removeAll(before);
        that(made.contains(one.id()), "a new subscription must be listed");
        manages.subscribe(target, types);
        Set<String> again = ids(manages);
        again.removeAll(before);
        equal(again, made, "subscriptions after subscribing again");
        for (int time = 0; time < 2; time++) {
            made.forEach(manages::unsubscribe);
        }
        equal(ids(manages), before, "subscriptions after all was undone");
    }

    private static Set<String> ids(ManagesSubscriptions manages) {
        Set<String> ids = new HashSet<>();
        manages.subscriptions().stream().filter(Subscription::active).forEach(one -> ids.add(one.id()));
        return ids;
    }

    private static void a114(AccountBench bench) throws Exception {
        TagsMany tags = bench.can(TagsMany.class, Operation.TAG_MANY);
        that(tags.tagBatchSize() > 0, "tagBatchSize() must be above 0");
        String key = AccountBench.key(bench.next());
        TagsMany.Tag made = tags.createTag(key, key);
        equal(tags.createTag(key, key), made, "a label that is made again under its key");
        long named = tags.tags().stream().filter(tag -> tag.name().equals(key)).count();
        equal(named, 1L, "labels of that name");
        if (!bench.specimen.type().equals(Contact.TYPE)) {
            return;
        }
        RecordRef record = bench.made();
        int call = 0;
        for (boolean attach : new boolean[] {true, true, false, false}) {
            TagsMany.Tagged tagged = tags.tag(made.id(), List.of(record), attach, key + "-" + call++);
            equal(tagged.applied() + tagged.skipped(), 1, "records that were counted");
        }
        refused(
                Kind.VALIDATION,
                () -> tags.tag("no-such-label", List.of(record), true, key + "-none"),
                "a label that is not there");
    }

    private static void a115(AccountBench bench) throws Exception {
        ListsSegments lists = bench.can(ListsSegments.class, Operation.LIST_MEMBERS);
        lists.segments();
        if (!bench.specimen.type().equals(Contact.TYPE)) {
            throw new NotClaimed("segments are of contacts");
        }
        Lever.Segments segments = bench.lever(Lever.Segments.class);
        Set<RecordRef> expected = new HashSet<>();
        expected.add(bench.made());
        expected.add(bench.made());
        bench.made();
        String segment = segments.segment(List.copyOf(expected));
        Set<RecordRef> members = new HashSet<>();
        @Nullable String cursor = null;
        for (int pages = 0; pages == 0 || cursor != null; pages++) {
            that(pages < 100, "a walk through the members of a segment does not end");
            ListsSegments.Members page = lists.members(segment, cursor);
            members.addAll(page.records());
            cursor = page.next();
        }
        equal(members, expected, "the members of a segment");
        refused(Kind.VALIDATION, () -> lists.members("no-such-segment", null), "a segment that is not there");
    }

    private static void a116(AccountBench bench) {
        ReplaysWebhooks replays = bench.can(ReplaysWebhooks.class);
        Instant now = bench.lever(Lever.Time.class).now();
        ReplaysWebhooks.Replayed replayed = replays.replay(now.minus(Duration.ofMinutes(5)), now);
        equal(replayed.deliveries(), 0, "deliveries that are made again where none has failed");
    }
}
