package dev.crmsync.spi;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one unchecked exception of crm-sync. Its {@link Kind} says how the engine treats it, its message says what to do
 * next, and neither carries a secret or a personal value. Immutable apart from what {@link Throwable} allows.
 */
public final class SyncException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** How a failure is treated. */
    public enum Kind {
        /** Credentials are missing, revoked or not allowed to do this: the system is paused until somebody acts. */
        AUTH,
        /** Too many calls: tried again after {@link SyncException#retryAfter()}. */
        RATE_LIMITED,
        /** What was asked for does not exist, or is not visible to these credentials. */
        NOT_FOUND,
        /** The vendor refused because of the state of another record. */
        CONFLICT,
        /** The vendor, or the engine, refused the input itself: repeating it cannot help. */
        VALIDATION,
        /** A passing fault (network, 5xx, lock time-out): repeating it may help. */
        TRANSIENT,
        /** A lasting fault that repeating cannot mend. */
        PERMANENT,
        /** The embedding code or its configuration is wrong; the message names the remedy. */
        CONFIGURATION
    }

    /** How the engine treats it. */
    private final Kind kind;

    /** The delay that the vendor asked for. */
    private final @Nullable Duration retryAfter;

    /** The system in which it arose. */
    private final @Nullable String system;

    /** What it is about. */
    private final @Nullable String subject;

    private SyncException(
            Kind kind,
            String message,
            @Nullable Throwable cause,
            @Nullable Duration retryAfter,
            @Nullable String system,
            @Nullable String subject) {
        super(message, cause);
        this.kind = kind;
        this.retryAfter = retryAfter;
        this.system = system;
        this.subject = subject;
    }

    /**
     * Makes an exception.
     *
     * @param kind how the engine treats it
     * @param message what happened and what to do next, without secrets or personal values
     * @return the exception, to be thrown
     */
    public static SyncException of(Kind kind, String message) {
        return new SyncException(kind, message, null, null, null, null);
    }

    /**
     * Makes an exception with a cause.
     *
     * @param kind how the engine treats it
     * @param message what happened and what to do next, without secrets or personal values
     * @param cause what led to it
     * @return the exception, to be thrown
     */
    public static SyncException of(Kind kind, String message, Throwable cause) {
        return new SyncException(kind, message, cause, null, null, null);
    }

    /**
     * Makes a {@link Kind#CONFIGURATION} exception.
     *
     * @param message which setting is wrong, and the remedy
     * @return the exception, to be thrown
     */
    public static SyncException configuration(String message) {
        return of(Kind.CONFIGURATION, message);
    }

    /**
     * The same exception with the delay that the vendor asked for.
     *
     * @param delay how long to wait before the next try, not negative
     * @return a copy
     */
    public SyncException withRetryAfter(Duration delay) {
        return new SyncException(kind, text(), getCause(), delay, system, subject);
    }

    /**
     * The same exception with the system in which it arose.
     *
     * @param name the system's name in its sync
     * @return a copy
     */
    public SyncException inSystem(String name) {
        return new SyncException(kind, text(), getCause(), retryAfter, name, subject);
    }

    /**
     * The same exception with what it is about.
     *
     * @param what a record reference, a field or a setting, without personal values
     * @return a copy
     */
    public SyncException about(String what) {
        return new SyncException(kind, text(), getCause(), retryAfter, system, what);
    }

    private String text() {
        String message = getMessage();
        return message == null ? kind.name() : message;
    }

    /**
     * How the engine treats this failure.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * The delay that the vendor asked for.
     *
     * @return the delay, or empty when none was given
     */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /**
     * The system in which it arose.
     *
     * @return the system's name, or empty when unknown
     */
    public Optional<String> system() {
        return Optional.ofNullable(system);
    }

    /**
     * What it is about: a record reference, a field or a setting.
     *
     * @return the subject, or empty when unknown
     */
    public Optional<String> subject() {
        return Optional.ofNullable(subject);
    }
}
