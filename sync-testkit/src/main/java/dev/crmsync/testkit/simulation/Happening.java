package dev.crmsync.testkit.simulation;

/** A kind of thing that truly happened in a history, whatever the dials were turned to. */
public enum Happening {
    /** A webhook was sent more than once. */
    DUPLICATE,
    /** A webhook came late. */
    DELAY,
    /** A webhook of a record came after a later one of the same record. */
    REORDERING,
    /** A webhook was never sent. */
    DROP,
    /** The engine died. */
    CRASH,
    /** The answer to a read was lost. */
    LOST_READ,
    /** A write never reached its vendor. */
    LOST_REQUEST,
    /** A write took effect, and its answer was lost. */
    LOST_ANSWER,
    /** A vendor put a write off, or asked to stay away. */
    DEFERRAL,
    /** A vendor was asked while it answered nobody. */
    OUTAGE,
    /** Of the writes in one call some had another kind of outcome than others. */
    PARTIAL_BATCH,
    /** A vendor kept a value otherwise than it was given. */
    RENDERING,
    /** Something happened at a vendor that dates to the minute. */
    COARSE_CLOCK,
    /** Something happened at a vendor that dates records and not properties. */
    RECORD_CLOCK,
    /** Something happened at a vendor whose clock is wrong. */
    SKEWED_CLOCK,
    /** A look-up did not find a record that was there. */
    SEARCH_LAG,
    /** A bag was replaced as a whole. */
    WHOLE_REPLACED,
    /** Somebody edited a record while a call about it was under way. */
    EDIT_MEANWHILE,
    /** People merged two records. */
    MERGE,
    /** A person archived or deleted a record. */
    DELETE,
    /** A person restored a record. */
    UNDELETE,
    /** A person took a record out of its link. */
    SPLIT,
    /** A link had left the scope of a system in the end. */
    SCOPE_LEFT,
    /** A record was out of sight for a while. */
    PERMISSION_LOST,
    /** The policy changed in mid-flight. */
    POLICY_CHANGED,
    /** A system joined in mid-flight. */
    SYSTEM_JOINED,
    /** A node stood still, another took its place, and the first one went on. */
    NODE_PAUSED
}
