package dev.crmsync.policy;

/**
 * What happens when a system's value of a field is seen for the first time and differs from what is agreed. None of
 * them removes a member of a set, and none compares times.
 */
public enum OnJoin {
    /** The owner's value is agreed; where the field has no owner, as {@link #FILL_EMPTY}. */
    OWNER,
    /** The value is agreed only where nothing was; otherwise the agreed value stands. */
    FILL_EMPTY,
    /** Sets are united; other fields as {@link #FILL_EMPTY}. */
    UNION,
    /** What the joining system holds is left there. */
    KEEP,
    /** A person decides. */
    REVIEW
}
