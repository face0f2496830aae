package dev.crmsync.testkit.adapter;

import static dev.crmsync.testkit.adapter.AccountBench.equal;
import static dev.crmsync.testkit.adapter.AccountBench.that;

import dev.crmsync.spi.adapter.AsOfGrade;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.testkit.adapter.AdapterContract.NotClaimed;
import dev.crmsync.testkit.adapter.AdapterContract.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** How finely values are dated. */
final class DatingRules {
    private static final Duration WHILE = Duration.ofMinutes(3);
    /** Vendors that write whole seconds floor them. */
    private static final Duration SECOND = Duration.ofSeconds(1);

    private DatingRules() {}

    static List<Rule> rules() {
        return List.of(
                new Rule(
                        "A50",
                        ConformanceLevel.DECLARED,
                        "a read after an edit is later than a read before it",
                        DatingRules::a50),
                new Rule(
                        "A51",
                        ConformanceLevel.DECLARED,
                        "reads of a record that did not change are not ordered",
                        DatingRules::a51),
                new Rule(
                        "A52",
                        ConformanceLevel.DECLARED,
                        "a time is as fine as its declared grade: from the edit on, or the whole coarse unit",
                        DatingRules::a52),
                new Rule(
                        "A53",
                        ConformanceLevel.DECLARED,
                        "events of two edits bear the times of their edits",
                        DatingRules::a53));
    }

    private static Lever.Time needsTimes(AccountBench bench) {
        if (bench.declared.asOf() == AsOfGrade.NONE) {
            throw new NotClaimed("no times are declared");
        }
        return bench.lever(Lever.Time.class);
    }

    /** Changes a record by a person's hand or, where the account has none, by the adapter. */
    private static void edit(AccountBench bench, RecordRef record, Map<String, NativeValue> properties) {
        if (bench.account instanceof Lever.Hand hand) {
            hand.edit(record, properties);
        } else {
            bench.change(record, properties);
        }
    }

    private static void a50(AccountBench bench) {
        bench.needsReads();
        Lever.Time time = needsTimes(bench);
        RecordRef record = bench.made();
        time.pass(WHILE);
        AsOf before = bench.found(record).asOf();
        time.pass(WHILE);
        edit(bench, record, bench.specimen.edited(bench.next()));
        time.pass(WHILE);
        AsOf after = bench.found(record).asOf();
        equal(
                before.compare(after),
                AsOf.Order.BEFORE,
                "a read before the edit and one after it, " + before + " and " + after);
    }

    private static void a51(AccountBench bench) {
        bench.needsReads();
        Lever.Time time = needsTimes(bench);
        RecordRef record = bench.made();
        AsOf one = bench.found(record).asOf();
        time.pass(WHILE);
        AsOf two = bench.found(record).asOf();
        equal(
                one.compare(two),
                AsOf.Order.UNORDERED,
                "two reads between which nothing changed, " + one + " and " + two);
    }

    private static void a52(AccountBench bench) {
        bench.needsReads();
        Lever.Time time = needsTimes(bench);
        RecordRef record = bench.made();
        toHalfMinute(time);
        Instant begun = time.now();
        edit(bench, record, bench.specimen.edited(bench.next()));
        Instant ended = time.now();
        AsOf read = bench.found(record).asOf();
        if (bench.declared.asOf() == AsOfGrade.COARSE) {
            edit(bench, record, bench.specimen.edited(bench.next()));
            AsOf next = bench.found(record).asOf();
            equal(read.compare(next), AsOf.Order.UNORDERED, "reads on both sides of an edit within one coarse unit");
            that(!read.from().isAfter(begun), "a coarse time must not begin after its edit");
        } else {
            that(
                    !read.from().isBefore(begun.minus(SECOND)),
                    "the time of a read begins at " + read.from() + ", before the edit of " + begun
                            + ": it is coarser than " + bench.declared.asOf());
            that(
                    !read.from().isAfter(ended.plus(SECOND)),
                    "the time of a read begins at " + read.from() + ", after the edit of " + ended);
        }
    }

    /** Far from the ends of a minute, so that a floored time shows. */
    private static void toHalfMinute(Lever.Time time) {
        long second = Math.floorMod(time.now().getEpochSecond(), 60L);
        time.pass(Duration.ofSeconds(60 + Math.floorMod(30 - second, 60L)));
    }

    private static void a53(AccountBench bench) {
        Lever.Time time = needsTimes(bench);
        if (bench.declared.asOf() == AsOfGrade.COARSE) {
            throw new NotClaimed("times are declared to be coarse");
        }
        Post post = Post.of(bench);
        RecordRef record = bench.made();
        post.take();
        toHalfMinute(time);
        for (int edit = 0; edit < 2; edit++) {
            int told = post.about(record).size();
            Instant begun = time.now();
            edit(bench, record, bench.specimen.edited(bench.next()));
            List<ChangeEvent> events = post.about(record);
            Instant ended = time.now();
            for (ChangeEvent event : events.subList(told, events.size())) {
                AsOf at = event.asOf();
                boolean near =
                        !at.from().isBefore(begun.minus(SECOND)) && !at.to().isAfter(ended.plus(SECOND));
                that(event.kind() == ChangeKind.GAP || near, "an event of an edit at " + begun + " bears " + at);
            }
            that(events.size() > told, "an edit was not told by any webhook");
            time.pass(WHILE);
        }
    }
}
