package dev.crmsync.adapter.kirim;

import dev.crmsync.spi.adapter.Describes.NativeProperty;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Conversation;
import dev.crmsync.spi.field.User;
import dev.crmsync.spi.mapping.Access;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import java.util.List;
import java.util.Map;

/** Kirim's native properties of a conversation and of the user who attends to it, and how they are mapped. */
final class ConversationMapping {
    static final String STATUS = "status";
    static final String ASSIGNED_TO = "assigned_to";
    static final String CONTACT_ID = "contact_id";

    /** Told by the event of the closing alone: Kirim's conversations bear no such property. */
    static final String CLOSED_AT = "closed_at";

    static final String OPEN = "open";
    static final String PENDING = "pending";
    static final String RESOLVED = "resolved";

    private static final Map<String, String> STATUSES = Map.of(
            OPEN, Conversation.OPEN,
            PENDING, Conversation.PENDING,
            RESOLVED, Conversation.CLOSED);

    private ConversationMapping() {}

    static Mapping standard() {
        return Mapping.of(
                Conversation.TYPE,
                FieldMapping.of(Conversation.STATUS, new Lens.Coded(STATUS, STATUSES)),
                FieldMapping.of(Conversation.ASSIGNEE, new Lens.ReferenceTo(ASSIGNED_TO, User.TYPE)),
                FieldMapping.of(Conversation.CLOSED_AT, new Lens.Timestamp(CLOSED_AT, Lens.TimeFormat.ISO))
                        .with(Access.EVENT_ONLY),
                FieldMapping.of(Conversation.CONTACT, new Lens.ReferenceTo(CONTACT_ID, Contact.TYPE))
                        .with(Access.READ_ONLY));
    }

    static Mapping users() {
        return Mapping.of(
                User.TYPE,
                FieldMapping.direct(User.NAME, ContactMapping.NAME).with(Access.READ_ONLY),
                FieldMapping.direct(User.EMAIL, ContactMapping.EMAIL).with(Access.READ_ONLY));
    }

    static List<NativeProperty> described() {
        return List.of(
                new NativeProperty(STATUS, "Status: open, pending or resolved", "string", true, false),
                new NativeProperty(ASSIGNED_TO, "The user who attends to it", "string", true, false),
                new NativeProperty(CLOSED_AT, "Time of closing, told by webhooks only", "string", false, false),
                new NativeProperty(CONTACT_ID, "The contact", "string", false, false));
    }

    static List<NativeProperty> describedUsers() {
        return List.of(
                new NativeProperty(ContactMapping.NAME, "Name", "string", false, false),
                new NativeProperty(ContactMapping.EMAIL, "E-mail", "string", false, false));
    }
}
