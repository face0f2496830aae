package dev.crmsync.spi.adapter;

import dev.crmsync.spi.model.RecordRef;

/** Can archive a record, so that it may be restored. */
public interface Archives {
    /**
     * Archives a record. Archiving one that is archived is done at once.
     *
     * @param ref the record
     * @return what the vendor answered
     */
    Outcome archive(RecordRef ref);
}
