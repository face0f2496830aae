package dev.crmsync.planning;

import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.NativeValue;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a system was last seen to hold in one slot.
 *
 * @param raw the raw native value
 * @param asOf when it was true, on the system's clock
 * @param links for references the link that each of the raw ids stands for, as far as it is known; else empty
 */
public record Seen(NativeValue raw, AsOf asOf, Map<String, String> links) {
    /** Copies the map. */
    public Seen {
        links = Map.copyOf(links);
    }

    /**
     * A value that refers to no other link.
     *
     * @param raw the raw native value
     * @param asOf when it was true
     */
    public Seen(NativeValue raw, AsOf asOf) {
        this(raw, asOf, Map.of());
    }

    /** The same value, whose ids stand for these links. */
    Seen standingFor(Map<String, String> known) {
        return new Seen(raw, asOf, known);
    }

    /** The same value, where links that were taken over are those that stand for them. */
    Seen referring(Map<String, String> successors) {
        if (links.values().stream().noneMatch(successors::containsKey)) {
            return this;
        }
        Map<String, String> followed = new TreeMap<>(links);
        followed.replaceAll((id, link) -> successors.getOrDefault(link, link));
        return standingFor(followed);
    }
}
