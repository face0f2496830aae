package dev.crmsync.planning;

import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.AsOf;
import java.time.Instant;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The agreed value of one field, and where it came from.
 *
 * @param value the canonical value
 * @param system the system that supplied it
 * @param seq when, by the link's sequence; the journal entry of that number tells the rest
 * @param written where the rule compares times: from when to when, on that system's clock, it may have been entered;
 *     otherwise, or when that is not known, null
 * @param settling where the field is debounced, how long the value still has to stand; otherwise null
 */
public record Agreed(
        Value value,
        String system,
        long seq,
        @Nullable AsOf written,
        @Nullable Settling settling) {
    /**
     * An agreed value whose time is never asked for.
     *
     * @param value the canonical value
     * @param system the system that supplied it
     * @param seq when, by the link's sequence
     */
    public Agreed(Value value, String system, long seq) {
        this(value, system, seq, null, null);
    }

    /** The same value, supplied by another system as well, whose word counts for more. */
    Agreed suppliedBy(String other, long then) {
        return new Agreed(value, other, then, written, settling);
    }

    /** The same references, to the links that stand for those that were taken over. */
    Agreed referring(Map<String, String> successors) {
        SortedSet<String> links = LinkState.referredTo(value);
        if (links.stream().noneMatch(successors::containsKey)) {
            return this;
        }
        TreeSet<String> followed = new TreeSet<>();
        links.forEach(link -> followed.add(successors.getOrDefault(link, link)));
        Value refers = value instanceof Value.Reference
                ? new Value.Reference(followed.first())
                : new Value.References(followed);
        return new Agreed(refers, system, seq, written, settling);
    }

    /** The same value, to be carried to other systems later. */
    Agreed later(Settling settles) {
        return new Agreed(value, system, seq, written, settles);
    }

    /** From when it may be carried to other systems, or null for at once. */
    @Nullable Instant notBefore() {
        return settling == null ? null : settling.until();
    }

    /** Whether it may be carried to other systems. */
    boolean settled(Instant at) {
        return settling == null || !settling.until().isAfter(at);
    }
}
