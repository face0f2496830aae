package dev.crmsync.segments;

import dev.crmsync.spi.model.RecordRef;
import java.util.List;

/**
 * The contacts that a vendor passes over when they are labelled, found out by asking in halves. Immutable.
 *
 * @param records the contacts that were found
 * @param calls how many calls it took
 * @param capped whether the search ended at its limit, so that there may be more
 */
public record Skipped(List<RecordRef> records, long calls, boolean capped) {
    /** Copies the list. */
    public Skipped {
        records = List.copyOf(records);
    }
}
