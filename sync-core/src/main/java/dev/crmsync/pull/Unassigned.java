package dev.crmsync.pull;

import dev.crmsync.spi.model.RecordRef;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An open conversation that nobody attends to. Immutable.
 *
 * @param conversation the conversation at the system that was asked
 * @param contact the person at that system, or null when the system does not tell
 * @param elsewhere the same conversation at each other system that has it, such as its ticket in the CRM
 * @param contactElsewhere the same person at each other system that has them
 */
public record Unassigned(
        RecordRef conversation,
        @Nullable RecordRef contact,
        SortedMap<String, RecordRef> elsewhere,
        SortedMap<String, RecordRef> contactElsewhere) {
    /** Copies the maps. */
    public Unassigned {
        elsewhere = Collections.unmodifiableSortedMap(new TreeMap<>(elsewhere));
        contactElsewhere = Collections.unmodifiableSortedMap(new TreeMap<>(contactElsewhere));
    }
}
