package dev.crmsync.spi.adapter;

import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.RecordRef;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A vendor's answer to one write. */
public sealed interface Outcome {
    /**
     * The write took effect.
     *
     * @param ref the record that was written or created
     * @param record what the answer showed of the record, or null when it showed nothing
     */
    record Done(RecordRef ref, @Nullable ChangeEvent record) implements Outcome {}

    /**
     * The vendor refused, and nothing was written. Repeating it cannot help.
     *
     * @param kind why
     * @param property the native property at fault, or null when not told
     * @param existing for {@link Rejection#UNIQUE} the record that holds the value already, or null when not told
     * @param message what the vendor said, without personal values
     */
    record Rejected(
            Rejection kind,
            @Nullable String property,
            @Nullable RecordRef existing,
            String message) implements Outcome {}

    /**
     * The vendor did not look at it, and nothing was written; it may be sent again.
     *
     * @param retryAfter how long to wait, or null when the vendor does not say
     * @param quotaKey the declared quota that was exhausted, or null when it was not that
     * @param reason what happened, without personal values
     */
    record Deferred(@Nullable Duration retryAfter, @Nullable String quotaKey, String reason) implements Outcome {}

    /**
     * Nobody knows whether it took effect: the answer was lost or made no sense.
     *
     * @param reason what happened, without personal values
     */
    record Unknown(String reason) implements Outcome {}

    /** Why a vendor refused a write. */
    enum Rejection {
        /** A value has the wrong form. */
        INVALID,
        /** A value that must be unique is taken. */
        UNIQUE,
        /** A value that is required is missing. */
        REQUIRED,
        /** A value is none of the options. */
        NOT_AN_OPTION,
        /** A value is too long. */
        TOO_LONG,
        /** A record that is referred to does not exist. */
        MISSING_PARENT,
        /** The property cannot be written. */
        READ_ONLY,
        /** The record does not exist, or is not visible. */
        NOT_FOUND,
        /** The credentials do not allow it. */
        FORBIDDEN,
        /** An idempotency key was used for something else: a fault of the program. */
        KEY_REUSED
    }
}
