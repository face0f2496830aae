package dev.crmsync.benchmarks;

/** The inputs that planning is measured with; each brings or concerns all twelve fields. */
public enum PlannerInput {
    /** A system shows a record of the link for the first time, and agrees in every field. */
    BASELINE,
    /** A later event that brings every field as it was. */
    UNCHANGED,
    /** What we are writing comes back as an event, before the write is answered. */
    ECHO,
    /** The owner edited one field. */
    OWNER_EDIT,
    /** The edit is about to be written to one system. */
    WRITE_STARTED,
    /** The write took effect, and its answer shows the record. */
    WRITE_OUTCOME
}
