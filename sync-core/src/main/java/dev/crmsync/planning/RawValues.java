package dev.crmsync.planning;

import dev.crmsync.spi.model.NativeValue;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was last seen without its times: a view, because every look at a field needs one and few need a copy. */
final class RawValues extends AbstractMap<String, NativeValue> {
    private final Map<String, Seen> seen;

    RawValues(Map<String, Seen> seen) {
        this.seen = seen;
    }

    @Override
    public @Nullable NativeValue get(@Nullable Object slot) {
        Seen value = seen.get(slot);
        return value == null ? null : value.raw();
    }

    @Override
    public boolean containsKey(@Nullable Object slot) {
        return seen.containsKey(slot);
    }

    @Override
    public int size() {
        return seen.size();
    }

    @Override
    public Set<Entry<String, NativeValue>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<String, NativeValue>> iterator() {
                Iterator<Entry<String, Seen>> entries = seen.entrySet().iterator();
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return entries.hasNext();
                    }

                    @Override
                    public Entry<String, NativeValue> next() {
                        Entry<String, Seen> entry = entries.next();
                        return Map.entry(entry.getKey(), entry.getValue().raw());
                    }
                };
            }

            @Override
            public int size() {
                return seen.size();
            }
        };
    }
}
