package dev.crmsync.spi.adapter;

import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.RecordRef;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A vendor's answer to a read by id. */
public sealed interface Read {
    /**
     * The record is there.
     *
     * @param record what it holds; of evidence READ
     */
    record Found(ChangeEvent record) implements Read {}

    /**
     * The vendor says that the record is gone.
     *
     * @param asOf since when, on the vendor's clock
     * @param restorable whether it is archived and may come back
     */
    record Gone(AsOf asOf, boolean restorable) implements Read {}

    /**
     * The record was merged into another, which answered in its place.
     *
     * @param into the record that answered
     * @param record what that record holds, or null when the answer did not say
     */
    record MergedInto(RecordRef into, @Nullable ChangeEvent record) implements Read {}

    /** These credentials cannot see the record: no proof that it is gone. */
    record NotVisible() implements Read {}

    /**
     * The answer did not come or could not be understood; the read is tried again.
     *
     * @param reason what happened, without personal values
     * @param retryAfter how long to wait, or null when the vendor does not say
     */
    record Unknown(String reason, @Nullable Duration retryAfter) implements Read {}
}
