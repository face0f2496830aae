package dev.crmsync.spi.mapping;

import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.FieldType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Ties the native properties of one record type of one system to canonical fields. Adapters ship a default; users
 * change it; the engine applies it. Immutable.
 *
 * @param type the canonical record type
 * @param fields the mapped fields, each at most once
 * @param externalId the native property of this system that holds the join key: the record's id in the system that
 *     issues it; null when this system issues it itself or cannot hold it
 * @param required canonical fields without which this system accepts no new record
 */
public record Mapping(
        String type, List<FieldMapping> fields, @Nullable String externalId, List<Field> required) {

    /** Copies the lists and refuses a field or a native property that is mapped twice. */
    public Mapping {
        Objects.requireNonNull(type, "type");
        fields = List.copyOf(fields);
        required = List.copyOf(required);
        Set<String> names = new HashSet<>();
        Set<String> properties = new HashSet<>();
        for (FieldMapping mapped : fields) {
            if (!names.add(mapped.field().name())) {
                throw new IllegalArgumentException(
                        "mapping of " + type + ": field " + mapped.field().name() + " is mapped twice; keep one");
            }
            for (String property : mapped.lens().properties()) {
                if (!properties.add(property)) {
                    throw new IllegalArgumentException(
                            "mapping of " + type + ": native property " + property + " is mapped twice; keep one");
                }
            }
        }
        if (externalId != null && properties.contains(externalId)) {
            throw new IllegalArgumentException(
                    "mapping of " + type + ": " + externalId + " holds the join key and cannot be a field as well");
        }
    }

    /**
     * A mapping with no join key property and nothing required.
     *
     * @param type the canonical record type
     * @param fields the mapped fields
     * @return the mapping
     */
    public static Mapping of(String type, FieldMapping... fields) {
        return new Mapping(type, List.of(fields), null, List.of());
    }

    /**
     * The same mapping with the property that holds the join key.
     *
     * @param property the native property
     * @return a copy
     */
    public Mapping withExternalId(String property) {
        return new Mapping(type, fields, property, required);
    }

    /**
     * The same mapping with the fields that a new record needs.
     *
     * @param needed the fields
     * @return a copy
     */
    public Mapping requiring(Field... needed) {
        return new Mapping(type, fields, externalId, List.of(needed));
    }

    /**
     * The same mapping with one field mapped otherwise, or in addition.
     *
     * @param mapped the field's new mapping
     * @return a copy
     */
    public Mapping with(FieldMapping mapped) {
        List<FieldMapping> changed = new ArrayList<>(fields);
        changed.removeIf(old -> old.field().name().equals(mapped.field().name()));
        changed.add(mapped);
        return new Mapping(type, changed, externalId, required);
    }

    /**
     * The same mapping without a field.
     *
     * @param field the field
     * @return a copy
     */
    public Mapping without(Field field) {
        List<FieldMapping> kept = new ArrayList<>(fields);
        kept.removeIf(old -> old.field().name().equals(field.name()));
        return new Mapping(type, kept, externalId, required);
    }

    /**
     * The mapping that carries a field: its own, or that of the bag whose entry it is.
     *
     * @param field the field, bag entries expanded
     * @return its mapping, or empty when this system does not carry it
     */
    public Optional<FieldMapping> carrying(Field field) {
        @Nullable FieldMapping bag = null;
        for (FieldMapping mapped : fields) {
            if (mapped.field().name().equals(field.name())) {
                return Optional.of(mapped);
            }
            if (mapped.field().type() == FieldType.BAG && field.isEntryOf(mapped.field())) {
                bag = mapped;
            }
        }
        return Optional.ofNullable(bag);
    }
}
