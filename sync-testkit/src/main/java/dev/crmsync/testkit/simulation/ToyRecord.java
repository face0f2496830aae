package dev.crmsync.testkit.simulation;

import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One record in a toy vendor's books. */
final class ToyRecord {
    final RecordRef ref;
    final Instant created;
    final boolean bySync;
    Map<String, NativeValue> properties = new TreeMap<>();
    Instant updated;
    boolean archived;
    boolean deleted;

    /** Whether sync is not permitted to see it for now. */
    boolean hidden;

    /** The record that this one was merged into, or null. */
    @Nullable RecordRef became;

    /** From when on it can be found by its join key. */
    Instant findable;

    ToyRecord(RecordRef ref, Instant created, boolean bySync) {
        this.ref = ref;
        this.created = created;
        this.bySync = bySync;
        this.updated = created;
        this.findable = created;
    }

    boolean live() {
        return !archived && !deleted;
    }

    @Nullable String joinKey() {
        return properties.get(Shape.JOIN_KEY) instanceof NativeValue.Text key && !key.isBlank() ? key.text() : null;
    }
}
