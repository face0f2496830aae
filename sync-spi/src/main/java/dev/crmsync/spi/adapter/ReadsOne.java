package dev.crmsync.spi.adapter;

import dev.crmsync.spi.model.RecordRef;

/** Can read one record by id, from the records themselves and not from an index. */
public interface ReadsOne {
    /**
     * Reads a record.
     *
     * @param ref the record
     * @return what the vendor answered
     * @throws dev.crmsync.spi.SyncException for faults of the whole call: AUTH, RATE_LIMITED, TRANSIENT, PERMANENT
     */
    Read read(RecordRef ref);
}
