package dev.crmsync.spi.model;

/** What a change event says about its record. */
public enum ChangeKind {
    /** The record exists with these properties. */
    UPSERT,
    /** The vendor says that the record was deleted for good. */
    DELETE,
    /** The record was archived and may come back. */
    ARCHIVE,
    /** An archived record came back. */
    RESTORE,
    /** The record became one of another kind, such as a lead that became a contact; see {@link ChangeEvent#other()}. */
    CONVERT,
    /** The record was merged into another; see {@link ChangeEvent#other()}. */
    MERGE,
    /** These credentials cannot see the record. This is no proof of deletion. */
    NOT_VISIBLE,
    /** Something changed and was not told: a read is needed. */
    GAP
}
