package dev.crmsync.planning;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A sorted map while one input is being planned: the state's own until it is first changed. Its views cannot be changed. */
final class DraftMap<V> extends AbstractMap<String, V> {
    private Frozen<V> before;
    private @Nullable SortedMap<String, V> changed;

    DraftMap(SortedMap<String, V> before) {
        this.before = Frozen.of(before);
    }

    /** The entries as they are now: those of the state when none came to differ. */
    Frozen<V> frozen() {
        if (changed != null) {
            before = changed.equals(before) ? before : Frozen.handedOver(changed);
            changed = null;
        }
        return before;
    }

    /** Whether freezing would give these entries. */
    boolean is(SortedMap<String, V> other) {
        return now().equals(other);
    }

    private SortedMap<String, V> now() {
        return changed == null ? before : changed;
    }

    private Map<String, V> own() {
        SortedMap<String, V> own = changed == null ? before.thawed() : changed;
        changed = own;
        return own;
    }

    @Override
    public @Nullable V get(@Nullable Object key) {
        return now().get(key);
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return now().containsKey(key);
    }

    @Override
    public int size() {
        return now().size();
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super V> action) {
        now().forEach(action);
    }

    @Override
    public Set<Map.Entry<String, V>> entrySet() {
        return Collections.unmodifiableMap(now()).entrySet();
    }

    @Override
    public @Nullable V put(String key, V value) {
        return own().put(key, value);
    }

    @Override
    public @Nullable V remove(@Nullable Object key) {
        return containsKey(key) ? own().remove(key) : null;
    }

    @Override
    public void clear() {
        if (!isEmpty()) {
            own().clear();
        }
    }

    /** Removes the entries with such values. */
    void removeValues(Predicate<? super V> which) {
        if (now().values().stream().anyMatch(which)) {
            own().values().removeIf(which);
        }
    }
}
