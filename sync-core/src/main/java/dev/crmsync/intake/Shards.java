package dev.crmsync.intake;

import dev.crmsync.spi.model.RecordRef;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Which shard of the inbox a record's events go to. The answer never changes, or order within a record would be lost. */
final class Shards {
    static final int COUNT = 16;

    private Shards() {}

    static int of(RecordRef ref) {
        CRC32 crc = new CRC32();
        crc.update(ref.toString().getBytes(StandardCharsets.UTF_8));
        return (int) (crc.getValue() % COUNT);
    }
}
