package dev.crmsync.spi.store;

/** The lanes of due work, best first. Work in a better lane is done first. */
public enum Lane {
    /** What a person or an event has just caused. */
    LIVE,
    /** What is tried again. */
    RETRY,
    /** What an approved run has caused. */
    BACKFILL,
    /** What a run would do once it is approved. It is never claimed. */
    HELD
}
