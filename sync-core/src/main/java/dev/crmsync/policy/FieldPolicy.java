package dev.crmsync.policy;

import dev.crmsync.spi.SyncException;
import java.time.Duration;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The policy of one field: its rule, and who receives it. Immutable.
 *
 * @param rule how the agreed value comes about
 * @param receivers the systems that it is written to, or null for every system that carries the field
 * @param debounce how long an edited value must stand before it is carried to other systems; zero for at once
 * @param source where the rule was written, for explanations, such as {@code guide: name}
 */
public record FieldPolicy(FieldRule rule, @Nullable Set<String> receivers, Duration debounce, String source) {
    /** Copies the set and refuses a negative time. */
    public FieldPolicy {
        Objects.requireNonNull(rule, "rule");
        if (debounce.isNegative()) {
            throw SyncException.configuration(source + ": a debounce is a time to wait and not negative: " + debounce);
        }
        receivers = receivers == null ? null : Collections.unmodifiableSortedSet(new TreeSet<>(receivers));
    }

    /**
     * Whether the agreed value is written to a system.
     *
     * @param system the system
     * @return true when it receives the field
     */
    public boolean receives(String system) {
        return receivers == null || receivers.contains(system);
    }
}
