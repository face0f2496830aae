package dev.crmsync.testkit.simulation;

import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.spi.store.InboxRow;
import dev.crmsync.spi.store.LinkChange;
import dev.crmsync.spi.store.Store;
import dev.crmsync.spi.store.Unit;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes down what passes between an engine and its store, and changes nothing. */
final class WatchedStore {
    private final Store store;
    private final Chronicle chronicle;
    private final Function<InboxRow, RecordRef> recordOf;
    private final Runnable beforeCommit;
    private final Map<String, Set<RecordRef>> records = new HashMap<>();

    WatchedStore(Store store, Chronicle chronicle, Function<InboxRow, RecordRef> recordOf, Runnable beforeCommit) {
        this.store = store;
        this.chronicle = chronicle;
        this.recordOf = recordOf;
        this.beforeCommit = beforeCommit;
    }

    Store face() {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(),
                new Class<?>[] {Store.class},
                (proxy, method, args) -> call(method, args));
    }

    private @Nullable Object call(Method method, @Nullable Object @Nullable [] args) throws Throwable {
        if (method.getName().equals("commit")) {
            beforeCommit.run();
        }
        Object answer;
        try {
            answer = method.invoke(store, args);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause();
            throw cause == null ? e : cause;
        }
        if (method.getName().equals("commit") && args != null) {
            committed(units(args[1]), flags(answer));
        } else if (method.getName().equals("pending")) {
            rows(answer);
        }
        return answer;
    }

    @SuppressWarnings("unchecked")
    private static List<Unit> units(@Nullable Object argument) {
        return argument == null ? List.of() : (List<Unit>) argument;
    }

    @SuppressWarnings("unchecked")
    private static List<Boolean> flags(@Nullable Object answer) {
        return answer == null ? List.of() : (List<Boolean>) answer;
    }

    @SuppressWarnings("unchecked")
    private void rows(@Nullable Object answer) {
        if (answer != null) {
            for (InboxRow row : (List<InboxRow>) answer) {
                chronicle.pending(row.id(), row.event().system(), row.event().dedupeKey(), recordOf.apply(row));
            }
        }
    }

    private void committed(List<Unit> units, List<Boolean> won) {
        for (int i = 0; i < units.size(); i++) {
            if (won.get(i)) {
                long tick = chronicle.tick();
                units.get(i).inboxDone().forEach(row -> chronicle.done(row, tick));
                units.get(i).links().forEach(link -> changed(link, tick));
            }
        }
    }

    private void changed(LinkChange change, long tick) {
        String link = change.next().id();
        Set<RecordRef> held = records.computeIfAbsent(link, fresh -> new TreeSet<>());
        held.addAll(change.refsAdded());
        held.removeAll(change.refsRemoved());
        chronicle.committed(link, change.expected(), change.next().version(), held, tick);
    }
}
