package com.example.ledgerly;

import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.mapping.Access;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.mapping.Rendering;

/** Ledgerly's native properties of a contact, and the canonical fields that they are. Users may change it. */
final class LedgerlyMapping {
    static final String NAME = "name";
    static final String EMAIL = "email";
    static final String PHONE = "phone";
    static final String NOTE = "note";
    static final String TAGS = "tags";
    static final String CUSTOM = "custom";
    static final String EXTERNAL_ID = "external_id";

    /** Ledgerly cuts a longer note, and does not say so. */
    static final int LONGEST_NOTE = 500;

    private LedgerlyMapping() {}

    static Mapping contact() {
        return Mapping.of(
                        Contact.TYPE,
                        FieldMapping.direct(Contact.NAME, NAME),
                        // Ledgerly shows addresses trimmed and in small letters: undeclared, our own write would
                        // come back as somebody's edit (A40).
                        FieldMapping.direct(Contact.EMAIL, EMAIL).shownAs(Rendering.TRIMMED, Rendering.LOWER_CASED),
                        FieldMapping.direct(Contact.PHONE, PHONE),
                        // A cut value has lost its end, which must not be carried back (A41, A43).
                        FieldMapping.direct(Contact.METADATA.entry(NOTE), NOTE).shownAs(Rendering.cut(LONGEST_NOTE)),
                        // A PATCH replaces all tags: the engine reads just before it writes them (A44).
                        FieldMapping.of(Contact.LABELS, new Lens.ListOf(TAGS))
                                .with(new Access(Access.Readable.BY_READ, Access.Writable.REPLACED)),
                        // A PATCH of custom fields leaves those alone that it does not name (A45).
                        FieldMapping.of(Contact.METADATA, new Lens.BagOf(CUSTOM)))
                .withExternalId(EXTERNAL_ID)
                .requiring(Contact.NAME);
    }
}
