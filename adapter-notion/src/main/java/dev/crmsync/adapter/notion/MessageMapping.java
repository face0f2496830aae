package dev.crmsync.adapter.notion;

import dev.crmsync.spi.field.Conversation;
import dev.crmsync.spi.field.Message;
import dev.crmsync.spi.mapping.Access;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.mapping.Rendering;

/**
 * The native properties of a block or comment that keeps a message. None of them is a property of Notion's own: time, direction and
 * join key stand in the last line of its text, for neither has properties.
 */
final class MessageMapping {
    static final String BODY = "@text";
    static final String TIME = "@at";
    static final String DIRECTION = "@direction";
    static final String TICKET = "@ticket";
    static final String EXTERNAL_ID = "kirim_message_id";

    private MessageMapping() {}

    static Mapping standard() {
        return Mapping.of(
                        Message.TYPE,
                        FieldMapping.direct(Message.BODY, BODY).shownAs(Rendering.TRIMMED),
                        FieldMapping.of(Message.AT, new Lens.Timestamp(TIME, Lens.TimeFormat.ISO))
                                .with(Access.READ_AND_CREATE),
                        FieldMapping.direct(Message.DIRECTION, DIRECTION).with(Access.READ_AND_CREATE),
                        FieldMapping.of(Message.CONVERSATION, new Lens.ReferenceTo(TICKET, Conversation.TYPE))
                                .with(Access.READ_AND_CREATE))
                .withExternalId(EXTERNAL_ID)
                .requiring(Message.AT, Message.CONVERSATION);
    }
}
