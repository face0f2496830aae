package dev.crmsync.policy;

/**
 * What becomes of a record whose value of a field another record of the system holds already, where the system lets no two
 * share it, such as an e-mail address.
 */
public enum OnTaken {
    /** A person decides, and the record or the field waits. */
    REVIEW,
    /**
     * The record that holds the value is taken for the same thing: no further one is made. Where the system does not name it, or
     * it is known to be another thing, a person decides.
     */
    LINK,
    /** The system does without the value: the record is made or changed without it. */
    WITHOUT
}
