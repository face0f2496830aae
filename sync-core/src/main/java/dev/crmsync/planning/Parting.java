package dev.crmsync.planning;

import java.time.Instant;

/**
 * A record is gone at one system of a link, and another one is to follow: its record is archived, once it may be. Immutable.
 *
 * @param system the system that the record is gone at
 * @param seq since when, by the link's sequence
 * @param stage how far it is
 * @param notBefore the record was not gone before that, on its system's clock
 */
public record Parting(String system, long seq, Stage stage, Instant notBefore) {
    /** How far a parting is. */
    public enum Stage {
        /** It is counted in a budget before anything is archived. */
        HELD_BACK,
        /** The record may be archived. */
        LET_GO,
        /** An edit stands against it: a person decides, and the record is followed until then. */
        ASKED
    }

    Parting at(Stage next) {
        return new Parting(system, seq, next, notBefore);
    }
}
