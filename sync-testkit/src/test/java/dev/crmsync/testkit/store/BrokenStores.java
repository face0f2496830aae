package dev.crmsync.testkit.store;

import dev.crmsync.memory.MemoryStore;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.store.DueChange;
import dev.crmsync.spi.store.DueRow;
import dev.crmsync.spi.store.InboxEvent;
import dev.crmsync.spi.store.LinkChange;
import dev.crmsync.spi.store.LinkRow;
import dev.crmsync.spi.store.Store;
import dev.crmsync.spi.store.Unit;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Stores with one mistake each, and the rule that is there to find it. */
final class BrokenStores {
    private BrokenStores() {}

    /** One broken store. */
    record Broken(String rule, String mistake, Mistake how) {
        Store open() {
            MemoryStore beneath = new MemoryStore();
            return (Store) Proxy.newProxyInstance(
                    Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, args) -> {
                        Object[] given = args == null ? new Object[0] : args;
                        return how.call(method.getName(), given, changed -> {
                            try {
                                return method.invoke(beneath, changed);
                            } catch (InvocationTargetException e) {
                                throw e.getCause() instanceof RuntimeException cause
                                        ? cause
                                        : new IllegalStateException(e.getCause());
                            } catch (IllegalAccessException e) {
                                throw new IllegalStateException(e);
                            }
                        });
                    });
        }

        @Override
        public String toString() {
            return mistake + " is found by " + rule;
        }
    }

    /** What a right store does with the arguments of a call. */
    @FunctionalInterface
    interface Right {
        @Nullable Object call(Object[] args);
    }

    /** What a store does with a call that a right one would pass on as it is. */
    @FunctionalInterface
    interface Mistake {
        @Nullable Object call(String method, Object[] args, Right right);
    }

    static List<Broken> all() {
        return List.of(
                answering("S2", "a walk from the end", "walkLinks", BrokenStores::reversed),
                new Broken("S6", "a count of the links of all syncs", countingAll()),
                committing("S7", "documents that are cut at 64 kB", BrokenStores::cut),
                new Broken("S11", "a loser whose journal stays", BrokenStores::loserLeavesJournal),
                answering("S12", "a loser that takes its neighbours with it", "commit", BrokenStores::allOrNone),
                given("S21", "events without a memory for their keys", "accept", args -> {
                    args[1] = ((List<?>) args[1])
                            .stream()
                                    .map(InboxEvent.class::cast)
                                    .map(event -> new InboxEvent(
                                            event.shard(),
                                            event.system(),
                                            event.dedupeKey() + " " + System.identityHashCode(new Object()),
                                            event.receivedAt(),
                                            event.content()))
                                    .toList();
                    return args;
                }),
                answering("S23", "events that wait in the order of a heap", "pending", BrokenStores::reversed),
                committing(
                        "S31",
                        "a put that takes over what stands",
                        unit -> due(
                                unit,
                                change -> change instanceof DueChange.Put put
                                        ? new DueChange.Put(put.row(), true)
                                        : change)),
                committing(
                        "S33",
                        "a removal of what is claimed",
                        unit -> due(
                                unit,
                                change -> change instanceof DueChange.Remove gone
                                        ? new DueChange.Remove(gone.link(), gone.system(), true)
                                        : change)),
                committing(
                        "S40",
                        "times in whole seconds",
                        unit -> due(
                                unit,
                                change -> change instanceof DueChange.Put put
                                        ? new DueChange.Put(floored(put.row()), put.release())
                                        : change)),
                answering("S41", "the newest work first", "claim", BrokenStores::reversed),
                given("S42", "claims that lapse at once", "claim", args -> {
                    args[4] = args[1];
                    return args;
                }),
                answering("S50", "a journal from its beginning", "journal", BrokenStores::reversed),
                given("S60", "a lease for whoever asks", "lease", args -> {
                    args[1] = "anybody";
                    return args;
                }),
                answering(
                        "S61",
                        "a token that never grows",
                        "lease",
                        answer -> answer instanceof OptionalLong token && token.isPresent()
                                ? OptionalLong.of(1)
                                : answer),
                given("S64", "a fence that nobody looks at", "commit", args -> {
                    args[2] = null;
                    return args;
                }),
                given("S72", "a trim without an end", "trim", args -> {
                    args[3] = Integer.MAX_VALUE;
                    return args;
                }));
    }

    private static Broken given(String rule, String mistake, String method, UnaryOperator<Object[]> other) {
        return new Broken(
                rule,
                mistake,
                (name, args, right) ->
                        right.call(method.isEmpty() || name.equals(method) ? other.apply(args.clone()) : args));
    }

    private static Broken answering(
            String rule, String mistake, String method, Function<@Nullable Object, @Nullable Object> other) {
        return new Broken(rule, mistake, (name, args, right) -> {
            Object answer = right.call(args);
            return name.equals(method) ? other.apply(answer) : answer;
        });
    }

    private static Broken committing(String rule, String mistake, UnaryOperator<Unit> other) {
        return given(rule, mistake, "commit", args -> {
            args[1] = units(args[1]).stream().map(other).toList();
            return args;
        });
    }

    private static List<Unit> units(Object argument) {
        return ((List<?>) argument).stream().map(Unit.class::cast).toList();
    }

    private static @Nullable Object reversed(@Nullable Object answer) {
        List<Object> list = new ArrayList<>((List<?>) Objects.requireNonNull(answer));
        Collections.reverse(list);
        return list;
    }

    private static @Nullable Object allOrNone(@Nullable Object answer) {
        List<?> won = (List<?>) Objects.requireNonNull(answer);
        return won.contains(false) ? Collections.nCopies(won.size(), false) : won;
    }

    private static Mistake countingAll() {
        Set<Object> syncs = new LinkedHashSet<>();
        return (method, args, right) -> {
            if (method.equals("commit")) {
                syncs.add(args[0]);
            } else if (method.equals("countLinks")) {
                long all = 0;
                for (Object sync : syncs) {
                    all += (long) Objects.requireNonNull(right.call(new Object[] {sync}));
                }
                return all;
            }
            return right.call(args);
        };
    }

    private static @Nullable Object loserLeavesJournal(String method, Object[] args, Right right) {
        Object answer = right.call(args);
        if (method.equals("commit")) {
            List<?> won = (List<?>) Objects.requireNonNull(answer);
            List<Unit> units = units(args[1]);
            for (int i = 0; i < units.size(); i++) {
                if (Boolean.FALSE.equals(won.get(i))) {
                    Unit.Builder left = Unit.builder();
                    units.get(i).journal().forEach(left::journal);
                    right.call(new Object[] {args[0], List.of(left.build()), args[2]});
                }
            }
        }
        return answer;
    }

    private static Unit due(Unit unit, UnaryOperator<DueChange> other) {
        return new Unit(
                unit.links(),
                unit.journal(),
                unit.due().stream().map(other).toList(),
                unit.wakes(),
                unit.reviews(),
                unit.deadLetters(),
                unit.deadLettersGone(),
                unit.inbox(),
                unit.inboxDone(),
                unit.cursors(),
                unit.erased());
    }

    private static DueRow floored(DueRow row) {
        Instant notBefore = row.notBefore();
        return new DueRow(
                row.sync(),
                row.link(),
                row.system(),
                row.lane(),
                notBefore.isAfter(Instant.EPOCH) && notBefore.isBefore(Instant.MAX)
                        ? notBefore.truncatedTo(ChronoUnit.SECONDS)
                        : notBefore,
                row.attempts(),
                row.inFlight(),
                row.waitingOn());
    }

    private static Unit cut(Unit unit) {
        List<LinkChange> links = unit.links().stream()
                .map(change -> new LinkChange(
                        change.expected(),
                        cut(change.next()),
                        change.refsAdded(),
                        change.refsRemoved(),
                        change.keysAdded(),
                        change.keysRemoved()))
                .toList();
        return new Unit(
                links,
                unit.journal(),
                unit.due(),
                unit.wakes(),
                unit.reviews(),
                unit.deadLetters(),
                unit.deadLettersGone(),
                unit.inbox(),
                unit.inboxDone(),
                unit.cursors(),
                unit.erased());
    }

    private static LinkRow cut(LinkRow row) {
        byte[] whole = row.document().toArray();
        byte[] kept = Arrays.copyOf(whole, Math.min(whole.length, 1 << 16));
        return new LinkRow(row.id(), row.type(), row.version(), row.rulesHash(), Bytes.of(kept));
    }
}
