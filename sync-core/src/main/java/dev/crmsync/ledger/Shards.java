package dev.crmsync.ledger;

import dev.crmsync.spi.model.RecordRef;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Which shard of the inbox a record's events go to. The answer never changes, or order within a record would be lost. */
public final class Shards {
    /** How many shards there are. */
    public static final int COUNT = 16;

    private Shards() {}

    /**
     * The shard of a record.
     *
     * @param ref the record
     * @return 0 or more, and less than {@link #COUNT}
     */
    public static int of(RecordRef ref) {
        CRC32 crc = new CRC32();
        crc.update(ref.toString().getBytes(StandardCharsets.UTF_8));
        return (int) (crc.getValue() % COUNT);
    }
}
