package dev.crmsync.adapter.pipedrive;

import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.User;
import dev.crmsync.spi.mapping.Access;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.mapping.Rendering;
import java.util.TreeMap;

/**
 * The native properties of a person and of a user, and how they are mapped unless the user says otherwise. {@code email} and
 * {@code phone} are the primary entries of arrays that hold more: the adapter reads the array before it writes one of them, and
 * leaves the others as they are.
 */
final class ContactMapping {
    static final String NAME = "name";
    static final String EMAIL = "email";
    static final String PHONE = "phone";
    static final String LABELS = "label_ids";
    static final String OWNER = "owner_id";

    private ContactMapping() {}

    static Mapping of(Settings settings) {
        // One array holds all labels, so writing one of them rewrites what others put there.
        Access whole = new Access(Access.Readable.BY_READ, Access.Writable.REPLACED);
        Mapping mapping = Mapping.of(
                        Contact.TYPE,
                        FieldMapping.direct(Contact.NAME, NAME).shownAs(Rendering.TRIMMED),
                        FieldMapping.direct(Contact.EMAIL, EMAIL).shownAs(Rendering.TRIMMED, Rendering.LOWER_CASED),
                        FieldMapping.direct(Contact.PHONE, PHONE).shownAs(Rendering.TRIMMED),
                        FieldMapping.of(Contact.LABELS, new Lens.ListOf(labels(settings)))
                                .with(whole))
                .withExternalId(CustomFields.property(settings.externalId()))
                .requiring(Contact.NAME);
        if (settings.contactOwners()) {
            mapping = mapping.with(FieldMapping.of(Contact.OWNER, new Lens.ReferenceTo(OWNER, User.TYPE)));
        }
        for (var entry : new TreeMap<>(settings.metadata()).entrySet()) {
            mapping = mapping.with(FieldMapping.direct(
                    Contact.METADATA.entry(entry.getKey()), CustomFields.property(entry.getValue())));
        }
        return mapping;
    }

    /** The property that holds the labels: Pipedrive's own, or a custom field. */
    static String labels(Settings settings) {
        return settings.labels().equals(LABELS) ? LABELS : CustomFields.property(settings.labels());
    }

    static Mapping users() {
        return Mapping.of(
                User.TYPE,
                FieldMapping.direct(User.NAME, NAME).with(Access.READ_ONLY),
                FieldMapping.direct(User.EMAIL, EMAIL).with(Access.READ_ONLY));
    }
}
