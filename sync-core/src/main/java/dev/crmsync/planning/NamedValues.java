package dev.crmsync.planning;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A map whose entries are kept in the order of their names, so that each has an index. Its views cannot be changed. */
abstract class NamedValues<V> extends AbstractMap<String, V> {
    /** The index of a name, or a negative number when the map has none such. */
    abstract int indexOf(@Nullable Object name);

    /** The name at an index. */
    abstract String name(int index);

    /** The value at an index. */
    abstract V at(int index);

    @Override
    public abstract int size();

    @Override
    public final @Nullable V get(@Nullable Object name) {
        int index = indexOf(name);
        return index < 0 ? null : at(index);
    }

    /** The index of a name that mostly is at a certain place, or a negative number when the map has none such. */
    // The rules have each name but once, so that it mostly is the same string; one that is not is searched for by what
    // it says.
    @SuppressWarnings("ReferenceEquality")
    final int indexOf(String name, int place) {
        return place < size() && name(place) == name ? place : indexOf(name);
    }

    /** The value of a name that mostly is at a certain place, or null when the map has none such. */
    final @Nullable V get(String name, int place) {
        int index = indexOf(name, place);
        return index < 0 ? null : at(index);
    }

    @Override
    public final boolean containsKey(@Nullable Object name) {
        return indexOf(name) >= 0;
    }

    @Override
    public final boolean isEmpty() {
        return size() == 0;
    }

    @Override
    public final void forEach(BiConsumer<? super String, ? super V> action) {
        for (int i = 0; i < size(); i++) {
            action.accept(name(i), at(i));
        }
    }

    @Override
    public final Set<Map.Entry<String, V>> entrySet() {
        return new Entries();
    }

    private final class Entries extends AbstractSet<Map.Entry<String, V>> {
        @Override
        public int size() {
            return NamedValues.this.size();
        }

        @Override
        public Iterator<Map.Entry<String, V>> iterator() {
            return new Iterator<>() {
                private int next;

                @Override
                public boolean hasNext() {
                    return next < size();
                }

                @Override
                public Map.Entry<String, V> next() {
                    if (!hasNext()) {
                        throw new NoSuchElementException("no entry is left");
                    }
                    int index = next++;
                    return Map.entry(name(index), at(index));
                }
            };
        }
    }
}
