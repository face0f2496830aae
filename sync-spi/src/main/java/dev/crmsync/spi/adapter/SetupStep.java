package dev.crmsync.spi.adapter;

/**
 * One step of preparing an account.
 *
 * @param state what became of it
 * @param what what the step is about, for people
 */
public record SetupStep(State state, String what) {
    /** What became of a step. */
    public enum State {
        /** It was there already. */
        PRESENT,
        /** It was made now. */
        MADE,
        /** It is missing, and a run that is no dry run would make it. */
        MISSING,
        /** The vendor has no API for it: a person must do what the step says. */
        BY_HAND
    }
}
