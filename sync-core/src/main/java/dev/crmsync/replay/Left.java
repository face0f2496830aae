package dev.crmsync.replay;

import dev.crmsync.planning.LinkState;

/**
 * What a step has left of a link.
 *
 * @param state the link as it is from then on
 * @param seq the number of the step: the link is stored under it even when nothing about it has changed
 */
record Left(LinkState state, long seq) {
    /** Whether nothing lies between this and a step that is planned on the link of a number. */
    boolean reaches(long number) {
        return number == seq || number == state.seq();
    }
}
