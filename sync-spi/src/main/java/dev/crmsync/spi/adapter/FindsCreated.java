package dev.crmsync.spi.adapter;

/** Can look up a record by the join key that it was created with. */
public interface FindsCreated {
    /**
     * Looks up a record.
     *
     * @param type the canonical record type
     * @param externalId the join key and the property that holds it
     * @return {@link Read.Found} with the record, {@link Read.Gone} when there is none (within the declared lag it may
     *     still appear), or {@link Read.Unknown}
     * @throws dev.crmsync.spi.SyncException for faults of the whole call
     */
    Read find(String type, Write.ExternalId externalId);
}
