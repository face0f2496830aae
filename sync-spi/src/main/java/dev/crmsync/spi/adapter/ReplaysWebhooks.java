package dev.crmsync.spi.adapter;

import java.time.Instant;

/** Can be asked to deliver again the webhooks that were not taken in, as after an outage. */
public interface ReplaysWebhooks {
    /**
     * Asks for the webhooks of a time that were not delivered. Those that come again bear the dedupe keys that they had, or
     * are told from others by what they say: to ask again does no harm.
     *
     * @param from the earliest time, on the vendor's clock
     * @param to the latest time, on the vendor's clock
     * @return what the vendor does
     * @throws dev.crmsync.spi.SyncException for faults of the whole call
     */
    Replayed replay(Instant from, Instant to);

    /**
     * What a vendor delivers again.
     *
     * @param deliveries how many it has put into its queue
     * @param capped whether there are more than it takes in one call, so that a walk must find the rest
     */
    record Replayed(int deliveries, boolean capped) {}
}
