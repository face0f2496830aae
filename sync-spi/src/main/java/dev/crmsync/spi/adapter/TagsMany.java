package dev.crmsync.spi.adapter;

import dev.crmsync.spi.model.RecordRef;
import java.util.List;

/** Keeps labels by name and id, and can put one on, or take it from, many contacts in one call. */
public interface TagsMany {
    /**
     * The labels that there are now, all of them.
     *
     * @return the labels
     * @throws dev.crmsync.spi.SyncException for faults of the whole call
     */
    List<Tag> tags();

    /**
     * Makes a label. Repeating a call whose answer was lost makes no second one.
     *
     * @param name its name for people
     * @param idempotencyKey the key under which this very request may be repeated
     * @return the label
     * @throws dev.crmsync.spi.SyncException for faults of the whole call; of kind VALIDATION when the vendor refuses the name
     */
    Tag createTag(String name, String idempotencyKey);

    /**
     * The most records that one call takes.
     *
     * @return above 0
     */
    int tagBatchSize();

    /**
     * Puts a label on records, or takes it from them. Doing so again changes nothing.
     *
     * @param label the vendor's id of the label
     * @param records records of one type, no more than {@link #tagBatchSize()}
     * @param attach true to put it on, false to take it off
     * @param idempotencyKey the key under which this very request may be repeated
     * @return what the vendor counted
     * @throws dev.crmsync.spi.SyncException for faults of the whole call; of kind VALIDATION when there is no such label
     */
    Tagged tag(String label, List<RecordRef> records, boolean attach, String idempotencyKey);

    /**
     * A label.
     *
     * @param id the vendor's id
     * @param name its name for people
     */
    record Tag(String id, String name) {}

    /**
     * What a vendor counted; it may not tell which records it skipped.
     *
     * @param applied the records that bear the wanted state now
     * @param skipped the records that were passed over
     */
    record Tagged(int applied, int skipped) {}
}
