package dev.crmsync.toy;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.store.Store;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A store whose calls fail when they are told to, and which remembers what was called. */
public final class TroubledStore {
    /** The calls that fail as a lost connection does: {@code pending}, or {@code pending acme} for those of one sync. */
    public final Set<String> failing = new TreeSet<>();

    /** The names of all calls, in order. */
    public final List<String> calls = new ArrayList<>();

    public final Store store;

    public TroubledStore(Store kept) {
        store = (Store) Proxy.newProxyInstance(
                TroubledStore.class.getClassLoader(), new Class<?>[] {Store.class}, (self, call, args) -> {
                    calls.add(call.getName());
                    if (failing.contains(call.getName())
                            || args != null && failing.contains(call.getName() + " " + args[0])) {
                        throw SyncException.of(SyncException.Kind.TRANSIENT, "the connection was lost; try again");
                    }
                    try {
                        return call.invoke(kept, args);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
    }
}
