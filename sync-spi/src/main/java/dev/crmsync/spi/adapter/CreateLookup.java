package dev.crmsync.spi.adapter;

import java.time.Duration;

/** How a create with an unknown outcome is found again. */
public sealed interface CreateLookup {
    /** A create is an upsert by a unique external id: repeating it is safe at any time. */
    record UniqueUpsert() implements CreateLookup {}

    /**
     * A create repeated byte for byte under the same idempotency key gives the first answer while the key lives.
     *
     * @param ttl how long the vendor keeps a key
     */
    record IdempotencyKey(Duration ttl) implements CreateLookup {}

    /**
     * The record can be looked up by its external id ({@link FindsCreated}), but may appear late.
     *
     * @param lag the longest time after which a created record is still not found
     */
    record Lookup(Duration lag) implements CreateLookup {}

    /** There is no way to tell: a create with an unknown outcome goes to a person. */
    record None() implements CreateLookup {}
}
