package dev.crmsync.spi.adapter;

import java.util.List;
import java.util.Map;

/** Can create or change several records in one call, with a result for each. */
public interface WritesMany {
    /**
     * The most records that one call takes.
     *
     * @return above 0
     */
    int writeBatchSize();

    /**
     * Whether a write may be part of a batch. What may not is written alone through {@link WritesOne}.
     *
     * @param write what to write
     * @return true when {@link #writeMany} takes it
     */
    boolean batches(Write write);

    /**
     * Writes records. Makes one attempt and never repeats it.
     *
     * @param writes creates only, or changes only, of one type, each accepted by {@link #batches}, no more than
     *     {@link #writeBatchSize()}
     * @return an outcome for each, by {@link Write#key()}
     * @throws dev.crmsync.spi.SyncException only where it is certain that nothing was written: AUTH, RATE_LIMITED
     */
    Map<String, Outcome> writeMany(List<Write> writes);
}
