package dev.crmsync.testkit.adapter;

import static dev.crmsync.testkit.adapter.AccountBench.equal;
import static dev.crmsync.testkit.adapter.AccountBench.found;
import static dev.crmsync.testkit.adapter.AccountBench.present;
import static dev.crmsync.testkit.adapter.AccountBench.shows;
import static dev.crmsync.testkit.adapter.AccountBench.that;

import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.ReadsMany;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.testkit.adapter.AdapterContract.NotClaimed;
import dev.crmsync.testkit.adapter.AdapterContract.Rule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a read shows, and what it concludes. */
final class ReadingRules {
    private ReadingRules() {}

    static List<Rule> rules() {
        return List.of(
                new Rule("A10", ConformanceLevel.BASIC, "a record reads back as it was written", ReadingRules::a10),
                new Rule(
                        "A11",
                        ConformanceLevel.BASIC,
                        "a read is about the record that was asked for, whole, and of evidence READ",
                        ReadingRules::a11),
                new Rule(
                        "A12",
                        ConformanceLevel.BASIC,
                        "a record that never was is not visible, and not gone",
                        ReadingRules::a12),
                new Rule(
                        "A13",
                        ConformanceLevel.BASIC,
                        "a read of many answers for each record, with its own",
                        ReadingRules::a13),
                new Rule(
                        "A14",
                        ConformanceLevel.BASIC,
                        "a property that was cleared is shown as empty, and is not absent",
                        ReadingRules::a14),
                new Rule(
                        "A15",
                        ConformanceLevel.DECLARED,
                        "a deleted record is gone where deletes are told, and else not visible",
                        ReadingRules::a15),
                new Rule(
                        "A16",
                        ConformanceLevel.DECLARED,
                        "a record that was merged away is never read as if it were there, and leads nowhere else",
                        ReadingRules::a16));
    }

    private static void a10(AccountBench bench) {
        bench.needsReads();
        int number = bench.next();
        RecordRef record = bench.made(number);
        shows(bench.shown(record), bench.specimen.record(number), "a read of what was made");
        if (bench.writes()) {
            Map<String, NativeValue> edited = bench.specimen.edited(bench.next());
            bench.change(record, edited);
            shows(bench.shown(record), edited, "a read of what was changed");
        }
    }

    private static void a11(AccountBench bench) {
        bench.needsReads();
        RecordRef record = bench.made();
        ChangeEvent shown = bench.found(record);
        equal(shown.ref(), record, "the record of a read");
        equal(shown.kind(), ChangeKind.UPSERT, "the kind of a read");
        equal(shown.evidence(), Evidence.READ, "the evidence of a read");
        that(shown.full(), "a read shows every property that the adapter can read: it must be full");
    }

    private static void a12(AccountBench bench) {
        bench.needsReads();
        Read read = bench.read(bench.specimen.stranger());
        that(
                read instanceof Read.NotVisible,
                "a read of a record that never was must be NotVisible: there is no proof that it is gone; it is "
                        + read);
    }

    private static void a13(AccountBench bench) {
        ReadsMany many = bench.can(ReadsMany.class, Operation.READ_MANY);
        int size = Math.min(many.readBatchSize(), 7);
        that(size > 0, "readBatchSize() must be above 0");
        Map<RecordRef, Integer> made = new LinkedHashMap<>();
        for (int i = 1; i < size; i++) {
            int number = bench.next();
            made.put(bench.made(number), number);
        }
        RecordRef stranger = bench.specimen.stranger();
        List<RecordRef> asked = new ArrayList<>(made.keySet());
        Collections.reverse(asked);
        asked.add(asked.size() / 2, stranger);
        Map<RecordRef, Read> answers = many.readMany(asked);
        equal(new TreeSet<>(answers.keySet()), new TreeSet<>(asked), "the records that were answered for");
        made.forEach((record, number) -> {
            ChangeEvent shown = found(answers.get(record), "the answer for a record of the batch");
            equal(shown.ref(), record, "the record of an answer");
            shows(shown.properties(), bench.specimen.record(number), "the answer for " + record);
        });
        that(answers.get(stranger) instanceof Read.NotVisible, "the stranger of a batch must be NotVisible");
        equal(many.readMany(List.of()), Map.of(), "a read of none");
    }

    private static void a14(AccountBench bench) {
        bench.needsReads();
        bench.needsWrites();
        Set<String> clearable = bench.specimen.clearable();
        if (clearable.isEmpty()) {
            throw new NotClaimed("no property of " + bench.specimen.type() + " may be empty");
        }
        int number = bench.next();
        RecordRef record = bench.made(number);
        for (String property : clearable) {
            bench.change(record, Map.of(property, NativeValue.EMPTY));
            NativeValue shown = present(
                    bench.shown(record).get(property),
                    property + " was cleared, and is absent from a read: nobody learns of it");
            that(shown.isBlank(), property + " was cleared, and a read shows " + shown);
        }
        Map<String, NativeValue> rest = new LinkedHashMap<>(bench.specimen.record(number));
        rest.keySet().removeAll(clearable);
        shows(bench.shown(record), rest, "what was not cleared");
    }

    private static void a15(AccountBench bench) {
        bench.needsReads();
        Lever.Deletes deletes = bench.lever(Lever.Deletes.class);
        RecordRef record = bench.made();
        deletes.delete(record);
        Read read = bench.read(record);
        if (bench.declared.tellsDeletes()) {
            that(read instanceof Read.Gone, "deletes are declared to be told; a deleted record is read as " + read);
        } else {
            that(
                    read instanceof Read.NotVisible,
                    "deletes are declared not to be told, so that nothing proves one; a deleted record is read as "
                            + read);
        }
    }

    private static void a16(AccountBench bench) {
        bench.needsReads();
        if (!bench.declared.tellsMerges()) {
            throw new NotClaimed("merges are declared not to be told");
        }
        Lever.Merges merges = bench.lever(Lever.Merges.class);
        RecordRef loser = bench.made();
        RecordRef survivor = merges.merge(loser, bench.made());
        found(bench.read(survivor), "a read of what holds both");
        Read read = bench.read(loser);
        boolean leads = read instanceof Read.MergedInto merged && merged.into().equals(survivor);
        boolean unknown = read instanceof Read.Gone || read instanceof Read.NotVisible;
        that(leads || unknown, "a read of a record that was merged into " + survivor + " is " + read);
    }
}
