package dev.crmsync.testkit.check;

/** Is told from time to time how far a search has come. Called on the thread that searches. */
@FunctionalInterface
public interface CheckProgress {
    /**
     * The search goes on.
     *
     * @param states how many different states were found so far
     * @param transitions how many moves between them were made so far
     * @param waiting how many of the states still have to be looked at
     */
    void told(int states, long transitions, int waiting);
}
