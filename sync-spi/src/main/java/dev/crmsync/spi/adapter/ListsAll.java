package dev.crmsync.spi.adapter;

import org.jspecify.annotations.Nullable;

/** Can walk all records of a type. */
public interface ListsAll {
    /**
     * Reads one page of all records.
     *
     * @param type the canonical record type
     * @param cursor the cursor of the page before, or null for the first page
     * @return the page; a null cursor in it ends the walk
     * @throws dev.crmsync.spi.SyncException for faults of the whole call; of kind VALIDATION when the cursor is no longer
     *     good and the walk must begin anew
     */
    Page list(String type, @Nullable String cursor);

    /**
     * Says which question the walk answers: base filters, scopes and visible properties. When it changes, absence from a
     * walk means nothing until a new walk has been completed.
     *
     * @param type the canonical record type
     * @return an opaque fingerprint
     */
    String scopeFingerprint(String type);
}
