package dev.crmsync.safety;

import dev.crmsync.planning.Difference;
import dev.crmsync.planning.Due;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One write that a run would make, as an example. Its text form shows no values. Immutable.
 *
 * @param link the link
 * @param system the system
 * @param need CREATE or UPDATE
 * @param changes the fields that would change, with their values
 */
public record Sample(String link, String system, Due.Need need, List<Difference.FieldChange> changes) {
    /** Copies the list. */
    public Sample {
        changes = List.copyOf(changes);
    }

    @Override
    public String toString() {
        String fields = changes.stream().map(Difference.FieldChange::field).collect(Collectors.joining(", ", "[", "]"));
        return need + " of link " + link + " at " + system + " " + fields;
    }
}
