package dev.crmsync.spi.field;

/** The canonical fields of a conversation: an exchange with one contact, which most CRMs call a ticket. */
public final class Conversation {
    /** The name of the record type. */
    public static final String TYPE = "conversation";

    /** The code of {@link #STATUS} for a conversation that somebody has to attend to. */
    public static final String OPEN = "open";

    /** The code of {@link #STATUS} for a conversation that waits for something. */
    public static final String PENDING = "pending";

    /** The code of {@link #STATUS} for a conversation that is done with. */
    public static final String CLOSED = "closed";

    /** What the conversation is about, in words. */
    public static final Field SUBJECT = Field.of("subject", FieldType.TEXT);

    /** Where the conversation stands: {@link #OPEN}, {@link #PENDING} or {@link #CLOSED}. */
    public static final Field STATUS = Field.of("status", FieldType.ENUMERATION);

    /** The user who attends to it; empty when nobody does. */
    public static final Field ASSIGNEE = Field.reference("assignee", User.TYPE);

    /** When it was closed; empty while it is not closed, and unknown where the vendor does not tell the time. */
    public static final Field CLOSED_AT = Field.of("closedAt", FieldType.TIME);

    /** The person that the conversation is with. */
    public static final Field CONTACT = Field.reference("contact", Contact.TYPE);

    private Conversation() {}
}
