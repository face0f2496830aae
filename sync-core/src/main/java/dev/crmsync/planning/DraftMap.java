package dev.crmsync.planning;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A sorted map while one input is being planned: the state's own until it is first changed. Values are changed in a copy
 * beside the state's names, and the names are copied only when one comes or goes. Its views cannot be changed.
 */
final class DraftMap<V> extends NamedValues<V> {
    private static final int ROOM = 8;

    private Frozen<V> before;

    /** The values by index, or null while they are those of the state. */
    private Object @Nullable [] values;

    /** The names in order, or null while they are those of the state; only where the values are not the state's. */
    private String @Nullable [] names;

    private int size;

    DraftMap(SortedMap<String, V> before) {
        this.before = Frozen.of(before);
        this.size = before.size();
    }

    /** The entries as they are now: those of the state when none came to differ. */
    Frozen<V> frozen() {
        if (values != null) {
            boolean same = names == null || before.names().are(names, size);
            if (!same || !before.holds(values)) {
                Names now = names == null || same ? before.names() : Names.of(names, size);
                before = Frozen.handedOver(now, values.length == size ? values : Arrays.copyOf(values, size));
            }
            values = null;
            names = null;
        }
        return before;
    }

    /** Whether freezing would give these entries. */
    boolean is(SortedMap<String, V> entries) {
        Frozen<V> other = Frozen.of(entries);
        if (values == null) {
            return before.equals(other);
        }
        boolean same = names == null
                ? other.names().same(before.names())
                : other.names().are(names, size);
        return same && other.holds(values);
    }

    @Override
    int indexOf(@Nullable Object name) {
        if (names == null) {
            return before.indexOf(name);
        }
        return name instanceof String text ? Arrays.binarySearch(names, 0, size, text) : -1;
    }

    @Override
    String name(int index) {
        return names == null ? before.name(index) : names[index];
    }

    // Only values of this type are ever put.
    @SuppressWarnings("unchecked")
    @Override
    V at(int index) {
        return values == null ? before.at(index) : (V) values[index];
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public @Nullable V put(String name, V value) {
        if (names == null && before.indexOf(name) < 0) {
            names = ownNames();
            values = ownValues();
        }
        int index = names != null && comesLast(names, name) ? -1 - size : indexOf(name);
        if (index < 0) {
            insert(-1 - index, name, value);
            return null;
        }
        V old = at(index);
        set(index, value);
        return old;
    }

    /** Puts another value in the place of the one at an index. */
    // Nothing is copied for the very value that stands there; whether it only says the same is asked once, when
    // freezing.
    @SuppressWarnings("ReferenceEquality")
    void set(int index, V value) {
        if (at(index) != value) {
            ownValues()[index] = value;
        }
    }

    /** Whether a name comes after all others, as new ones mostly do. */
    private boolean comesLast(String[] known, String name) {
        return size == 0 || known[size - 1].compareTo(name) < 0;
    }

    private Object[] ownValues() {
        Object[] own = values == null ? before.values(0) : values;
        values = own;
        return own;
    }

    private void insert(int place, String name, V value) {
        String[] known = ownNames();
        Object[] held = ownValues();
        names = opened(known, place);
        values = opened(held, place);
        names[place] = name;
        values[place] = value;
        size++;
    }

    private String[] ownNames() {
        return names == null ? before.names().copy(ROOM) : names;
    }

    /** The entries from a place on moved by one, in a larger array where there is no room. */
    private <T> T[] opened(T[] entries, int place) {
        T[] roomy = size < entries.length ? entries : Arrays.copyOf(entries, size + ROOM);
        System.arraycopy(roomy, place, roomy, place + 1, size - place);
        return roomy;
    }

    @Override
    public @Nullable V remove(@Nullable Object name) {
        int index = indexOf(name);
        if (index < 0) {
            return null;
        }
        V old = at(index);
        removeAt(index);
        return old;
    }

    private void removeAt(int index) {
        String[] known = ownNames();
        Object[] held = ownValues();
        System.arraycopy(known, index + 1, known, index, size - index - 1);
        System.arraycopy(held, index + 1, held, index, size - index - 1);
        names = known;
        size--;
    }

    @Override
    public void clear() {
        if (size > 0) {
            names = new String[0];
            values = new Object[0];
            size = 0;
        }
    }

    /** Removes the entries with such values. */
    void removeValues(Predicate<? super V> which) {
        for (int i = size - 1; i >= 0; i--) {
            if (which.test(at(i))) {
                removeAt(i);
            }
        }
    }
}
