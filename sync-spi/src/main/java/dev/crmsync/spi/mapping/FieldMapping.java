package dev.crmsync.spi.mapping;

import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.FieldType;
import java.util.List;
import java.util.Objects;

/**
 * Ties one canonical field to the native properties of one system. Immutable.
 *
 * @param field the canonical field; a bag is mapped as a whole by {@link Lens.BagOf}, or key by key by its entries
 * @param lens how it is read and written
 * @param access whether it can be
 * @param renderings the families of ways in which this system shows the value other than it was given; empty when it
 *     keeps values as they are
 */
public record FieldMapping(Field field, Lens lens, Access access, List<Rendering> renderings) {
    /** Refuses a lens that does not fit the field's type. */
    public FieldMapping {
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(access, "access");
        renderings = List.copyOf(renderings);
        if (!fits(field.type(), lens)) {
            throw new IllegalArgumentException("field " + field.name() + " is a " + field.type() + ": the lens "
                    + lens.getClass().getSimpleName() + " cannot carry it");
        }
    }

    /**
     * A field that one property holds and that can be read and written.
     *
     * @param field the field
     * @param property the native property
     * @return the mapping
     */
    public static FieldMapping direct(Field field, String property) {
        return of(field, new Lens.Direct(property));
    }

    /**
     * A field that can be read and written through a lens.
     *
     * @param field the field
     * @param lens the lens
     * @return the mapping
     */
    public static FieldMapping of(Field field, Lens lens) {
        return new FieldMapping(field, lens, Access.READ_WRITE, List.of());
    }

    /**
     * The same mapping with another access.
     *
     * @param other the access
     * @return a copy
     */
    public FieldMapping with(Access other) {
        return new FieldMapping(field, lens, other, renderings);
    }

    /**
     * The same mapping with the ways in which the system shows values.
     *
     * @param families the families
     * @return a copy
     */
    public FieldMapping shownAs(Rendering... families) {
        return new FieldMapping(field, lens, access, List.of(families));
    }

    /**
     * Whether what the system shows may have lost information.
     *
     * @return true when a {@link Rendering.Family#CUT} is declared
     */
    public boolean lossy() {
        return renderings.stream().anyMatch(rendering -> rendering.family() == Rendering.Family.CUT);
    }

    private static boolean fits(FieldType type, Lens lens) {
        return switch (type) {
            case MEMBERS -> lens instanceof Lens.Delimited || lens instanceof Lens.ListOf;
            case BAG -> lens instanceof Lens.BagOf;
            case TIME -> lens instanceof Lens.Timestamp;
            case REFERENCE -> lens instanceof Lens.ReferenceTo;
            case REFERENCES -> lens instanceof Lens.ReferencesTo;
            case ENUMERATION -> lens instanceof Lens.Coded || lens instanceof Lens.Direct;
            case TEXT -> lens instanceof Lens.Direct || lens instanceof Lens.Joined;
            case PHONE, EMAIL, NUMBER, FLAG, BAG_ENTRY -> lens instanceof Lens.Direct;
        };
    }
}
