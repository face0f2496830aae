package dev.crmsync.spi.adapter;

import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One record to be created or changed. Immutable.
 *
 * @param key correlates this item with its outcome within one call; unique in the call
 * @param type the canonical record type
 * @param ref the record to change, or null to create one
 * @param properties the native properties to write; an {@link NativeValue.Empty} clears, and what is not named stays
 * @param externalId for creates the join key to write and to upsert by, otherwise null
 * @param idempotencyKey for creates the key under which this very request may be repeated, otherwise null
 */
public record Write(
        String key,
        String type,
        @Nullable RecordRef ref,
        Map<String, NativeValue> properties,
        @Nullable ExternalId externalId,
        @Nullable String idempotencyKey) {
    /** Copies and sorts the properties. */
    public Write {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(type, "type");
        properties = Collections.unmodifiableMap(new TreeMap<>(properties));
    }

    /**
     * The join key of a record, as this system keeps it.
     *
     * @param property the native property that holds it
     * @param value the record's id in the system that issues the key
     */
    public record ExternalId(String property, String value) {}

    /**
     * Whether this makes a new record.
     *
     * @return true when there is no record to change
     */
    public boolean creates() {
        return ref == null;
    }

    @Override
    public String toString() {
        return "Write[" + (ref == null ? "create " + type : ref) + " " + properties.keySet() + "]";
    }
}
