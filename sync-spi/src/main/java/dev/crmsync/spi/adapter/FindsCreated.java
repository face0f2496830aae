package dev.crmsync.spi.adapter;

import dev.crmsync.spi.model.NativeValue;
import java.util.Map;

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

    /**
     * Looks up a record of which it is known what it was to be made with: where a vendor keeps records only below others, and has no
     * search for them, that says where to look. The engine asks in this way; an adapter that needs no such hint leaves it alone.
     *
     * @param type the canonical record type
     * @param externalId the join key and the property that holds it
     * @param sent the native properties that the create was sent with, by native name; empty when it was not sent yet
     * @return as {@link #find(String, Write.ExternalId)}
     * @throws dev.crmsync.spi.SyncException for faults of the whole call
     */
    default Read find(String type, Write.ExternalId externalId, Map<String, NativeValue> sent) {
        return find(type, externalId);
    }
}
