package dev.crmsync.testkit.adapter;

import static dev.crmsync.testkit.adapter.AccountBench.done;
import static dev.crmsync.testkit.adapter.AccountBench.equal;
import static dev.crmsync.testkit.adapter.AccountBench.found;
import static dev.crmsync.testkit.adapter.AccountBench.shows;
import static dev.crmsync.testkit.adapter.AccountBench.that;

import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.FindsCreated;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Outcome.Rejection;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.testkit.adapter.AdapterContract.NotClaimed;
import dev.crmsync.testkit.adapter.AdapterContract.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** How a create with an unknown outcome is found again. */
final class CreatingRules {
    private CreatingRules() {}

    static List<Rule> rules() {
        return List.of(
                new Rule(
                        "A30",
                        ConformanceLevel.BASIC,
                        "an upsert by a join key may be repeated: it finds its record, and writes what is fresher",
                        CreatingRules::a30),
                new Rule(
                        "A31",
                        ConformanceLevel.BASIC,
                        "a create repeated under its idempotency key makes no second record, and another one is rejected",
                        CreatingRules::a31),
                new Rule(
                        "A32",
                        ConformanceLevel.DECLARED,
                        "a created record is found by its join key after the declared lag, and a key that nobody has is gone",
                        CreatingRules::a32),
                new Rule(
                        "A33",
                        ConformanceLevel.COMPLETE,
                        "a create whose answer is lost is unknown, and found again as declared it is there once",
                        CreatingRules::a33));
    }

    private static void a30(AccountBench bench) {
        bench.needsCreates();
        needs(bench, CreateLookup.UniqueUpsert.class);
        int number = bench.next();
        RecordRef record = bench.made(number);
        equal(bench.made(number), record, "the record of the same create");
        Map<String, NativeValue> fresher = new TreeMap<>(bench.specimen.record(number));
        fresher.putAll(bench.specimen.edited(bench.next()));
        equal(
                done(bench.write(bench.creating(number, fresher)), "a create with fresher values")
                        .ref(),
                record,
                "the record of a create with fresher values");
        bench.needsReads();
        shows(bench.shown(record), fresher, "after a create with fresher values");
    }

    private static void a31(AccountBench bench) {
        bench.needsCreates();
        needs(bench, CreateLookup.IdempotencyKey.class);
        int number = bench.next();
        RecordRef record = bench.made(number);
        equal(bench.made(number), record, "the record of the same create under the same key");
        Write used = bench.creating(number);
        Write other = new Write(
                used.key(),
                used.type(),
                null,
                bench.specimen.record(bench.next()),
                used.externalId(),
                used.idempotencyKey());
        Outcome outcome = bench.write(other);
        that(
                outcome instanceof Outcome.Rejected rejected && rejected.kind() == Rejection.KEY_REUSED,
                "another create under a key that was used must be Rejected as KEY_REUSED, and is " + outcome);
        that(!bench.made().equals(record), "a create under another key must make another record");
    }

    private static void needs(AccountBench bench, Class<? extends CreateLookup> lookup) {
        if (!lookup.isInstance(bench.declared.createLookup())) {
            throw new NotClaimed("a create is declared to be found again otherwise");
        }
    }

    private static void a32(AccountBench bench) {
        FindsCreated finds = bench.can(FindsCreated.class, Operation.FIND);
        bench.needsCreates();
        int number = bench.next();
        Write create = bench.creating(number);
        Write.ExternalId key = create.externalId();
        if (key == null) {
            throw new NotClaimed("no property holds a join key");
        }
        RecordRef record = done(bench.write(create), "a create").ref();
        lag(bench);
        equal(find(finds, create).ref(), record, "the record that is found by its key");
        Read nobody = finds.find(create.type(), new Write.ExternalId(key.property(), AccountBench.key(bench.next())));
        that(nobody instanceof Read.Gone, "a key that nobody has must be Gone, and is " + nobody);
    }

    private static ChangeEvent find(FindsCreated finds, Write create) {
        Write.ExternalId key = Objects.requireNonNull(create.externalId(), "no join key");
        return found(finds.find(create.type(), key, create.properties()), "a look-up of what was created");
    }

    /** Lets the declared lag pass, and not more than a moment longer. */
    private static void lag(AccountBench bench) {
        if (bench.declared.createLookup() instanceof CreateLookup.Lookup lookup
                && !lookup.lag().isZero()) {
            bench.lever(Lever.Time.class).pass(lookup.lag().plus(Duration.ofMillis(1)));
        }
    }

    private static void a33(AccountBench bench) {
        bench.needsCreates();
        Lever.Troubles troubles = bench.lever(Lever.Troubles.class);
        Lever.Counts counts = bench.lever(Lever.Counts.class);
        bench.made();
        long before = counts.records();
        Write create = bench.creating(bench.next());
        troubles.arrange(Trouble.LOST_ANSWER, true, 1);
        Outcome lost = bench.write(create);
        troubles.mend();
        that(lost instanceof Outcome.Unknown, "a create whose answer is lost must be Unknown, and is " + lost);
        equal(counts.records(), before + 1, "records after a create whose answer was lost");
        if (bench.declared.createLookup() instanceof CreateLookup.Lookup) {
            lag(bench);
            find(bench.can(FindsCreated.class), create);
        } else if (!(bench.declared.createLookup() instanceof CreateLookup.None)) {
            done(bench.write(create), "a create that is repeated");
        }
        equal(counts.records(), before + 1, "records after it was found again as declared");
    }
}
