package dev.crmsync.policy;

/** What becomes of an edit by a system that does not own the field. */
public enum NonOwnerEdit {
    /** It is left where it was made, and goes nowhere. */
    KEEP,
    /** The owner's value is written back, at most three times in an hour. */
    REVERT,
    /** A person decides; until then nothing is written there. */
    REVIEW
}
