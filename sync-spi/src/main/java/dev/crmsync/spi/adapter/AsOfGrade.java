package dev.crmsync.spi.adapter;

/** How finely a vendor dates its values. */
public enum AsOfGrade {
    /** Each property's change bears its own time. */
    PROPERTY,
    /** Only the record bears a time of last change. */
    RECORD,
    /** The record's time is floored to a minute or more. */
    COARSE,
    /** There is no time that can be trusted. */
    NONE
}
