package dev.crmsync.replay;

import dev.crmsync.planning.LinkState;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A link as it was before an input: told whole, or as what the recorded step before it has left. Immutable.
 *
 * @param link the link
 * @param type its record type
 * @param seq its sequence number; 0 for one that is new
 * @param state its state, or null when it is as the step before has left it
 * @param successors the links that stand for those that it refers to and that were taken over since
 */
public record Before(
        String link, String type, long seq, @Nullable LinkState state, Map<String, String> successors) {
    /** Copies the map. */
    public Before {
        successors = Map.copyOf(new TreeMap<>(successors));
    }

    /**
     * The state that is planned on.
     *
     * @param left what the step before has left, or null when that is not known
     * @return the state, or null when it is not known
     */
    @Nullable LinkState standing(@Nullable Left left) {
        LinkState followed = left == null || !left.reaches(seq) ? null : left.state();
        LinkState known = state != null ? state : seq == 0 ? LinkState.empty(link, type) : followed;
        if (known == null) {
            return null;
        }
        LinkState stands = known.seq() == seq ? known : numbered(known, seq);
        return successors.isEmpty() ? stands : stands.referring(successors);
    }

    /** The same, without its state where the step before has left it so. */
    Before following(@Nullable Left left) {
        Before shorter = new Before(link, type, seq, null, successors);
        return state != null && state.equals(new Before(link, type, seq, null, Map.of()).standing(left))
                ? shorter
                : this;
    }

    /** A link that an input left as it was is stored under the next number all the same. */
    private static LinkState numbered(LinkState link, long seq) {
        return new LinkState(
                link.id(),
                link.type(),
                seq,
                link.rulesHash(),
                link.agreed(),
                link.sides(),
                link.apart(),
                link.joinedInto(),
                link.erased());
    }
}
