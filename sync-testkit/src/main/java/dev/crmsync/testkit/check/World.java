package dev.crmsync.testkit.check;

import dev.crmsync.planning.Due;
import dev.crmsync.planning.LinkState;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/**
 * One state of a small world. Immutable.
 *
 * @param link what the engine believes, as committed
 * @param due what is due for it
 * @param places what is true at each system, in the order of the systems
 * @param asked the open reviews: system and field by id
 * @param left what may still happen
 * @param now the engine's clock
 * @param ticks how many deeds were done at systems
 */
record World(
        LinkState link,
        List<Due> due,
        List<Place> places,
        SortedMap<String, String> asked,
        Budget left,
        Instant now,
        int ticks) {}
