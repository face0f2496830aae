package dev.crmsync.testkit.adapter;

import static dev.crmsync.testkit.adapter.AccountBench.equal;
import static dev.crmsync.testkit.adapter.AccountBench.shows;
import static dev.crmsync.testkit.adapter.AccountBench.that;

import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Outcome.Rejection;
import dev.crmsync.spi.adapter.ReadsOne;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.adapter.WritesMany;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.testkit.adapter.AdapterContract.NotClaimed;
import dev.crmsync.testkit.adapter.AdapterContract.NotMeasured;
import dev.crmsync.testkit.adapter.AdapterContract.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a write does, and what is said of it, one by one and in batches. */
final class WritingRules {
    private WritingRules() {}

    static List<Rule> rules() {
        return List.of(
                new Rule(
                        "A20",
                        ConformanceLevel.BASIC,
                        "a change writes what it names and leaves the rest",
                        WritingRules::a20),
                new Rule(
                        "A21",
                        ConformanceLevel.BASIC,
                        "the answer to a write names the record, and shows what a read shows or nothing",
                        WritingRules::a21),
                new Rule(
                        "A22",
                        ConformanceLevel.BASIC,
                        "a change of a record that never was is rejected as not found, and makes none",
                        WritingRules::a22),
                new Rule(
                        "A23",
                        ConformanceLevel.BASIC,
                        "a refused value is rejected with its property, and nothing of that write is done",
                        WritingRules::a23),
                new Rule(
                        "A24",
                        ConformanceLevel.BASIC,
                        "a batch has one outcome for each write, by its key and about its record",
                        WritingRules::a24),
                new Rule(
                        "A25",
                        ConformanceLevel.BASIC,
                        "one refused write of a batch leaves the others done",
                        WritingRules::a25),
                new Rule(
                        "A26",
                        ConformanceLevel.BASIC,
                        "where people alone make the records, a create is rejected as read-only, and makes none",
                        WritingRules::a26));
    }

    private static void a20(AccountBench bench) {
        bench.needsWrites();
        bench.needsReads();
        int number = bench.next();
        RecordRef record = bench.made(number);
        Map<String, NativeValue> expected = new TreeMap<>(bench.specimen.record(number));
        for (Map.Entry<String, NativeValue> one :
                bench.specimen.edited(bench.next()).entrySet()) {
            bench.change(record, Map.of(one.getKey(), one.getValue()));
            expected.put(one.getKey(), one.getValue());
            shows(bench.shown(record), expected, "after a change of " + one.getKey() + " alone");
        }
    }

    private static void a21(AccountBench bench) {
        bench.needsWrites();
        bench.needsReads();
        RecordRef record = bench.creates() ? created(bench) : bench.made();
        Outcome.Done changed = bench.change(record, bench.specimen.edited(bench.next()));
        equal(changed.ref(), record, "the record of the answer to a change");
        agrees(bench, changed, "the answer to a change");
    }

    private static RecordRef created(AccountBench bench) {
        RecordRef other = bench.made();
        Outcome.Done made = AccountBench.done(bench.write(bench.creating(bench.next())), "a create");
        that(!made.ref().equals(other), "two creates must make two records, and made " + other + " twice");
        equal(made.ref().type(), bench.specimen.type(), "the type of what was made");
        agrees(bench, made, "the answer to a create");
        return made.ref();
    }

    /** What an answer shows of a record is what the vendor holds. */
    private static void agrees(AccountBench bench, Outcome.Done done, String what) {
        ChangeEvent answered = done.record();
        if (answered == null) {
            return;
        }
        equal(answered.ref(), done.ref(), "the record that " + what + " shows");
        Map<String, NativeValue> held = new TreeMap<>(bench.shown(done.ref()));
        held.keySet().retainAll(answered.properties().keySet());
        Map<String, NativeValue> shown = new TreeMap<>(answered.properties());
        shown.keySet().retainAll(held.keySet());
        shows(shown, held, what);
    }

    private static void a22(AccountBench bench) {
        bench.needsWrites();
        RecordRef stranger = bench.specimen.stranger();
        Outcome outcome = bench.write(bench.changing(stranger, bench.specimen.edited(bench.next())));
        boolean missing = outcome instanceof Outcome.Rejected rejected && rejected.kind() == Rejection.NOT_FOUND;
        that(missing, "a change of a record that never was must be Rejected as NOT_FOUND, and is " + outcome);
    }

    private static Map<String, NativeValue> refused(AccountBench bench) {
        Map.Entry<String, NativeValue> value = bench.specimen
                .refused()
                .orElseThrow(() -> new NotMeasured("the specimen knows no value that the vendor refuses"));
        return Map.of(value.getKey(), value.getValue());
    }

    private static void a23(AccountBench bench) {
        bench.needsWrites();
        Map<String, NativeValue> refused = refused(bench);
        int number = bench.next();
        RecordRef record = bench.made(number);
        Map<String, NativeValue> both = new TreeMap<>(bench.specimen.edited(bench.next()));
        both.putAll(refused);
        rejected(bench.write(bench.changing(record, both)), refused);
        bench.needsReads();
        shows(bench.shown(record), bench.specimen.record(number), "after a change that was refused");
    }

    private static void rejected(Outcome outcome, Map<String, NativeValue> refused) {
        if (!(outcome instanceof Outcome.Rejected rejected)) {
            throw new AssertionError("a value that the vendor refuses must be Rejected, and is " + outcome);
        }
        that(
                rejected.kind() != Rejection.NOT_FOUND && rejected.kind() != Rejection.KEY_REUSED,
                "a refused value is no " + rejected.kind());
        if (rejected.property() != null) {
            that(refused.containsKey(rejected.property()), "the property at fault is not " + rejected.property());
        }
    }

    private static void a24(AccountBench bench) {
        WritesMany many = batches(bench);
        int size = Math.min(many.writeBatchSize(), 7);
        Map<String, Integer> numbers = new LinkedHashMap<>();
        List<Write> creates = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int number = bench.next();
            Write create = bench.creating(number);
            that(many.batches(create), "a plain create must go into a batch, for the adapter has batches");
            creates.add(create);
            numbers.put(create.key(), number);
        }
        Map<String, Outcome> made = many.writeMany(creates);
        equal(new TreeSet<>(made.keySet()), new TreeSet<>(numbers.keySet()), "keys of the outcomes of creates");
        List<Write> changes = new ArrayList<>();
        Map<String, Map<String, NativeValue>> values = new LinkedHashMap<>();
        numbers.forEach((key, number) -> {
            RecordRef record =
                    AccountBench.done(made.get(key), "a create of a batch").ref();
            if (bench.adapter instanceof ReadsOne) {
                shows(bench.shown(record), bench.specimen.record(number), "the record of create " + number);
            }
            Write change = bench.changing(record, bench.specimen.edited(bench.next()));
            values.put(change.key(), change.properties());
            changes.add(0, change);
        });
        Map<String, Outcome> changed = many.writeMany(changes);
        equal(new TreeSet<>(changed.keySet()), new TreeSet<>(values.keySet()), "keys of the outcomes of changes");
        for (Write change : changes) {
            Outcome.Done done = AccountBench.done(changed.get(change.key()), "a change of a batch");
            equal(done.ref(), change.ref(), "the record of the outcome of a change");
            if (bench.adapter instanceof ReadsOne) {
                shows(bench.shown(done.ref()), change.properties(), "the record of a change");
            }
        }
        equal(many.writeMany(List.of()), Map.of(), "a batch of none");
    }

    private static WritesMany batches(AccountBench bench) {
        WritesMany many = bench.can(WritesMany.class);
        bench.needsCreates();
        that(many.writeBatchSize() > 0, "writeBatchSize() must be above 0");
        if (!many.batches(bench.creating(bench.next()))) {
            throw new NotClaimed("batches take no creates of " + bench.specimen.type());
        }
        return many;
    }

    private static void a25(AccountBench bench) {
        WritesMany many = batches(bench);
        Map<String, NativeValue> refused = refused(bench);
        if (many.writeBatchSize() < 3) {
            throw new NotClaimed("a batch takes fewer than three");
        }
        List<Write> writes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int number = bench.next();
            Map<String, NativeValue> properties = new TreeMap<>(bench.specimen.record(number));
            if (i == 1) {
                properties.putAll(refused);
            }
            writes.add(bench.creating(number, properties));
        }
        Map<String, Outcome> outcomes = many.writeMany(writes);
        AccountBench.done(outcomes.get(writes.get(0).key()), "the write before the refused one");
        AccountBench.done(outcomes.get(writes.get(2).key()), "the write after the refused one");
        Outcome middle = outcomes.get(writes.get(1).key());
        that(middle != null, "the refused write of a batch must have an outcome");
        rejected(Objects.requireNonNull(middle), refused);
    }

    private static void a26(AccountBench bench) {
        bench.needsWrites();
        if (bench.creates()) {
            throw new NotClaimed("the adapter makes records of type " + bench.specimen.type());
        }
        long before = bench.account instanceof Lever.Counts counts ? counts.records() : 0;
        Outcome outcome = bench.write(bench.creating(bench.next()));
        boolean refused = outcome instanceof Outcome.Rejected rejected && rejected.kind() == Rejection.READ_ONLY;
        that(refused, "a create where people alone make the records must be Rejected as READ_ONLY, and is " + outcome);
        long after = bench.account instanceof Lever.Counts counts ? counts.records() : 0;
        equal(after, before, "records after a create that was refused");
    }
}
