package dev.crmsync.adapter.hubspot;

import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.User;
import dev.crmsync.spi.mapping.Access;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.mapping.Rendering;
import java.util.List;
import java.util.TreeMap;

/** How HubSpot's contact properties are mapped unless the user says otherwise. */
final class ContactMapping {
    private ContactMapping() {}

    static Mapping of(Settings settings) {
        // One text holds all labels, so writing one of them rewrites what others put there.
        Access whole = new Access(Access.Readable.BY_READ, Access.Writable.REPLACED);
        Mapping mapping = Mapping.of(
                        Contact.TYPE,
                        FieldMapping.of(Contact.NAME, new Lens.Joined(List.of("firstname", "lastname"), " ")),
                        FieldMapping.direct(Contact.EMAIL, "email").shownAs(Rendering.TRIMMED, Rendering.LOWER_CASED),
                        FieldMapping.direct(Contact.PHONE, "phone"),
                        FieldMapping.of(Contact.LABELS, new Lens.Delimited(settings.labels(), ";"))
                                .with(whole))
                .withExternalId(settings.externalId());
        if (settings.contactOwners()) {
            mapping =
                    mapping.with(FieldMapping.of(Contact.OWNER, new Lens.ReferenceTo(TicketMapping.OWNER, User.TYPE)));
        }
        for (var entry : new TreeMap<>(settings.metadata()).entrySet()) {
            mapping = mapping.with(FieldMapping.direct(Contact.METADATA.entry(entry.getKey()), entry.getValue()));
        }
        return mapping;
    }
}
