package dev.crmsync.planning;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The links that one input touches, by id. Immutable.
 *
 * @param byId the links
 */
public record Links(SortedMap<String, LinkState> byId) {
    /** Copies the map. */
    public Links {
        byId = Frozen.of(byId);
    }

    /**
     * These links.
     *
     * @param links the links
     * @return them by id
     */
    public static Links of(LinkState... links) {
        return of(List.of(links));
    }

    /**
     * These links.
     *
     * @param links the links
     * @return them by id
     */
    public static Links of(Collection<LinkState> links) {
        TreeMap<String, LinkState> byId = new TreeMap<>();
        links.forEach(link -> byId.put(link.id(), link));
        return new Links(byId);
    }

    /**
     * A link that must be among them.
     *
     * @param id its id
     * @return the link
     * @throws IllegalArgumentException when it is not: the caller did not load what its input touches
     */
    public LinkState get(String id) {
        LinkState link = byId.get(id);
        if (link == null) {
            throw new IllegalArgumentException("link " + id + " was not loaded for this input");
        }
        return link;
    }

    /**
     * The same links with one replaced or added.
     *
     * @param link the link
     * @return a copy
     */
    public Links with(LinkState link) {
        Map<String, LinkState> copy = new TreeMap<>(byId);
        copy.put(link.id(), link);
        return new Links(new TreeMap<>(copy));
    }
}
