package dev.crmsync.spi.field;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A typed canonical field of a record type, such as {@code name} or {@code metadata.crm_segment}. Immutable.
 *
 * @param name the field's name; a bag entry's name is the bag's name, a full stop and the key
 * @param type the field's type
 * @param target for {@link FieldType#REFERENCE} and {@link FieldType#REFERENCES} the record type that is referred to, otherwise
 *     null
 */
public record Field(String name, FieldType type, @Nullable String target) implements Comparable<Field> {
    /** Refuses a reference without a target and a target without a reference. */
    public Field {
        if (Objects.requireNonNull(name, "name").isEmpty()) {
            throw new IllegalArgumentException("a field needs a name");
        }
        if ((type == FieldType.REFERENCE || type == FieldType.REFERENCES) != (target != null)) {
            throw new IllegalArgumentException(
                    "field " + name + ": a reference, and only a reference, names a record type");
        }
        if ((type == FieldType.BAG_ENTRY) != (name.indexOf('.') > 0)) {
            throw new IllegalArgumentException("field " + name
                    + ": a full stop separates a bag's name from an entry's key and stands nowhere else");
        }
    }

    /**
     * A field that is neither a reference nor a bag entry.
     *
     * @param name its name
     * @param type its type
     * @return the field
     */
    public static Field of(String name, FieldType type) {
        return new Field(name, type, null);
    }

    /**
     * A reference to another link.
     *
     * @param name its name
     * @param target the record type that is referred to
     * @return the field
     */
    public static Field reference(String name, String target) {
        return new Field(name, FieldType.REFERENCE, target);
    }

    /**
     * A set of references to other links: to rename one of these is a change of that record and none of the set.
     *
     * @param name its name
     * @param target the record type that is referred to
     * @return the field
     */
    public static Field references(String name, String target) {
        return new Field(name, FieldType.REFERENCES, target);
    }

    /**
     * One entry of this bag.
     *
     * @param key the entry's key, not empty
     * @return the entry as a field
     * @throws IllegalStateException when this field is not a bag
     */
    public Field entry(String key) {
        if (type != FieldType.BAG) {
            throw new IllegalStateException("field " + name + " is not a bag, so it has no entry " + key);
        }
        return new Field(name + "." + key, FieldType.BAG_ENTRY, null);
    }

    /**
     * Whether this is an entry of a bag.
     *
     * @param bag the bag
     * @return true when it is one of that bag's
     */
    public boolean isEntryOf(Field bag) {
        int stop = bag.name().length();
        return type == FieldType.BAG_ENTRY
                && name.length() > stop
                && name.charAt(stop) == '.'
                && name.startsWith(bag.name());
    }

    /**
     * The name of the bag that this entry belongs to.
     *
     * @return the bag's name, or empty when this is no bag entry
     */
    public Optional<String> bag() {
        return type == FieldType.BAG_ENTRY ? Optional.of(name.substring(0, name.indexOf('.'))) : Optional.empty();
    }

    /**
     * The key of this entry in its bag.
     *
     * @return the key, or empty when this is no bag entry
     */
    public Optional<String> key() {
        return type == FieldType.BAG_ENTRY ? Optional.of(name.substring(name.indexOf('.') + 1)) : Optional.empty();
    }

    @Override
    public int compareTo(Field other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
