package dev.crmsync.ledger;

import org.jspecify.annotations.Nullable;

/**
 * What is done beside the planning of inputs, and takes no part in it. Thread-safe.
 *
 * @param recorder keeps the inputs, or null
 * @param shadow plans them under other rules, or null
 */
public record Beside(@Nullable Recorder recorder, @Nullable Shadow shadow) {
    /** Nothing is. */
    public static final Beside NOTHING = new Beside(null, null);

    /** Whether anything is to be told of what is planned. */
    boolean looksOn() {
        return recorder != null || shadow != null;
    }
}
