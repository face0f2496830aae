package dev.crmsync.adapter.pipedrive;

import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Conversation;
import dev.crmsync.spi.field.User;
import dev.crmsync.spi.mapping.Access;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import java.util.Map;

/** The native properties of a deal or lead that is a conversation, and how they are mapped unless the user says otherwise. */
final class TicketMapping {
    static final String TITLE = "title";
    static final String OWNER = "owner_id";
    static final String PERSON = "person_id";

    /**
     * Where a ticket stands in one word, which is no property of Pipedrive's: of a deal {@code won}, {@code lost}, else the stage's
     * number, or {@code open} where no stages are named; of a lead {@code open} or {@code archived}.
     */
    static final String STATE = "@state";

    /** When a deal was won or lost, wherever Pipedrive tells it. */
    static final String CLOSED = "@closed";

    static final String OPEN = "open";
    static final String ARCHIVED = "archived";

    private TicketMapping() {}

    static Mapping of(Settings settings, ObjectKind kind) {
        Lens.Coded states = kind.equals(ObjectKind.LEAD)
                ? new Lens.Coded(STATE, Map.of(OPEN, Conversation.OPEN, ARCHIVED, Conversation.CLOSED))
                : new Lens.Coded(STATE, settings.statuses(), settings.writtenStates());
        return Mapping.of(
                        Conversation.TYPE,
                        FieldMapping.direct(Conversation.SUBJECT, TITLE),
                        FieldMapping.of(Conversation.STATUS, states),
                        FieldMapping.of(Conversation.ASSIGNEE, new Lens.ReferenceTo(OWNER, User.TYPE)),
                        FieldMapping.of(Conversation.CLOSED_AT, new Lens.Timestamp(CLOSED, Lens.TimeFormat.ISO))
                                .with(Access.READ_ONLY),
                        FieldMapping.of(Conversation.CONTACT, new Lens.ReferenceTo(PERSON, Contact.TYPE)))
                .withExternalId(CustomFields.property(settings.ticketExternalId()))
                .requiring(Conversation.CONTACT);
    }
}
