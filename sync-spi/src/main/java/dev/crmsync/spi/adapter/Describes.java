package dev.crmsync.spi.adapter;

import java.util.List;

/** Can tell which native properties a record type has in this account. */
public interface Describes {
    /**
     * Describes a record type.
     *
     * @param type the canonical record type
     * @return its native properties
     */
    List<NativeProperty> describe(String type);

    /**
     * A native property.
     *
     * @param name its name in the API
     * @param label its name for people
     * @param kind the vendor's word for its type
     * @param writable whether it can be written
     * @param unique whether two records may not share a value
     */
    record NativeProperty(String name, String label, String kind, boolean writable, boolean unique) {}
}
