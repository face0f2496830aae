package dev.crmsync.planning;

/** What a (field, system) pair is held to. Only {@link #FOLLOWS} and {@link #ASSUMED} enter the difference. */
public enum Stance {
    /** The system holds, or is brought to hold, the agreed value. The owner follows too. */
    FOLLOWS,
    /** The system does not carry the field, cannot be written, or is no receiver of it; or the record is gone there. */
    NOT_RECEIVED,
    /** The system's own value is left there. */
    KEPT,
    /** Nothing is written until a person has answered, or a cap has passed. */
    HELD,
    /** A parent must first have a record there. */
    WAITING,
    /** The system refused this value; a new value is tried again. */
    REFUSED,
    /** The system cannot show the field: it is assumed to hold what was last written. */
    ASSUMED,
    /** The system is paused, or the record is out of sight there. */
    PAUSED
}
