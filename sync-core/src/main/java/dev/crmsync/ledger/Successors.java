package dev.crmsync.ledger;

import dev.crmsync.planning.LinkState;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Follows links that were taken over by others. */
public final class Successors {
    private Successors() {}

    /**
     * The link that stands for another today.
     *
     * @param id a link's id
     * @param links gives a link by its id, or null
     * @return the link itself unless another one took it over, and so on; null when there is none
     */
    public static @Nullable LinkState of(String id, Function<String, @Nullable LinkState> links) {
        Set<String> seen = new HashSet<>();
        LinkState link = links.apply(id);
        while (link != null && link.joinedInto() != null && seen.add(link.id())) {
            link = links.apply(link.joinedInto());
        }
        return link;
    }
}
