package dev.crmsync.testkit.adapter;

/** What became of one rule at one account. */
public enum Verdict {
    /** The experiment was made, and the adapter keeps the rule. */
    KEPT,
    /** The experiment was made, and the adapter breaks the rule. */
    BROKEN,
    /** The rule is about something that the adapter does not claim to do. */
    NOT_CLAIMED,
    /** The adapter claims it, and the account lacks a lever that the experiment needs: nothing is known. */
    NOT_MEASURED
}
