package dev.crmsync.spi.adapter;

import dev.crmsync.spi.model.RecordRef;
import java.util.List;
import java.util.Map;

/** Can read several records of one type by id in one call. */
public interface ReadsMany {
    /**
     * The most records that one call takes.
     *
     * @return above 0
     */
    int readBatchSize();

    /**
     * Reads records.
     *
     * @param refs records of one type, no more than {@link #readBatchSize()}
     * @return an answer for each of them
     * @throws dev.crmsync.spi.SyncException for faults of the whole call
     */
    Map<RecordRef, Read> readMany(List<RecordRef> refs);
}
