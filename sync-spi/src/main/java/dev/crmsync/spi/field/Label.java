package dev.crmsync.spi.field;

/** The canonical fields of a label: a tag that contacts bear. */
public final class Label {
    /** The name of the record type. */
    public static final String TYPE = "label";

    /** The label's name for people. */
    public static final Field NAME = Field.of("name", FieldType.TEXT);

    /** The label's colour, in the vendor's word for it. */
    public static final Field COLOUR = Field.of("colour", FieldType.TEXT);

    private Label() {}
}
