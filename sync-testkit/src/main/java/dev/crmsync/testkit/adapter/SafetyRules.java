package dev.crmsync.testkit.adapter;

import static dev.crmsync.testkit.adapter.AccountBench.equal;
import static dev.crmsync.testkit.adapter.AccountBench.shows;
import static dev.crmsync.testkit.adapter.AccountBench.that;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.ListsAll;
import dev.crmsync.spi.adapter.ListsChanges;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.ReadsOne;
import dev.crmsync.spi.adapter.Receipt;
import dev.crmsync.spi.adapter.ReceivesWebhooks;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.testkit.adapter.AdapterContract.Rule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Threads, cancellation, restarts and secrets. */
final class SafetyRules {
    private static final int THREADS = 6;
    private static final int ROUNDS = 5;

    private SafetyRules() {}

    static List<Rule> rules() {
        return List.of(
                new Rule(
                        "A100",
                        ConformanceLevel.COMPLETE,
                        "calls of several threads have their own answers",
                        SafetyRules::a100),
                new Rule(
                        "A101",
                        ConformanceLevel.COMPLETE,
                        "a thread that is interrupted stays interrupted, and nothing is concluded from its calls",
                        SafetyRules::a101),
                new Rule(
                        "A102",
                        ConformanceLevel.COMPLETE,
                        "a call that waits for its vendor ends when its thread is interrupted",
                        SafetyRules::a102),
                new Rule(
                        "A103",
                        ConformanceLevel.COMPLETE,
                        "no message and no text form shows a secret or a value of a record",
                        SafetyRules::a103),
                new Rule(
                        "A104",
                        ConformanceLevel.BASIC,
                        "an adapter that is closed leaves the others at work",
                        SafetyRules::a104));
    }

    private static void a100(AccountBench bench) throws Exception {
        bench.needsReads();
        Map<RecordRef, Integer> made = new LinkedHashMap<>();
        for (int i = 0; i < THREADS; i++) {
            int number = bench.next();
            made.put(bench.made(number), number);
        }
        CyclicBarrier start = new CyclicBarrier(THREADS);
        List<Callable<Object>> tasks = new ArrayList<>();
        made.forEach((record, number) -> tasks.add(() -> {
            start.await();
            for (int round = 0; round < ROUNDS; round++) {
                ChangeEvent shown = bench.found(record);
                equal(shown.ref(), record, "the record that was read beside other threads");
                shows(shown.properties(), bench.specimen.record(number), "a read beside other threads");
            }
            if (bench.writes()) {
                Map<String, NativeValue> edited = bench.specimen.edited(bench.next());
                equal(bench.change(record, edited).ref(), record, "the record that was changed beside other threads");
                shows(bench.shown(record), edited, "a change beside other threads");
            }
            return record;
        }));
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (Future<Object> one : threads.invokeAll(tasks)) {
                answer(one);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static <T> T answer(Future<T> future) throws Exception {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AssertionError broken) {
                throw broken;
            }
            throw new AssertionError("a call beside other threads threw " + e.getCause(), e.getCause());
        }
    }

    private static void a101(AccountBench bench) throws Exception {
        RecordRef record = bench.made();
        if (bench.adapter instanceof ReadsOne one && bench.declared.can(Operation.READ_ONE)) {
            inconclusive(interrupted(() -> one.read(record), "a read"));
        }
        if (bench.writes()) {
            var write = bench.changing(record, bench.specimen.edited(bench.next()));
            inconclusive(interrupted(() -> bench.write(write), "a write"));
        }
        bench.found(record);
    }

    /** What a call on an interrupted thread answers, or how it fails. */
    private static Object interrupted(Callable<?> call, String what) throws Exception {
        FutureTask<Object> task = new FutureTask<>(() -> {
            Thread.currentThread().interrupt();
            Object answer;
            try {
                answer = call.call();
            } catch (SyncException fault) {
                answer = fault;
            }
            that(Thread.currentThread().isInterrupted(), what + " has swallowed the interrupt of its thread");
            return answer;
        });
        Thread thread = new Thread(task, "kit-interrupted");
        thread.setDaemon(true);
        thread.start();
        return answer(task);
    }

    /** Nothing may be concluded from a call that was cancelled, though one that came through after all is fine. */
    private static void inconclusive(Object answer) {
        if (answer instanceof SyncException fault) {
            equal(fault.kind(), Kind.TRANSIENT, "the kind of the fault of a call that was cancelled");
            return;
        }
        boolean fine = answer instanceof Read.Found
                || answer instanceof Read.Unknown
                || answer instanceof Outcome.Done
                || answer instanceof Outcome.Unknown
                || answer instanceof Outcome.Deferred;
        that(fine, "a call that was cancelled is answered with " + answer);
    }

    private static void a102(AccountBench bench) throws Exception {
        Lever.Elsewhere elsewhere = bench.lever(Lever.Elsewhere.class);
        bench.needsReads();
        RecordRef record = bench.made();
        try (MuteServer mute = new MuteServer();
                Adapter adapter = elsewhere.adapterAt(mute.url())) {
            FutureTask<Object> task = new FutureTask<>(() -> {
                try {
                    return AccountBench.read(adapter, record);
                } catch (SyncException fault) {
                    that(Thread.currentThread().isInterrupted(), "a read has swallowed the interrupt of its thread");
                    return fault;
                }
            });
            Thread thread = new Thread(task, "kit-cancelled");
            thread.setDaemon(true);
            thread.start();
            mute.awaitCall();
            thread.interrupt();
            inconclusive(ended(task));
        }
    }

    /** Waits for the end of a call, though not for ever: that is what is measured. */
    private static Object ended(FutureTask<Object> task) throws Exception {
        try {
            return task.get(20, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError("a call goes on waiting for its vendor though its thread was interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AssertionError broken) {
                throw broken;
            }
            throw new AssertionError("a call that was cancelled threw " + e.getCause(), e.getCause());
        }
    }

    // Secrets

    private static void a103(AccountBench bench) {
        Lever.Troubles troubles = bench.lever(Lever.Troubles.class);
        int number = bench.next();
        Map<String, NativeValue> edited = bench.specimen.edited(bench.next());
        RecordRef record = bench.made(number);
        List<String> said = new ArrayList<>(
                List.of(bench.adapter.toString(), bench.adapter.declaration().toString()));
        for (Trouble trouble : Trouble.values()) {
            troubles.arrange(trouble, false, 50);
            said.add(said(() -> bench.read(record)));
            if (bench.adapter instanceof ListsAll lists && bench.declared.can(Operation.LIST_ALL)) {
                said.add(said(() -> lists.list(bench.specimen.type(), null)));
            }
            if (bench.adapter instanceof ListsChanges lists && bench.declared.can(Operation.LIST_CHANGES)) {
                said.add(said(() -> lists.changes(bench.specimen.type(), "no cursor")));
            }
            troubles.mend();
            if (bench.writes()) {
                troubles.arrange(trouble, true, 50);
                said.add(said(() -> bench.write(bench.changing(record, edited))));
                troubles.mend();
            }
        }
        if (bench.writes()) {
            bench.specimen
                    .refused()
                    .ifPresent(value -> said.add(said(
                            () -> bench.write(bench.changing(record, Map.of(value.getKey(), value.getValue()))))));
            said.add(said(() -> bench.write(bench.changing(bench.specimen.stranger(), edited))));
        }
        if (bench.adapter instanceof ReceivesWebhooks hooks) {
            said.add(said(() -> hooks.receive(
                    new WebhookRequest("POST", "https://host.example/", Map.of(), Bytes.utf8("nonsense")))));
        }
        List<String> hidden = new ArrayList<>(bench.account.secrets());
        bench.specimen.record(number).values().forEach(value -> texts(value, hidden));
        edited.values().forEach(value -> texts(value, hidden));
        bench.specimen.refused().ifPresent(value -> texts(value.getValue(), hidden));
        hidden.removeAll(codes(bench));
        for (String text : said) {
            for (String secret : hidden) {
                that(
                        !text.contains(secret),
                        "a message shows a secret or a value of a record: " + text.replace(secret, "…"));
            }
        }
    }

    /** What an enumeration may say is no secret: it is the vendor's own word, and the same for everybody. */
    private static Set<String> codes(AccountBench bench) {
        Set<String> codes = new HashSet<>();
        bench.mapping.fields().forEach(mapped -> {
            if (mapped.lens() instanceof Lens.Coded coded) {
                codes.addAll(coded.canonicalByNative().keySet());
            }
        });
        return codes;
    }

    private static void texts(NativeValue value, List<String> into) {
        // Short words are in every message by chance.
        if (value instanceof NativeValue.Text text && text.text().length() > 5) {
            into.add(text.text());
        }
    }

    /** All that a call says when it goes wrong. */
    private static String said(Callable<?> call) {
        Object answer;
        try {
            answer = call.call();
        } catch (Exception thrown) {
            StringBuilder all = new StringBuilder();
            for (Throwable one = thrown; one != null; one = one.getCause()) {
                all.append(one).append('\n');
            }
            if (thrown instanceof SyncException fault) {
                all.append(fault.subject().orElse(""));
            }
            return all.toString();
        }
        if (answer instanceof Outcome.Rejected rejected) {
            return rejected.message() + " " + rejected.property();
        } else if (answer instanceof Outcome.Deferred deferred) {
            return deferred.reason() + " " + deferred.quotaKey();
        } else if (answer instanceof Outcome.Unknown unknown) {
            return unknown.reason();
        } else if (answer instanceof Read.Unknown unknown) {
            return unknown.reason();
        } else if (answer instanceof Receipt.Malformed malformed) {
            return malformed.reason();
        }
        return "";
    }

    private static void a104(AccountBench bench) {
        bench.needsReads();
        RecordRef record = bench.made();
        Adapter other = bench.account.adapter();
        AccountBench.found(AccountBench.read(other, record), "a read by another instance");
        other.close();
        AccountBench.found(bench.read(record), "a read after another instance was closed");
    }
}
