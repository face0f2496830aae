package dev.crmsync.spi.adapter;

import dev.crmsync.spi.model.ChangeEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing. Immutable.
 *
 * @param events the records of the page
 * @param next the opaque cursor of what follows, or null when there is nothing more to ask for now
 * @param complete whether the vendor vouches that nothing was left out up to here (no cap, no cut, no filter of its own)
 */
public record Page(List<ChangeEvent> events, @Nullable String next, boolean complete) {
    /** Copies the events. */
    public Page {
        events = List.copyOf(events);
    }
}
