package dev.crmsync.spi.adapter;

import dev.crmsync.spi.model.RecordRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Can list the members of segments of contacts: lists that the vendor keeps, or the contacts that share a value. */
public interface ListsSegments {
    /**
     * The segments that the vendor keeps, all of them. A segment that is told by a property's value needs no entry here.
     *
     * @return the segments
     * @throws dev.crmsync.spi.SyncException for faults of the whole call
     */
    List<Segment> segments();

    /**
     * Reads one page of the members of a segment.
     *
     * @param segment a {@link Segment#id()}, or another segment in the form that the adapter documents
     * @param cursor the cursor of the page before, or null for the first page
     * @return the page; a null cursor in it ends the walk
     * @throws dev.crmsync.spi.SyncException for faults of the whole call; of kind VALIDATION when there is no such segment, or
     *     the cursor is no longer good
     */
    Members members(String segment, @Nullable String cursor);

    /**
     * A segment that the vendor keeps.
     *
     * @param id how {@link #members} names it
     * @param name its name for people
     */
    record Segment(String id, String name) {}

    /**
     * One page of the members of a segment. Immutable.
     *
     * @param records the members, each of type contact
     * @param next the opaque cursor of what follows, or null at the end
     * @param complete whether the vendor vouches that nothing was left out up to here
     */
    record Members(List<RecordRef> records, @Nullable String next, boolean complete) {
        /** Copies the list. */
        public Members {
            records = List.copyOf(records);
        }
    }
}
