package dev.crmsync.review;

import dev.crmsync.planning.Input;

/** What a person can answer a review with. */
public enum Answer {
    /** The agreed value is written there. About a record: it is made, or made again. */
    USE_AGREED,
    /** What the system holds becomes the agreed value. */
    USE_THEIRS,
    /** What the system holds is left there. About a record: none is made. */
    LEAVE,
    /** The links are the same thing: they become one. */
    SAME,
    /** The links are different things for good. */
    DIFFERENT;

    boolean aboutIdentity() {
        return this == SAME || this == DIFFERENT;
    }

    Input.Answer toInput() {
        return switch (this) {
            case USE_AGREED -> Input.Answer.USE_AGREED;
            case USE_THEIRS -> Input.Answer.USE_THEIRS;
            case LEAVE -> Input.Answer.LEAVE;
            case SAME, DIFFERENT -> throw new IllegalStateException("identity is no matter of values");
        };
    }
}
