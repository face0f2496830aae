package dev.crmsync.adapter.notion;

import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Conversation;
import dev.crmsync.spi.field.User;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;

/** How the properties of a ticket's page are mapped unless the user says otherwise. */
final class TicketMapping {
    private TicketMapping() {}

    static Mapping of(Settings settings) {
        Lens.Coded states =
                new Lens.Coded(Rows.property(settings.status()), settings.statuses(), settings.writtenStates());
        return Mapping.of(
                        Conversation.TYPE,
                        FieldMapping.direct(Conversation.SUBJECT, Rows.property(settings.subject())),
                        FieldMapping.of(Conversation.STATUS, states),
                        FieldMapping.of(
                                Conversation.ASSIGNEE,
                                new Lens.ReferenceTo(Rows.property(settings.assignee()), User.TYPE)),
                        FieldMapping.of(
                                Conversation.CLOSED_AT,
                                new Lens.Timestamp(Rows.property(settings.closedAt()), Lens.TimeFormat.ISO)),
                        FieldMapping.of(
                                Conversation.CONTACT,
                                new Lens.ReferenceTo(Rows.property(settings.contact()), Contact.TYPE)))
                .withExternalId(Rows.property(settings.ticketExternalId()))
                .requiring(Conversation.CONTACT);
    }
}
