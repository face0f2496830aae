package dev.crmsync.testkit.resolver;

/** What a resolver must keep to, so that systems come to rest and hold the same. */
public enum ResolverLaw {
    /** It answers every conflict, blanks and a first agreement included: with a value, or with a question for a person. */
    TOTAL,
    /** The same conflict has the same answer, whatever was asked in between. */
    DETERMINISTIC,
    /** Which system holds which value makes no difference. */
    SYMMETRIC,
    /** Its answer, held by all systems and agreed, is its answer again. */
    IDEMPOTENT,
    /**
     * Its answer is a value that the field can hold, and stays the answer while some systems still hold what it was made of.
     */
    CLOSED,
    /** Of three values or more it does not matter which two are resolved first. */
    ASSOCIATIVE
}
