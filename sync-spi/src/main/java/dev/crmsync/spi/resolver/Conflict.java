package dev.crmsync.spi.resolver;

import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.AsOf;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a resolver is asked to decide. Immutable.
 *
 * @param field the field
 * @param agreed the value agreed before, or null when none ever was
 * @param candidates what each system holds, by system name; at least one
 */
public record Conflict(Field field, @Nullable Value agreed, Map<String, Candidate> candidates) {
    /** Copies and sorts the candidates. */
    public Conflict {
        candidates = Collections.unmodifiableMap(new TreeMap<>(candidates));
    }

    /**
     * What one system holds.
     *
     * @param value the canonical value
     * @param asOf when it was true, on that system's clock
     */
    public record Candidate(Value value, AsOf asOf) {}
}
