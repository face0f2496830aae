package dev.crmsync.spi.model;

/** The vendor's own mark of who made a change: evidence beside the proof by value, never proof by itself. */
public enum Origin {
    /** The vendor marks it as made by this integration. */
    OURS,
    /** The vendor marks it as made by somebody else. */
    OTHERS,
    /** The vendor does not tell. */
    UNKNOWN
}
