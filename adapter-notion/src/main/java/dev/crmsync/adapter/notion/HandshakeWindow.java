package dev.crmsync.adapter.notion;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The time in which the handshake of a webhook subscription is taken. The handshake bears no signature: whoever knows the address
 * could send one, and with it the key by which all later webhooks are judged. So it is refused unless somebody has opened this
 * window, which the first one that is taken closes. Thread-safe.
 */
final class HandshakeWindow {
    /** How long the set-up opens it for. */
    static final Duration OPEN = Duration.ofMinutes(30);

    private final InstantSource clock;
    private @Nullable Instant until;

    /**
     * @param until until when it is open from the beginning, or null when it is not
     */
    HandshakeWindow(InstantSource clock, @Nullable Instant until) {
        this.clock = clock;
        this.until = until;
    }

    /** Opens it from now on. */
    synchronized void open() {
        until = clock.instant().plus(OPEN);
    }

    synchronized boolean isOpen() {
        return until != null && clock.instant().isBefore(until);
    }

    synchronized void close() {
        until = null;
    }
}
