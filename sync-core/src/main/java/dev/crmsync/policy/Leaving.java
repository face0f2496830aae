package dev.crmsync.policy;

/** What becomes of a record whose link has left the scope of its system. None of them deletes or archives. */
public enum Leaving {
    /** Nothing is written there any more until the link is in scope again; what is edited there is still taken in. */
    STOP_FOLLOWING,
    /** A record that was made or found while the link was in scope is kept in step for good. */
    KEEP_FOLLOWING
}
