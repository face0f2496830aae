package dev.crmsync.testkit.check;

/** What a search has come to. */
public enum Verdict {
    /** Every state that can be reached was looked at, and each keeps every law that is judged. */
    HOLDS,
    /** A law is broken: there is a counterexample. */
    BROKEN,
    /** There are more states than the limit allowed to look at: nothing is proved. */
    NOT_EXHAUSTED
}
