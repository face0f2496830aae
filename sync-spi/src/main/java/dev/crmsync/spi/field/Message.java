package dev.crmsync.spi.field;

/** The canonical fields of a message in a conversation, which most CRMs keep as a note or an activity. */
public final class Message {
    /** The name of the record type. */
    public static final String TYPE = "message";

    /** The code of {@link #DIRECTION} for what the contact wrote. */
    public static final String INBOUND = "inbound";

    /** The code of {@link #DIRECTION} for what the business wrote. */
    public static final String OUTBOUND = "outbound";

    /** The text of the message. */
    public static final Field BODY = Field.of("body", FieldType.TEXT);

    /** When it was sent. */
    public static final Field AT = Field.of("at", FieldType.TIME);

    /** Who wrote it: {@link #INBOUND} or {@link #OUTBOUND}. */
    public static final Field DIRECTION = Field.of("direction", FieldType.ENUMERATION);

    /** The conversation that it belongs to. */
    public static final Field CONVERSATION = Field.reference("conversation", Conversation.TYPE);

    private Message() {}
}
