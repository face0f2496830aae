package dev.crmsync.testkit.adapter;

import java.time.Duration;

/** What can go wrong with a call, in the vendor's own words where it has any. */
public enum Trouble {
    /** 429 without a hint when to come back; nothing is done. */
    RATE_LIMITED,
    /** 429 with a Retry-After of {@link #RETRY_AFTER}; nothing is done. */
    RATE_LIMITED_WITH_DELAY,
    /** 5xx; nothing is done. */
    SERVER_ERROR,
    /** The connection is closed before anything is done. */
    RESET,
    /** A gateway's HTML stands in place of the answer; nothing is done. */
    HTML,
    /** The call takes effect, and the connection is closed without an answer. */
    LOST_ANSWER,
    /** 401; nothing is done. */
    UNAUTHORIZED;

    /** The delay that {@link #RATE_LIMITED_WITH_DELAY} asks for. */
    public static final Duration RETRY_AFTER = Duration.ofSeconds(7);
}
