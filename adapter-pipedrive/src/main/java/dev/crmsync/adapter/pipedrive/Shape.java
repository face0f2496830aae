package dev.crmsync.adapter.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.NativeValue;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the records of one kind look in JSON, read and written. Thread-safe. */
interface Shape {
    /** The kind of records. */
    ObjectKind kind();

    /** The native properties that a row shows; what it does not tell is absent. */
    Map<String, NativeValue> properties(JsonNode row);

    /** What a row says of the record's being there: DELETE or ARCHIVE, or empty when it is there. */
    Optional<ChangeKind> gone(JsonNode row);

    /** Whether a record is one of those that are followed. */
    default boolean follows(JsonNode row) {
        return true;
    }

    /** Whether a change can only be made from what stands there, for Pipedrive replaces a whole. */
    boolean needsCurrent(Write write);

    /**
     * Makes the body of a write.
     *
     * @param write the write
     * @param current the record as just read, where {@link #needsCurrent} asks for it
     * @return the draft, which may be refused
     * @throws dev.crmsync.spi.SyncException when the account's fields cannot be read
     */
    Draft draft(Write write, @Nullable JsonNode current);

    /** Forgets what is remembered of the account's fields, as after a refusal; says whether it was out of date. */
    boolean outOfDate();

    /** The row's {@code is_deleted}, or its older {@code active_flag}. */
    static boolean deleted(JsonNode row) {
        return row.path("is_deleted").asBoolean(false)
                || row.path("deleted").asBoolean(false)
                || !row.path("active_flag").asBoolean(true);
    }
}
