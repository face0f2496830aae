package dev.crmsync.testkit.adapter;

import static dev.crmsync.testkit.adapter.AccountBench.equal;
import static dev.crmsync.testkit.adapter.AccountBench.present;
import static dev.crmsync.testkit.adapter.AccountBench.that;
import static dev.crmsync.testkit.adapter.AccountBench.thrown;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.ListsAll;
import dev.crmsync.spi.adapter.ListsChanges;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Quota;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.ReadsMany;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.adapter.WritesMany;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.testkit.adapter.AdapterContract.NotClaimed;
import dev.crmsync.testkit.adapter.AdapterContract.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** What is said of calls that went wrong: never more than is certain. */
final class TroubleRules {
    /** More calls than one call of an adapter makes; some HTTP clients ask again when a connection closes. */
    private static final int ALL = 50;

    private TroubleRules() {}

    static List<Rule> rules() {
        return List.of(
                new Rule(
                        "A90",
                        ConformanceLevel.COMPLETE,
                        "a limit without a Retry-After is told as a limit, and no delay is made up that is longer than a declared window",
                        bench -> limited(bench, Trouble.RATE_LIMITED, null)),
                new Rule(
                        "A91",
                        ConformanceLevel.COMPLETE,
                        "a limit with a Retry-After is told with that very delay",
                        bench -> limited(bench, Trouble.RATE_LIMITED_WITH_DELAY, Trouble.RETRY_AFTER)),
                new Rule(
                        "A92",
                        ConformanceLevel.COMPLETE,
                        "a server's error is a passing fault of a read, and leaves a write unknown or put off",
                        bench -> passing(bench, Trouble.SERVER_ERROR)),
                new Rule(
                        "A93",
                        ConformanceLevel.COMPLETE,
                        "a connection that breaks is a passing fault of a read, and leaves a write unknown or put off",
                        bench -> passing(bench, Trouble.RESET)),
                new Rule(
                        "A94",
                        ConformanceLevel.COMPLETE,
                        "a gateway's page is a passing fault of a read, and leaves a write unknown or put off",
                        bench -> passing(bench, Trouble.HTML)),
                new Rule(
                        "A95",
                        ConformanceLevel.COMPLETE,
                        "a change whose answer is lost is unknown, alone and in a batch, and took effect once",
                        TroubleRules::a95),
                new Rule(
                        "A96",
                        ConformanceLevel.COMPLETE,
                        "refused credentials are told as such by reads, writes and listings",
                        TroubleRules::a96),
                new Rule(
                        "A97",
                        ConformanceLevel.COMPLETE,
                        "a call is made once: an adapter does not try again on its own account",
                        TroubleRules::a97),
                new Rule(
                        "A98",
                        ConformanceLevel.COMPLETE,
                        "a listing in trouble throws: it is never a page without records",
                        TroubleRules::a98));
    }

    private static Lever.Troubles troubles(AccountBench bench) {
        return bench.lever(Lever.Troubles.class);
    }

    // Reads

    /** Reads in trouble; null when the answer was {@link Read.Unknown}. */
    private static @Nullable SyncException read(AccountBench bench, RecordRef record, Trouble trouble, int calls)
            throws Exception {
        Lever.Troubles troubles = troubles(bench);
        troubles.arrange(trouble, false, calls);
        try {
            Read read = bench.read(record);
            that(read instanceof Read.Unknown, "a read that met " + trouble + " is answered with " + read);
            return null;
        } catch (SyncException fault) {
            return fault;
        } finally {
            troubles.mend();
        }
    }

    private static void limited(AccountBench bench, Trouble trouble, @Nullable Duration delay) throws Exception {
        int number = bench.next();
        RecordRef record = bench.made(number);
        if (canRead(bench)) {
            SyncException fault = present(read(bench, record, trouble, ALL), "a read that met a limit must throw");
            equal(fault.kind(), Kind.RATE_LIMITED, "the kind of the fault of a read that met a limit");
            delayed(bench, fault.retryAfter().orElse(null), delay, "a read that met a limit");
            AccountBench.found(bench.read(record), "a read once the limit is lifted");
        }
        for (Outcome outcome : written(bench, record, trouble)) {
            that(
                    outcome instanceof Outcome.Deferred,
                    "a write that met a limit must be Deferred: nothing was done; it is " + outcome);
            delayed(bench, ((Outcome.Deferred) outcome).retryAfter(), delay, "a write that met a limit");
        }
        if (canRead(bench)) {
            AccountBench.shows(bench.shown(record), bench.specimen.record(number), "after writes that met a limit");
        }
    }

    /** What the vendor says is told as it is; where it says nothing, its declared windows may be known to the adapter. */
    private static void delayed(AccountBench bench, @Nullable Duration told, @Nullable Duration asked, String what) {
        if (asked != null || told == null) {
            equal(told, asked, "the delay of " + what);
            return;
        }
        Duration longest = bench.adapter.declaration().quotas().stream()
                .map(Quota::window)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        that(
                !told.isNegative() && told.compareTo(longest) <= 0,
                "the vendor asks for no delay; " + what + " is told to wait " + told
                        + ", longer than any declared window");
    }

    private static boolean canRead(AccountBench bench) {
        try {
            bench.needsReads();
            return true;
        } catch (NotClaimed not) {
            return false;
        }
    }

    private static void passing(AccountBench bench, Trouble trouble) throws Exception {
        RecordRef record = bench.made();
        if (canRead(bench)) {
            SyncException fault = read(bench, record, trouble, ALL);
            if (fault != null) {
                equal(fault.kind(), Kind.TRANSIENT, "the kind of the fault of a read that met " + trouble);
            }
            AccountBench.found(bench.read(record), "a read once all is well again");
        }
        for (Outcome outcome : written(bench, record, trouble)) {
            that(
                    outcome instanceof Outcome.Unknown || outcome instanceof Outcome.Deferred,
                    "a write that met " + trouble + " must be Unknown or Deferred, and is " + outcome);
        }
    }

    // Writes

    /** The outcomes of a change, a create and a batch that met a trouble. */
    private static List<Outcome> written(AccountBench bench, RecordRef record, Trouble trouble) {
        List<Outcome> outcomes = new ArrayList<>();
        if (!bench.writes()) {
            return outcomes;
        }
        Lever.Troubles troubles = troubles(bench);
        List<Write> writes = new ArrayList<>(List.of(bench.changing(record, bench.specimen.edited(bench.next()))));
        if (bench.creates()) {
            writes.add(bench.creating(bench.next()));
        }
        for (Write write : writes) {
            troubles.arrange(trouble, true, ALL);
            outcomes.add(deferring(() -> bench.write(write)));
            troubles.mend();
        }
        batch(bench, trouble, ALL).ifPresent(outcomes::addAll);
        return outcomes;
    }

    /** A limit may be thrown as well, for it is certain that nothing was written. */
    private static Outcome deferring(Callable<Outcome> call) {
        try {
            return call.call();
        } catch (SyncException limit) {
            if (limit.kind() == Kind.RATE_LIMITED) {
                return new Outcome.Deferred(limit.retryAfter().orElse(null), null, "thrown");
            }
            throw limit;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<List<Outcome>> batch(AccountBench bench, Trouble trouble, int calls) {
        if (!(bench.adapter instanceof WritesMany many)) {
            return Optional.empty();
        }
        List<Write> writes = new ArrayList<>();
        for (int i = 0; i < Math.min(2, many.writeBatchSize()); i++) {
            writes.add(bench.changing(bench.made(), bench.specimen.edited(bench.next())));
        }
        if (!writes.stream().allMatch(many::batches)) {
            return Optional.empty();
        }
        troubles(bench).arrange(trouble, true, calls);
        List<Outcome> outcomes = new ArrayList<>();
        try {
            Map<String, Outcome> answered = many.writeMany(writes);
            for (Write write : writes) {
                outcomes.add(present(
                        answered.get(write.key()), "a write of a batch that met " + trouble + " has no outcome"));
            }
        } catch (SyncException limit) {
            outcomes.add(deferring(() -> {
                throw limit;
            }));
        }
        troubles(bench).mend();
        return Optional.of(outcomes);
    }

    private static void a95(AccountBench bench) {
        bench.needsWrites();
        Lever.Troubles troubles = troubles(bench);
        int number = bench.next();
        RecordRef record = bench.made(number);
        var edited = bench.specimen.edited(bench.next());
        troubles.arrange(Trouble.LOST_ANSWER, true, 1);
        Outcome lost = bench.write(bench.changing(record, edited));
        troubles.mend();
        that(lost instanceof Outcome.Unknown, "a change whose answer is lost must be Unknown, and is " + lost);
        if (canRead(bench)) {
            AccountBench.shows(bench.shown(record), edited, "after a change whose answer was lost");
        }
        batch(bench, Trouble.LOST_ANSWER, 1)
                .ifPresent(outcomes -> outcomes.forEach(outcome -> that(
                        outcome instanceof Outcome.Unknown,
                        "a change of a batch whose answer is lost must be Unknown, and is " + outcome)));
    }

    // Calls of all kinds

    private static Map<Operation, Callable<?>> reads(AccountBench bench, RecordRef record) {
        Map<Operation, Callable<?>> calls = new EnumMap<>(Operation.class);
        String type = bench.specimen.type();
        if (canRead(bench)) {
            calls.put(Operation.READ_ONE, () -> bench.read(record));
        }
        calls.putAll(listings(bench, type));
        return calls;
    }

    private static Map<Operation, Callable<?>> listings(AccountBench bench, String type) {
        Map<Operation, Callable<?>> calls = new EnumMap<>(Operation.class);
        if (bench.adapter instanceof ListsAll lists && bench.declared.can(Operation.LIST_ALL)) {
            calls.put(Operation.LIST_ALL, () -> lists.list(type, null));
        }
        if (bench.adapter instanceof ListsChanges lists && bench.declared.can(Operation.LIST_CHANGES)) {
            String cursor = lists.cursorAt(type, Instant.EPOCH.plusSeconds(1_700_000_000));
            calls.put(Operation.LIST_CHANGES, () -> lists.changes(type, cursor));
        }
        return calls;
    }

    private static void a96(AccountBench bench) throws Exception {
        Lever.Troubles troubles = troubles(bench);
        RecordRef record = bench.made();
        for (Map.Entry<Operation, Callable<?>> call : reads(bench, record).entrySet()) {
            troubles.arrange(Trouble.UNAUTHORIZED, false, ALL);
            SyncException fault = thrown(call.getValue(), call.getKey() + " with refused credentials");
            troubles.mend();
            equal(fault.kind(), Kind.AUTH, call.getKey() + " with refused credentials");
        }
        if (bench.writes()) {
            troubles.arrange(Trouble.UNAUTHORIZED, true, ALL);
            SyncException fault = thrown(
                    () -> bench.write(bench.changing(record, bench.specimen.edited(bench.next()))),
                    "a write with refused credentials");
            troubles.mend();
            equal(fault.kind(), Kind.AUTH, "a write with refused credentials");
        }
    }

    private static void a97(AccountBench bench) throws Exception {
        RecordRef record = bench.made();
        if (canRead(bench)) {
            SyncException fault = read(bench, record, Trouble.SERVER_ERROR, 1);
            that(fault == null || fault.kind() == Kind.TRANSIENT, "a read that met one error of the server: " + fault);
        }
        if (bench.writes()) {
            Lever.Troubles troubles = troubles(bench);
            troubles.arrange(Trouble.SERVER_ERROR, true, 1);
            Outcome outcome = bench.write(bench.changing(record, bench.specimen.edited(bench.next())));
            troubles.mend();
            that(
                    !(outcome instanceof Outcome.Done),
                    "a write that met one error of the server is Done: it was tried again, and nobody asked for it");
        }
    }

    private static void a98(AccountBench bench) throws Exception {
        RecordRef record = bench.made();
        Map<Operation, Callable<?>> calls = listings(bench, bench.specimen.type());
        if (bench.adapter instanceof ReadsMany many && bench.declared.can(Operation.READ_MANY)) {
            calls.put(Operation.READ_MANY, () -> many.readMany(List.of(record)));
        }
        if (calls.isEmpty()) {
            throw new NotClaimed("neither listings nor reads of many");
        }
        Lever.Troubles troubles = troubles(bench);
        Set<Trouble> passing = Set.of(Trouble.SERVER_ERROR, Trouble.HTML, Trouble.RESET);
        for (Map.Entry<Operation, Callable<?>> call : calls.entrySet()) {
            for (Trouble trouble : passing) {
                troubles.arrange(trouble, false, ALL);
                Callable<?> tried =
                        call.getKey() == Operation.READ_MANY ? () -> doubted(call.getValue()) : call.getValue();
                SyncException fault = thrown(tried, call.getKey() + " that met " + trouble);
                troubles.mend();
                equal(fault.kind(), Kind.TRANSIENT, call.getKey() + " that met " + trouble);
            }
        }
    }

    /** Answers that say for each record that it is unknown are as good as an exception. */
    private static Object doubted(Callable<?> reads) throws Exception {
        Object answers = reads.call();
        if (answers instanceof Map<?, ?> map
                && !map.isEmpty()
                && map.values().stream().allMatch(Read.Unknown.class::isInstance)) {
            throw SyncException.of(Kind.TRANSIENT, "unknown");
        }
        return answers;
    }
}
