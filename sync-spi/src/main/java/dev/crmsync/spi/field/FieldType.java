package dev.crmsync.spi.field;

/** The type of a canonical field: it fixes the canonical form and when two values count as equivalent. */
public enum FieldType {
    /** Free text: compared after Unicode NFC, with line ends and outer blanks put aside. */
    TEXT,
    /** A phone number: E.164 where it can be parsed with the configured default region. */
    PHONE,
    /** An e-mail address: compared without regard to case. */
    EMAIL,
    /** A decimal number. */
    NUMBER,
    /** A truth value. */
    FLAG,
    /** An instant. */
    TIME,
    /** One of a closed list of codes. */
    ENUMERATION,
    /** A set of members, such as labels: merged by added and removed members. */
    MEMBERS,
    /** Another link, such as the contact of a conversation. */
    REFERENCE,
    /** A set of other links, such as labels that are records themselves: merged by added and removed members. */
    REFERENCES,
    /** A bag of custom entries. It is never decided as a whole: each key is a field of type {@link #BAG_ENTRY}. */
    BAG,
    /** One key of a bag, with text as its value. */
    BAG_ENTRY;

    /**
     * Whether values of this type are sets, which come together by what each system added and removed.
     *
     * @return true for members and for references
     */
    public boolean isSet() {
        return this == MEMBERS || this == REFERENCES;
    }
}
