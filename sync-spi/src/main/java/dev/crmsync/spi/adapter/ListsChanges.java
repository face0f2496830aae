package dev.crmsync.spi.adapter;

import java.time.Instant;

/** Can list what changed since an earlier time, by an opaque cursor. */
public interface ListsChanges {
    /**
     * A cursor that begins at a time.
     *
     * @param type the canonical record type
     * @param time the time on the vendor's clock; the declared overlap is applied by the adapter
     * @return the cursor
     */
    String cursorAt(String type, Instant time);

    /**
     * Reads one page of changes, oldest first.
     *
     * @param type the canonical record type
     * @param cursor the cursor of the page before, or of {@link #cursorAt}
     * @return the page; its cursor is never null and is to be kept for the next poll; the poll has caught up when the
     *     page has no events
     * @throws dev.crmsync.spi.SyncException for faults of the whole call; of kind VALIDATION when the cursor is no longer
     *     good, whereupon a full walk is needed
     */
    Page changes(String type, String cursor);
}
