package dev.crmsync.spi.field;

/** The canonical fields of a contact: a person that a business talks with. */
public final class Contact {
    /** The name of the record type. */
    public static final String TYPE = "contact";

    /** The person's full name. */
    public static final Field NAME = Field.of("name", FieldType.TEXT);

    /** The person's e-mail address. */
    public static final Field EMAIL = Field.of("email", FieldType.EMAIL);

    /** The person's phone number. */
    public static final Field PHONE = Field.of("phone", FieldType.PHONE);

    /** The labels on the person, by name. */
    public static final Field LABELS = Field.of("labels", FieldType.MEMBERS);

    /** The bag of custom fields; each key is a field of its own. */
    public static final Field METADATA = Field.of("metadata", FieldType.BAG);

    /** The user who looks after the person. */
    public static final Field OWNER = Field.reference("owner", "user");

    private Contact() {}
}
