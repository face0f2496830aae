package dev.crmsync.planning;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A sorted map that nobody changes any more, so that states which follow upon each other share what did not change and none
 * is copied twice: values beside their {@link Names}. Immutable.
 */
final class Frozen<V> extends NamedValues<V> implements SortedMap<String, V> {
    private static final Frozen<?> NOTHING = new Frozen<>(Names.NONE, new Object[0]);

    private final Names names;
    private final Object[] values;

    private Frozen(Names names, Object[] values) {
        this.names = names;
        this.values = values;
    }

    /** The same entries for good: a copy, unless they are frozen already. */
    static <V> Frozen<V> of(Map<String, V> entries) {
        if (entries instanceof Frozen<V> frozen) {
            return frozen;
        }
        DraftMap<V> draft = new DraftMap<>(nothing());
        draft.putAll(entries);
        return draft.frozen();
    }

    // Without entries there is no value whose type could be wrong.
    @SuppressWarnings("unchecked")
    static <V> Frozen<V> nothing() {
        return (Frozen<V>) NOTHING;
    }

    /** The values of some names, by index, in an array that is handed over and that nobody changes any more. */
    static <V> Frozen<V> handedOver(Names names, Object[] values) {
        return values.length == 0 ? nothing() : new Frozen<>(names, values);
    }

    /** Other values under the same names. */
    <W> Frozen<W> map(Function<? super V, W> change) {
        Object[] changed = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            changed[i] = change.apply(at(i));
        }
        return handedOver(names, changed);
    }

    Names names() {
        return names;
    }

    /** A copy of the values, with room for more. */
    Object[] values(int room) {
        return Arrays.copyOf(values, values.length + room);
    }

    /** Whether these are the values, by index. */
    boolean holds(Object[] others) {
        for (int i = 0; i < values.length; i++) {
            if (!Objects.equals(values[i], others[i])) {
                return false;
            }
        }
        return true;
    }

    @Override
    int indexOf(@Nullable Object name) {
        return names.indexOf(name);
    }

    @Override
    String name(int index) {
        return names.at(index);
    }

    // Only values of this type are ever put beside the names.
    @SuppressWarnings("unchecked")
    @Override
    V at(int index) {
        return (V) values[index];
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Frozen<?> frozen
                        ? names.same(frozen.names) && holds(frozen.values)
                        : super.equals(other));
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }

    @Override
    public @Nullable Comparator<? super String> comparator() {
        return null;
    }

    @Override
    public SortedMap<String, V> subMap(String from, String to) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(this).subMap(from, to));
    }

    @Override
    public SortedMap<String, V> headMap(String to) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(this).headMap(to));
    }

    @Override
    public SortedMap<String, V> tailMap(String from) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(this).tailMap(from));
    }

    @Override
    public String firstKey() {
        return key(0);
    }

    @Override
    public String lastKey() {
        return key(values.length - 1);
    }

    private String key(int index) {
        if (values.length == 0) {
            throw new NoSuchElementException("the map is empty");
        }
        return names.at(index);
    }
}
