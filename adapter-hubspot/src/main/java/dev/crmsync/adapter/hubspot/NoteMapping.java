package dev.crmsync.adapter.hubspot;

import dev.crmsync.spi.field.Conversation;
import dev.crmsync.spi.field.Message;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.mapping.Rendering;

/** How messages are kept as notes unless the user says otherwise. */
final class NoteMapping {
    static final String BODY = "hs_note_body";
    static final String TIME = "hs_timestamp";
    static final String DIRECTION = "kirim_direction";
    static final String EXTERNAL_ID = "kirim_message_id";

    private NoteMapping() {}

    static Mapping standard() {
        return Mapping.of(
                        Message.TYPE,
                        FieldMapping.direct(Message.BODY, BODY).shownAs(Rendering.TRIMMED),
                        FieldMapping.of(Message.AT, new Lens.Timestamp(TIME, Lens.TimeFormat.ISO)),
                        FieldMapping.direct(Message.DIRECTION, DIRECTION),
                        FieldMapping.of(Message.CONVERSATION, new Lens.ReferenceTo("@ticket", Conversation.TYPE)))
                .withExternalId(EXTERNAL_ID)
                .requiring(Message.AT, Message.CONVERSATION);
    }
}
