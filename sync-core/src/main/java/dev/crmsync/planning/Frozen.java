package dev.crmsync.planning;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A sorted map that nobody changes any more, so that states which follow upon each other share what did not change and none
 * is copied twice. Immutable.
 */
final class Frozen<V> extends AbstractMap<String, V> implements SortedMap<String, V> {
    private static final Frozen<?> NOTHING = new Frozen<>(new TreeMap<>());

    private final SortedMap<String, V> held;

    private Frozen(SortedMap<String, V> held) {
        this.held = held;
    }

    /** The same entries for good: a copy, unless they are frozen already. */
    static <V> Frozen<V> of(Map<String, V> entries) {
        if (entries instanceof Frozen<V> frozen) {
            return frozen;
        }
        return entries.isEmpty() ? nothing() : new Frozen<>(new TreeMap<>(entries));
    }

    // Without entries there is no value whose type could be wrong.
    @SuppressWarnings("unchecked")
    private static <V> Frozen<V> nothing() {
        return (Frozen<V>) NOTHING;
    }

    /** The same entries for good, of a map that is handed over and that nobody changes any more. */
    static <V> Frozen<V> handedOver(SortedMap<String, V> entries) {
        return entries.isEmpty() ? nothing() : new Frozen<>(entries);
    }

    /** A copy to be changed. */
    SortedMap<String, V> thawed() {
        return new TreeMap<>(held);
    }

    @Override
    public @Nullable V get(@Nullable Object key) {
        return held.get(key);
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return held.containsKey(key);
    }

    @Override
    public int size() {
        return held.size();
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super V> action) {
        held.forEach(action);
    }

    @Override
    public Set<Entry<String, V>> entrySet() {
        return Collections.unmodifiableMap(held).entrySet();
    }

    @Override
    public @Nullable Comparator<? super String> comparator() {
        return null;
    }

    @Override
    public SortedMap<String, V> subMap(String from, String to) {
        return Collections.unmodifiableSortedMap(held.subMap(from, to));
    }

    @Override
    public SortedMap<String, V> headMap(String to) {
        return Collections.unmodifiableSortedMap(held.headMap(to));
    }

    @Override
    public SortedMap<String, V> tailMap(String from) {
        return Collections.unmodifiableSortedMap(held.tailMap(from));
    }

    @Override
    public String firstKey() {
        return held.firstKey();
    }

    @Override
    public String lastKey() {
        return held.lastKey();
    }
}
