package dev.crmsync.ledger;

import dev.crmsync.spi.model.ChangeEvent;
import java.util.List;

/**
 * A change event that has arrived, and the inbox rows that it came in.
 *
 * @param event the event
 * @param inboxRows the rows that are processed once it is planned; none for a polled or listed record
 */
public record Arrival(ChangeEvent event, List<Long> inboxRows) {
    /** Copies the list. */
    public Arrival {
        inboxRows = List.copyOf(inboxRows);
    }

    /**
     * An event that came in no inbox row.
     *
     * @param event the event
     * @return the arrival
     */
    public static Arrival of(ChangeEvent event) {
        return new Arrival(event, List.of());
    }
}
