package dev.crmsync.adapter.notion;

import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.User;
import dev.crmsync.spi.mapping.Access;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.mapping.Rendering;
import java.util.TreeMap;

/** How the properties of a contact's page and of a user are mapped unless the user says otherwise. */
final class ContactMapping {
    static final String USER_NAME = "name";
    static final String USER_EMAIL = "person.email";

    private ContactMapping() {}

    static Mapping of(Settings settings) {
        // One array holds all options, so writing one of them rewrites what others put there.
        Access whole = new Access(Access.Readable.BY_READ, Access.Writable.REPLACED);
        Mapping mapping = Mapping.of(
                        Contact.TYPE,
                        FieldMapping.direct(Contact.NAME, Rows.property(settings.name())),
                        FieldMapping.direct(Contact.EMAIL, Rows.property(settings.email()))
                                .shownAs(Rendering.TRIMMED),
                        FieldMapping.direct(Contact.PHONE, Rows.property(settings.phone()))
                                .shownAs(Rendering.TRIMMED),
                        FieldMapping.of(Contact.LABELS, new Lens.ListOf(Rows.property(settings.labels())))
                                .with(whole))
                .withExternalId(Rows.property(settings.externalId()));
        if (settings.owner() != null) {
            mapping = mapping.with(
                    FieldMapping.of(Contact.OWNER, new Lens.ReferenceTo(Rows.property(settings.owner()), User.TYPE)));
        }
        for (var entry : new TreeMap<>(settings.metadata()).entrySet()) {
            mapping = mapping.with(
                    FieldMapping.direct(Contact.METADATA.entry(entry.getKey()), Rows.property(entry.getValue())));
        }
        return mapping;
    }

    static Mapping users() {
        return Mapping.of(
                User.TYPE,
                FieldMapping.direct(User.NAME, USER_NAME).with(Access.READ_ONLY),
                FieldMapping.direct(User.EMAIL, USER_EMAIL).with(Access.READ_ONLY));
    }
}
