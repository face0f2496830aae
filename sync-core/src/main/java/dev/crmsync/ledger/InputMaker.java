package dev.crmsync.ledger;

import dev.crmsync.planning.Input;
import dev.crmsync.planning.Links;
import java.time.Instant;

/** Makes an input for links as they are at the moment. It is asked again when somebody else was faster. */
@FunctionalInterface
public interface InputMaker {
    /**
     * Makes the input.
     *
     * @param links the links that it touches
     * @param at the engine's time
     * @param seq the sequence number
     * @return the input
     */
    Input make(Links links, Instant at, long seq);
}
