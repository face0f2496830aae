package dev.crmsync.spi.adapter;

import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.RecordRef;
import java.util.List;

/** What a webhook turned out to be. */
public sealed interface Receipt {
    /**
     * Well signed and understood. No events when it is of a kind that is not followed.
     *
     * @param events the events, each with its dedupe key
     */
    record Accepted(List<Keyed> events) implements Receipt {
        /** Copies the list. */
        public Accepted {
            events = List.copyOf(events);
        }
    }

    /** The signature is missing or wrong. Answered 401. */
    record BadSignature() implements Receipt {}

    /**
     * Well signed, but too old to be applied. Answered 200; the records that it names are read anew, at a limited rate.
     *
     * @param records the records that it names, as far as they could be read
     */
    record Stale(List<RecordRef> records) implements Receipt {
        /** Copies the list. */
        public Stale {
            records = List.copyOf(records);
        }
    }

    /**
     * Well signed, but not understood. Answered 200 and kept as a dead letter.
     *
     * @param reason what is wrong with it, without personal values
     */
    record Malformed(String reason) implements Receipt {}

    /**
     * A change event with the key that tells it from every other event of its system.
     *
     * @param dedupeKey the same for every delivery of the same event, at most 200 characters
     * @param event the event
     */
    record Keyed(String dedupeKey, ChangeEvent event) {}
}
