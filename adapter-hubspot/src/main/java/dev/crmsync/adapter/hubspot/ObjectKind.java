package dev.crmsync.adapter.hubspot;

import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Conversation;
import dev.crmsync.spi.field.Message;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One type of CRM object, as far as it is data.
 *
 * @param type the canonical record type
 * @param plural HubSpot's name of it in paths
 * @param singular HubSpot's name of it in classic webhooks
 * @param typeId HubSpot's number of it, in generic webhooks
 * @param changed the property that holds the time of the last change
 * @param unique whether the join key is kept in a property with unique values, so that records are upserted by it
 * @param link the association that is read and written as if it were a property, or null
 * @see <a href="https://developers.hubspot.com/docs/guides/crm/understanding-the-crm">HubSpot: object types</a>
 */
record ObjectKind(
        String type,
        String plural,
        String singular,
        String typeId,
        String changed,
        boolean unique,
        @Nullable Link link) {
    static final ObjectKind CONTACT =
            new ObjectKind(Contact.TYPE, "contacts", "contact", "0-1", "lastmodifieddate", true, null);

    static final ObjectKind TICKET = new ObjectKind(
            Conversation.TYPE,
            "tickets",
            "ticket",
            "0-5",
            "hs_lastmodifieddate",
            true,
            new Link("@contact", "contacts", 16));

    static final ObjectKind NOTE = new ObjectKind(
            Message.TYPE, "notes", "note", "0-46", "hs_lastmodifieddate", false, new Link("@ticket", "tickets", 228));

    private static final List<ObjectKind> ALL = List.of(CONTACT, TICKET, NOTE);

    /**
     * An association that stands for one property: the id of the other object.
     *
     * @param property its name, which no property of HubSpot's can have
     * @param to the other type's name in paths
     * @param typeId the number of the association in this direction
     */
    record Link(String property, String to, int typeId) {}

    /** The kind of the other object of the link, where there is a link. */
    Optional<ObjectKind> linked() {
        return ALL.stream()
                .filter(kind -> link != null && kind.plural.equals(link.to()))
                .findFirst();
    }

    /** The kind that a webhook is about: by the name before its action, or by the number beside it. */
    static Optional<ObjectKind> told(String name, String typeId) {
        return ALL.stream()
                .filter(kind -> name.equals("object") ? kind.typeId.equals(typeId) : kind.singular.equals(name))
                .findFirst();
    }
}
