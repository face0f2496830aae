package dev.crmsync.replay;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What changed rules would have meant for one field. Immutable.
 *
 * @param field the field's name
 * @param decisions how many edits were decided on
 * @param changed how many of them would have been decided otherwise
 * @param changes these by what was and what would have been decided, such as {@code OWNER_EDIT -> OVERRULED_BY_OWNER}
 * @param recordsNow how many records were written to
 * @param recordsThen how many would have been
 * @param writesNow how many calls wrote the field
 * @param writesThen how many would have
 * @param lostNow how many values that somebody had entered were written over without having been agreed
 * @param lostThen how many would have been
 * @param losses those that would have been, and were not
 */
public record FieldReport(
        String field,
        long decisions,
        long changed,
        SortedMap<String, Long> changes,
        long recordsNow,
        long recordsThen,
        long writesNow,
        long writesThen,
        long lostNow,
        long lostThen,
        List<Lost> losses) {
    /** Copies the collections. */
    public FieldReport {
        changes = Collections.unmodifiableSortedMap(new TreeMap<>(changes));
        losses = List.copyOf(losses);
    }

    /**
     * Whether the rules would have made a difference.
     *
     * @return true when anything differs
     */
    public boolean differs() {
        return changed > 0
                || recordsNow != recordsThen
                || writesNow != writesThen
                || !losses.isEmpty()
                || lostNow != lostThen;
    }
}
