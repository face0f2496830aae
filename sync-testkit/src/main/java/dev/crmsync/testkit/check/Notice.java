package dev.crmsync.testkit.check;

import dev.crmsync.spi.model.ChangeEvent;
import java.time.Instant;
import java.util.SortedSet;

/**
 * An event that is still to be told.
 *
 * @param event what is told
 * @param at when it truly was, on the system's clock
 * @param outside the fields that somebody other than sync has changed with it; none for the echo of a write
 * @param told whether it was told once and comes again
 * @param known whether a later sight of the record has shown what it tells
 */
record Notice(ChangeEvent event, Instant at, SortedSet<String> outside, boolean told, boolean known) {
    Notice toldOnce() {
        return new Notice(event, at, outside, true, known);
    }

    Notice shown() {
        return new Notice(event, at, outside, told, true);
    }

    /** Whether it is an edit that the engine cannot know of yet. */
    boolean isNews() {
        return !told && !known && !outside.isEmpty();
    }
}
