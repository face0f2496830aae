package dev.crmsync.replay;

/** A kind of call that delivery makes. */
public enum Call {
    /** A record is read. */
    READ,
    /** A record is made. */
    CREATE,
    /** A record is changed. */
    UPDATE,
    /** A record is archived. */
    ARCHIVE
}
