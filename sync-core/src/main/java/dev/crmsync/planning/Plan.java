package dev.crmsync.planning;

import java.util.List;

/**
 * The planner's answer: what is believed from now on, what was decided and why, and what is due. Immutable.
 *
 * @param after the links as they are from now on; those that did not change keep their sequence number
 * @param decisions one for each field that was touched, in order
 * @param due all work that is due for the links in {@code after}: whatever is not named is not due any more
 * @param reviews reviews opened and closed
 */
public record Plan(Links after, List<Decision> decisions, List<Due> due, List<ReviewChange> reviews) {
    /** Copies the lists. */
    public Plan {
        decisions = List.copyOf(decisions);
        due = List.copyOf(due);
        reviews = List.copyOf(reviews);
    }
}
