package dev.crmsync.spi.field;

/** The canonical fields of a user: a member of the team that works in a system. Users are followed, and never made. */
public final class User {
    /** The name of the record type. */
    public static final String TYPE = "user";

    /** The user's full name. */
    public static final Field NAME = Field.of("name", FieldType.TEXT);

    /** The user's e-mail address, by which the users of two systems are known to be one person. */
    public static final Field EMAIL = Field.of("email", FieldType.EMAIL);

    private User() {}
}
