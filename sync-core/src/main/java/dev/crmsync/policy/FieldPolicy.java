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
 * @param onRendering what becomes of the agreed value when a system shows it otherwise than it was given
 * @param onTaken what becomes of a record whose value another one of the system holds already
 * @param source where the rule was written, for explanations, such as {@code guide: name}
 */
public record FieldPolicy(
        FieldRule rule,
        @Nullable Set<String> receivers,
        Duration debounce,
        OnRendering onRendering,
        OnTaken onTaken,
        String source) {
    /** Copies the set and refuses a negative time. */
    public FieldPolicy {
        Objects.requireNonNull(rule, "rule");
        if (debounce.isNegative()) {
            throw SyncException.configuration(source + ": a debounce is a time to wait and not negative: " + debounce);
        }
        receivers = receivers == null ? null : Collections.unmodifiableSortedSet(new TreeSet<>(receivers));
    }

    static FieldPolicy of(FieldRule rule, String source) {
        return new FieldPolicy(rule, null, Duration.ZERO, OnRendering.REMEMBER, OnTaken.REVIEW, source);
    }

    FieldPolicy with(FieldRule other) {
        return new FieldPolicy(other, receivers, debounce, onRendering, onTaken, source);
    }

    FieldPolicy receivedBy(Set<String> systems) {
        return new FieldPolicy(rule, systems, debounce, onRendering, onTaken, source);
    }

    FieldPolicy debounced(Duration quiet) {
        return new FieldPolicy(rule, receivers, quiet, onRendering, onTaken, source);
    }

    FieldPolicy onRendering(OnRendering answer) {
        return new FieldPolicy(rule, receivers, debounce, answer, onTaken, source);
    }

    FieldPolicy onTaken(OnTaken answer) {
        return new FieldPolicy(rule, receivers, debounce, onRendering, answer, source);
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
