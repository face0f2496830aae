package dev.crmsync.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.crmsync.memory.MemoryStore;
import dev.crmsync.spi.store.DueRow;
import dev.crmsync.spi.store.Fence;
import dev.crmsync.spi.store.InboxEvent;
import dev.crmsync.spi.store.LinkChange;
import dev.crmsync.spi.store.LinkRow;
import dev.crmsync.spi.store.Store;
import dev.crmsync.spi.store.Turn;
import dev.crmsync.spi.store.Unit;
import dev.crmsync.testkit.store.StoreContract.Rule;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A contract that nothing breaks says nothing: each of these stores has one fault, and the rule that is meant for it finds it. */
class BrokenStoresTest {
    private long made;

    /** Answers a call in its own way, or hands it on. */
    @FunctionalInterface
    private interface Fault {
        @Nullable Object call(Store store, String method, Object[] args, Beneath beneath) throws Throwable;
    }

    /** The call as a sound store answers it. */
    @FunctionalInterface
    private interface Beneath {
        @Nullable Object call(Object... args) throws Throwable;
    }

    private static Store broken(Store store, Fault fault) {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, args) -> {
                    Beneath beneath = given -> {
                        try {
                            return method.invoke(store, given);
                        } catch (InvocationTargetException e) {
                            throw e.getCause() == null ? e : e.getCause();
                        }
                    };
                    Object[] given = args == null ? new Object[0] : args;
                    return fault.call(store, method.getName(), given, beneath);
                });
    }

    /** A store with a fault, and the number of the rule that is meant for it. */
    private record Broken(String rule, String what, Fault fault) {}

    /** A fault of one method. */
    private static Fault of(String name, Fault fault) {
        return (store, method, args, beneath) ->
                method.equals(name) ? fault.call(store, method, args, beneath) : beneath.call(args);
    }

    @SuppressWarnings("unchecked")
    private static <T> List<T> list(@Nullable Object answer) {
        return new ArrayList<>((List<T>) answer);
    }

    private List<Broken> faults() {
        List<Broken> faults = new ArrayList<>();
        faults.add(new Broken("S11", "the last to write a link wins", of("commit", BrokenStoresTest::lastWins)));
        faults.add(new Broken(
                "S11", "what loses leaves its journal behind", of("commit", BrokenStoresTest::leavesTraces)));
        faults.add(new Broken(
                "S2", "a page of a walk lacks its last row", of("walkLinks", (store, method, args, beneath) -> {
                    List<LinkRow> page = list(beneath.call(args));
                    return page.size() < (int) args[2] ? page : page.subList(0, page.size() - 1);
                })));
        faults.add(new Broken(
                "S4", "links that bear a key come in any order", of("matches", (store, method, args, beneath) -> {
                    @SuppressWarnings("unchecked")
                    Map<Object, List<String>> matches =
                            new LinkedHashMap<>((Map<Object, List<String>>) beneath.call(args));
                    matches.replaceAll((key, links) ->
                            links.stream().sorted((a, b) -> b.compareTo(a)).toList());
                    return matches;
                })));
        faults.add(new Broken(
                "S21", "an event that comes twice is accepted twice", of("accept", (store, method, args, beneath) -> {
                    List<InboxEvent> events = new ArrayList<>();
                    for (InboxEvent event : BrokenStoresTest.<InboxEvent>list(args[1])) {
                        String key = event.dedupeKey() + '#' + made++;
                        events.add(new InboxEvent(
                                event.shard(), event.system(), key, event.receivedAt(), event.content()));
                    }
                    return beneath.call(args[0], events);
                })));
        faults.add(new Broken("S42", "a claim is not kept", of("claim", (store, method, args, beneath) -> {
            Turn turn = (Turn) args[0];
            return store.walkDue(turn.sync(), Set.of(turn.lane()), null, (int) args[2]);
        })));
        faults.add(new Broken("S40", "times lose their microseconds", of("walkDue", (store, method, args, beneath) -> {
            List<DueRow> rows = list(beneath.call(args));
            rows.replaceAll(row -> new DueRow(
                    row.sync(),
                    row.link(),
                    row.system(),
                    row.lane(),
                    row.notBefore().equals(Instant.MAX)
                            ? row.notBefore()
                            : row.notBefore().truncatedTo(ChronoUnit.MILLIS),
                    row.attempts(),
                    row.inFlight(),
                    row.waitingOn()));
            return rows;
        })));
        faults.add(new Broken(
                "S50", "the journal begins with its oldest entry", of("journal", (store, method, args, beneath) -> {
                    List<Object> entries = list(beneath.call(args));
                    Collections.reverse(entries);
                    return entries;
                })));
        faults.add(new Broken(
                "S60", "whoever asks for a lease gets one", of("lease", (store, method, args, beneath) -> {
                    return beneath.call(args[0] + "/" + args[1], args[1], args[2], args[3]);
                })));
        faults.add(new Broken(
                "S64", "a lease that changed hands hinders nobody", of("commit", (store, method, args, beneath) -> {
                    return beneath.call(args[0], args[1], (Fence) null);
                })));
        faults.add(new Broken("S72", "trimming knows no limit", of("trim", (store, method, args, beneath) -> {
            return beneath.call(args[0], args[1], args[2], Integer.MAX_VALUE);
        })));
        faults.add(new Broken("S6", "one sync sees the links of another", (store, method, args, beneath) -> {
            boolean named = args.length > 0 && args[0] instanceof String sync && !method.equals("lease");
            return named
                            && List.of("commit", "links", "countLinks", "walkLinks")
                                    .contains(method)
                    ? beneath.call(
                            Stream.concat(Stream.of("all"), Stream.of(args).skip(1))
                                    .toArray())
                    : beneath.call(args);
        }));
        return faults;
    }

    /** Every change expects the version that is there. */
    private static @Nullable Object lastWins(Store store, String method, Object[] args, Beneath beneath)
            throws Throwable {
        List<Unit> units = new ArrayList<>();
        for (Unit unit : BrokenStoresTest.<Unit>list(args[1])) {
            List<LinkChange> links = new ArrayList<>();
            for (LinkChange link : unit.links()) {
                long there = versionOf(store, (String) args[0], link.next().id());
                LinkRow next = link.next();
                LinkRow later = new LinkRow(
                        next.id(), next.type(), Math.max(there + 1, next.version()), next.rulesHash(), next.document());
                links.add(new LinkChange(
                        there, later, link.refsAdded(), link.refsRemoved(), link.keysAdded(), link.keysRemoved()));
            }
            units.add(with(unit, links));
        }
        return beneath.call(args[0], units, args[2]);
    }

    private static long versionOf(Store store, String sync, String id) {
        Collection<LinkRow> rows = store.links(sync, List.of(id));
        return rows.stream().mapToLong(LinkRow::version).findFirst().orElse(0);
    }

    private static Unit with(Unit unit, List<LinkChange> links) {
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

    /** The links go in a transaction of their own, and the rest after it whatever came of that. */
    private static @Nullable Object leavesTraces(Store store, String method, Object[] args, Beneath beneath)
            throws Throwable {
        List<Unit> units = list(args[1]);
        List<Boolean> won = list(beneath.call(args));
        for (int i = 0; i < units.size(); i++) {
            if (!won.get(i)) {
                beneath.call(args[0], List.of(with(units.get(i), List.of())), args[2]);
            }
        }
        return won;
    }

    @TestFactory
    Stream<DynamicTest> each_fault_is_found_by_the_rule_that_is_meant_for_it() {
        return faults().stream()
                .map(broken -> dynamicTest(broken.rule() + ": " + broken.what(), () -> {
                    Rule rule = rule(broken.rule());
                    Store store = broken(new MemoryStore(), broken.fault());
                    assertThatThrownBy(() -> rule.verify(() -> store))
                            .isInstanceOf(AssertionError.class)
                            .hasMessageStartingWith(rule.number() + " ");
                }));
    }

    @TestFactory
    Stream<DynamicTest> and_none_of_these_rules_complains_of_a_sound_store() {
        return faults().stream()
                .map(Broken::rule)
                .distinct()
                .map(number -> dynamicTest(number, () -> {
                    Store store = broken(new MemoryStore(), (same, method, args, beneath) -> beneath.call(args));
                    rule(number).verify(() -> store);
                }));
    }

    private static Rule rule(String number) {
        List<Rule> named = StoreContract.rules().stream()
                .filter(rule -> rule.number().equals(number))
                .toList();
        assertThat(named).as(number).hasSize(1);
        return named.get(0);
    }
}
