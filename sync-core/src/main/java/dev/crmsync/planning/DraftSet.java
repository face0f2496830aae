package dev.crmsync.planning;

import java.util.AbstractSet;
import java.util.Iterator;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A sorted set while one input is being planned: the state's own until it is first changed. */
final class DraftSet extends AbstractSet<String> {
    private final SortedSet<String> before;
    private @Nullable SortedSet<String> changed;

    DraftSet(SortedSet<String> before) {
        this.before = before;
    }

    /** The members as they are now, to be read only. */
    SortedSet<String> now() {
        return changed == null ? before : changed;
    }

    private SortedSet<String> own() {
        SortedSet<String> own = changed == null ? new TreeSet<>(before) : changed;
        changed = own;
        return own;
    }

    @Override
    public boolean contains(@Nullable Object member) {
        return now().contains(member);
    }

    @Override
    public int size() {
        return now().size();
    }

    @Override
    public Iterator<String> iterator() {
        return now().iterator();
    }

    @Override
    public boolean add(String member) {
        return !contains(member) && own().add(member);
    }

    @Override
    public boolean remove(@Nullable Object member) {
        return contains(member) && own().remove(member);
    }

    @Override
    public void clear() {
        if (!isEmpty()) {
            own().clear();
        }
    }
}
