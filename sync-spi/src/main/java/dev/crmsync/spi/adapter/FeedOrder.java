package dev.crmsync.spi.adapter;

/** What a listing of changes ({@link ListsChanges}) goes by. */
public enum FeedOrder {
    /** The time of the last change, or the vendor's own log of changes: it shows updates that were missed. */
    CHANGED,
    /** The time of creation: it shows new records, and no update that was missed. */
    CREATED
}
