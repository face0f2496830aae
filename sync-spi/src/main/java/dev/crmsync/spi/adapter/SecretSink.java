package dev.crmsync.spi.adapter;

import dev.crmsync.spi.SyncException;

/** Takes secrets that a vendor shows only once, to be put where the host keeps its secrets. Thread-safe. */
@FunctionalInterface
public interface SecretSink {
    /**
     * Stores a secret durably before it returns.
     *
     * @param system the system's name
     * @param name what the secret is for, such as {@code webhookSecret}
     * @param secret the secret, never to be logged
     */
    void store(String system, String name, String secret);

    /**
     * A sink that refuses, for hosts that set up their systems by hand.
     *
     * @return a sink that throws a CONFIGURATION exception saying what to supply
     */
    static SecretSink refusing() {
        return (system, name, secret) -> {
            throw SyncException.configuration("system " + system + " was shown the secret '" + name
                    + "', which it shows only once; supply a SecretSink where the system is defined");
        };
    }
}
