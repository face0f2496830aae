package dev.crmsync.planning;

/** Whether a link has a record at a system, as far as is known. */
public enum Presence {
    /** It has none. */
    NONE,
    /** Another record names it; it was not seen yet. */
    MENTIONED,
    /** It was seen. */
    PRESENT,
    /** It was archived there and may come back. */
    ARCHIVED,
    /** It was deleted there. */
    DELETED,
    /** These credentials cannot see it. */
    NOT_VISIBLE,
    /** A person took it out of its link: whatever is told of it is passed over until a person says otherwise. */
    IGNORED
}
