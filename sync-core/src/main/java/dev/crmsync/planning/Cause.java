package dev.crmsync.planning;

import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import org.jspecify.annotations.Nullable;

/**
 * What has brought a change of identity about.
 *
 * @param by who or what
 * @param system the system that told of it or answered, or null when none did
 * @param told the kind of the event that told of it, or null when none did
 */
public record Cause(
        By by, @Nullable String system, @Nullable ChangeKind told) {
    /** A person said so, by an answer or by a call. */
    public static final Cause PERSON = new Cause(By.PERSON, null, null);

    /** The engine has done it of its own accord, before a write or as the policy says. */
    public static final Cause ENGINE = new Cause(By.ENGINE, null, null);

    /** Who or what brings changes about. */
    public enum By {
        /** A person. */
        PERSON,
        /** An event of a system: pushed, listed or read. */
        EVENT,
        /** A system's answer to a read. */
        READ,
        /** A system's answer to a write. */
        WRITE,
        /** The engine itself. */
        ENGINE
    }

    /**
     * An event told of it.
     *
     * @param event the event
     * @return the cause
     */
    public static Cause event(ChangeEvent event) {
        return new Cause(By.EVENT, event.ref().system(), event.kind());
    }

    /**
     * A system's answer to a read told of it.
     *
     * @param system the system
     * @return the cause
     */
    public static Cause read(String system) {
        return new Cause(By.READ, system, null);
    }

    /**
     * A system's answer to a write told of it.
     *
     * @param system the system
     * @return the cause
     */
    public static Cause write(String system) {
        return new Cause(By.WRITE, system, null);
    }

    /**
     * What an input is the word of.
     *
     * @param input an input that is no change of identity itself
     * @return the cause
     */
    public static Cause of(Input input) {
        if (input instanceof Input.Observed observed) {
            return event(observed.event());
        } else if (input instanceof Input.ReadOutcome outcome) {
            return read(outcome.system());
        } else if (input instanceof Input.WriteOutcome outcome) {
            return write(outcome.system());
        }
        return input instanceof Input.ReviewAnswer || input instanceof Input.Erase ? PERSON : ENGINE;
    }
}
