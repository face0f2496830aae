package dev.crmsync.policy;

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
 * @param source where the rule was written, for explanations, such as {@code guide: name}
 */
public record FieldPolicy(FieldRule rule, @Nullable Set<String> receivers, String source) {
    /** Copies the set. */
    public FieldPolicy {
        Objects.requireNonNull(rule, "rule");
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
