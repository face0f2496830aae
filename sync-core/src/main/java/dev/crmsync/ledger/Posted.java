package dev.crmsync.ledger;

import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Links;
import dev.crmsync.planning.Reason;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of a posting. Immutable.
 *
 * @param state what became of it
 * @param after the links that it touched, as they are from now on; none unless it was committed
 * @param reasons how many decisions were made for each reason
 * @param failure what its script threw, or null
 */
public record Posted(
        State state,
        Links after,
        Map<Reason, Long> reasons,
        @Nullable RuntimeException failure) {
    /** What can become of a posting. */
    public enum State {
        /** It was committed. */
        COMMITTED,
        /** Others were faster each time, or the lease was lost: nothing of it was kept, try again later. */
        OVERTAKEN,
        /** Its script threw, and would throw again: nothing of it was kept. */
        FAILED
    }

    /** Copies the map. */
    public Posted {
        reasons = Map.copyOf(reasons);
    }

    /**
     * Whether it was committed.
     *
     * @return true when it was
     */
    public boolean committed() {
        return state == State.COMMITTED;
    }

    /**
     * A link as it is from now on.
     *
     * @param id the link
     * @return its state, or empty when it was not touched
     */
    public Optional<LinkState> link(String id) {
        return Optional.ofNullable(after.byId().get(id));
    }
}
