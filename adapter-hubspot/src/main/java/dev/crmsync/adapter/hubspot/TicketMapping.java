package dev.crmsync.adapter.hubspot;

import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Conversation;
import dev.crmsync.spi.field.User;
import dev.crmsync.spi.mapping.Access;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;

/** How conversations are kept as tickets, and owners known as users, unless the user says otherwise. */
final class TicketMapping {
    static final String SUBJECT = "subject";
    static final String STAGE = "hs_pipeline_stage";
    static final String OWNER = "hubspot_owner_id";
    static final String CLOSED = "closed_date";
    static final String NAME = "name";
    static final String EMAIL = "email";

    private TicketMapping() {}

    static Mapping of(Settings settings) {
        Lens.Coded stages = new Lens.Coded(STAGE, settings.stages(), settings.writtenStages());
        return Mapping.of(
                        Conversation.TYPE,
                        FieldMapping.direct(Conversation.SUBJECT, SUBJECT),
                        FieldMapping.of(Conversation.STATUS, stages),
                        FieldMapping.of(Conversation.ASSIGNEE, new Lens.ReferenceTo(OWNER, User.TYPE)),
                        FieldMapping.of(Conversation.CLOSED_AT, new Lens.Timestamp(CLOSED, Lens.TimeFormat.ISO)),
                        FieldMapping.of(Conversation.CONTACT, new Lens.ReferenceTo("@contact", Contact.TYPE)))
                .withExternalId(settings.ticketExternalId())
                .requiring(Conversation.STATUS, Conversation.CONTACT);
    }

    static Mapping users() {
        return Mapping.of(
                User.TYPE,
                FieldMapping.direct(User.NAME, NAME).with(Access.READ_ONLY),
                FieldMapping.direct(User.EMAIL, EMAIL).with(Access.READ_ONLY));
    }
}
