package dev.crmsync.adapter.hubspot;

import dev.crmsync.spi.adapter.Write;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Contacts whose next write goes alone, because their last batch could not tell what became of them. It is forgotten
 * with the adapter: all that costs is one more batch. Thread-safe and bounded.
 */
final class Loners {
    private static final int MOST = 10_000;

    private final Set<Object> records = Collections.synchronizedSet(Collections.newSetFromMap(new Bounded()));

    private static final class Bounded extends LinkedHashMap<Object, Boolean> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Boolean> eldest) {
            return size() > MOST;
        }
    }

    /** What tells the record of one write from that of another. */
    static Object record(Write write) {
        if (write.ref() != null) {
            return write.ref();
        }
        return write.externalId() == null ? write.key() : write.externalId();
    }

    void add(Write write) {
        records.add(record(write));
    }

    void remove(Write write) {
        records.remove(record(write));
    }

    boolean contains(Write write) {
        return records.contains(record(write));
    }
}
