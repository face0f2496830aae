package dev.crmsync.replay;

import dev.crmsync.planning.Decision;
import dev.crmsync.planning.Due;
import dev.crmsync.planning.Input;
import dev.crmsync.planning.LinkState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One input that was planned, with what it was planned on and what it came to. Immutable.
 *
 * @param input the input
 * @param before the links that it touches, as they were, in the order of their ids
 * @param rules the digest of the rules that it was planned under
 * @param decisions what was decided
 * @param due what was due afterwards
 */
public record Step(Input input, List<Before> before, String rules, List<Decision> decisions, List<Due> due) {
    /** Copies the lists. */
    public Step {
        before = List.copyOf(before);
        decisions = List.copyOf(decisions);
        due = List.copyOf(due);
    }

    /**
     * The links as they were before it.
     *
     * @param left what earlier steps have left, by link
     * @return the states; null when one of them is not known
     */
    @Nullable List<LinkState> standing(Map<String, Left> left) {
        List<LinkState> states = new ArrayList<>();
        for (Before one : before) {
            LinkState state = one.standing(left.get(one.link()));
            if (state == null) {
                return null;
            }
            states.add(state);
        }
        return states;
    }

    /** The same step, whose links are not told again where the step before has left them so. */
    Step following(Map<String, Left> left) {
        List<Before> shorter =
                before.stream().map(one -> one.following(left.get(one.link()))).toList();
        return new Step(input, shorter, rules, decisions, due);
    }

    /**
     * What kind of input it is.
     *
     * @return the name of the input, such as {@code Observed}
     */
    public String kind() {
        return input.getClass().getSimpleName();
    }

    /**
     * The links that it touches.
     *
     * @return their ids, sorted
     */
    public Collection<String> links() {
        return before.stream().map(Before::link).toList();
    }
}
