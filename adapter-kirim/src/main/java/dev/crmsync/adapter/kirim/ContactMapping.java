package dev.crmsync.adapter.kirim;

import dev.crmsync.spi.adapter.Describes.NativeProperty;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.mapping.Access;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import java.util.List;

/** Kirim's native properties of a contact, and how they are mapped unless the user says otherwise. */
final class ContactMapping {
    static final String NAME = "name";
    static final String EMAIL = "email";
    static final String PHONE_NUMBER = "phone_number";
    static final String LABELS = "labels";
    static final String METADATA = "metadata";

    private ContactMapping() {}

    static Mapping standard() {
        // Whether a PATCH merges metadata or replaces it is not documented. The whole, as just read, with null for
        // what is to go, comes out the same either way.
        Access whole = new Access(Access.Readable.BY_READ, Access.Writable.REPLACED);
        return Mapping.of(
                        Contact.TYPE,
                        FieldMapping.direct(Contact.NAME, NAME),
                        FieldMapping.direct(Contact.EMAIL, EMAIL),
                        // A create requires it, and no page says that a PATCH takes it.
                        FieldMapping.direct(Contact.PHONE, PHONE_NUMBER).with(Access.READ_AND_CREATE),
                        FieldMapping.of(Contact.LABELS, new Lens.ListOf(LABELS)).with(Access.EVENT_ONLY),
                        FieldMapping.of(Contact.METADATA, new Lens.BagOf(METADATA))
                                .with(whole))
                .requiring(Contact.PHONE);
    }

    /** Kirim's contacts have these properties in every account; what a business adds goes into the metadata. */
    static List<NativeProperty> described() {
        return List.of(
                new NativeProperty(NAME, "Name", "string", true, false),
                new NativeProperty(EMAIL, "E-mail", "string", true, false),
                new NativeProperty(PHONE_NUMBER, "Phone number, written on creation", "string", true, false),
                new NativeProperty(LABELS, "Labels, told by webhooks only", "array", false, false),
                new NativeProperty(METADATA, "Metadata", "object", true, false));
    }
}
