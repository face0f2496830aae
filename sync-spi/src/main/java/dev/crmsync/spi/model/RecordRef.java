package dev.crmsync.spi.model;

import java.util.Objects;

/**
 * Names one record in one system. Ids are the vendor's, opaque and compared by equality only.
 *
 * @param system the system's name in its sync, such as {@code crm}
 * @param type the canonical record type, such as {@code contact}
 * @param id the vendor's id
 */
public record RecordRef(String system, String type, String id) implements Comparable<RecordRef> {
    /** Refuses null and empty parts. */
    public RecordRef {
        if (Objects.requireNonNull(system, "system").isEmpty()
                || Objects.requireNonNull(type, "type").isEmpty()
                || Objects.requireNonNull(id, "id").isEmpty()) {
            throw new IllegalArgumentException("a record reference needs a system, a type and an id");
        }
    }

    @Override
    public int compareTo(RecordRef other) {
        int order = system.compareTo(other.system);
        order = order != 0 ? order : type.compareTo(other.type);
        return order != 0 ? order : id.compareTo(other.id);
    }

    @Override
    public String toString() {
        return system + "/" + type + "/" + id;
    }
}
