package dev.crmsync.spi.adapter;

import dev.crmsync.spi.model.RecordRef;
import java.util.List;

/** Can put one label on, or take it from, many records in one call. */
public interface TagsMany {
    /**
     * The most records that one call takes.
     *
     * @return above 0
     */
    int tagBatchSize();

    /**
     * Puts a label on records, or takes it from them.
     *
     * @param label the vendor's id of the label
     * @param records records of one type, no more than {@link #tagBatchSize()}
     * @param attach true to put it on, false to take it off
     * @return what the vendor counted
     */
    Tagged tag(String label, List<RecordRef> records, boolean attach);

    /**
     * What a vendor counted; it may not tell which records it skipped.
     *
     * @param applied the records that bear the wanted state now
     * @param skipped the records that were passed over
     */
    record Tagged(int applied, int skipped) {}
}
