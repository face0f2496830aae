package dev.crmsync.adapter.kirim;

import dev.crmsync.spi.adapter.Describes.NativeProperty;
import dev.crmsync.spi.field.Conversation;
import dev.crmsync.spi.field.Message;
import dev.crmsync.spi.mapping.Access;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import java.util.List;

/** Kirim's native properties of a message, as its events tell them, and how they are mapped. */
final class MessageMapping {
    static final String TEXT = "text";
    static final String SENT_AT = "sent_at";
    static final String DIRECTION = "direction";
    static final String CONVERSATION_ID = "conversation_id";

    private MessageMapping() {}

    static Mapping standard() {
        return Mapping.of(
                Message.TYPE,
                FieldMapping.direct(Message.BODY, TEXT).with(Access.EVENT_ONLY),
                FieldMapping.of(Message.AT, new Lens.Timestamp(SENT_AT, Lens.TimeFormat.ISO))
                        .with(Access.EVENT_ONLY),
                FieldMapping.direct(Message.DIRECTION, DIRECTION).with(Access.EVENT_ONLY),
                FieldMapping.of(Message.CONVERSATION, new Lens.ReferenceTo(CONVERSATION_ID, Conversation.TYPE))
                        .with(Access.EVENT_ONLY));
    }

    static List<NativeProperty> described() {
        return List.of(
                new NativeProperty(TEXT, "Text", "string", false, false),
                new NativeProperty(SENT_AT, "Time of sending", "string", false, false),
                new NativeProperty(DIRECTION, "inbound or outbound", "string", false, false),
                new NativeProperty(CONVERSATION_ID, "The conversation", "string", false, false));
    }
}
