package dev.crmsync.segments;

import dev.crmsync.spi.SyncException;
import java.util.Objects;

/**
 * A segment of contacts at one system, and the label that its members are to bear at another. Immutable.
 *
 * @param system the system that knows the segment, such as {@code crm}
 * @param segment the segment there, as its adapter names it, such as {@code list:77}
 * @param target the system whose contacts bear the label, such as {@code kirim}
 * @param label the label's name there, or its id
 */
public record Segment(String system, String segment, String target, String label) {
    /** Refuses blanks, and a segment that would be mirrored onto its own system. */
    public Segment {
        named("system", system);
        named("segment", segment);
        named("target", target);
        named("label", label);
        if (system.equals(target)) {
            throw SyncException.configuration("segment " + segment + " of " + system
                    + " cannot be mirrored onto the same system; name another target");
        }
    }

    private static void named(String what, String name) {
        if (Objects.requireNonNull(name, what).isBlank()) {
            throw SyncException.configuration("a segment needs a " + what + "; it is blank");
        }
    }

    @Override
    public String toString() {
        return system + " " + segment + " as label '" + label + "' at " + target;
    }
}
