package dev.crmsync.spi.field;

import java.util.List;
import java.util.Optional;

/**
 * A canonical record type and its fields. Immutable. The types of this library are {@link #CONTACT}, {@link
 * #CONVERSATION}, {@link #MESSAGE}, {@link #LABEL} and {@link #USER}; a user may add any other.
 *
 * @param name the type's name, such as {@code contact}
 * @param fields its fields, bags unexpanded
 */
public record RecordType(String name, List<Field> fields) {
    /** A person. */
    public static final RecordType CONTACT = new RecordType(
            Contact.TYPE,
            List.of(Contact.NAME, Contact.EMAIL, Contact.PHONE, Contact.LABELS, Contact.METADATA, Contact.OWNER));

    /** An exchange with a person. */
    public static final RecordType CONVERSATION = new RecordType(
            Conversation.TYPE,
            List.of(
                    Conversation.SUBJECT,
                    Conversation.STATUS,
                    Conversation.ASSIGNEE,
                    Conversation.CLOSED_AT,
                    Conversation.CONTACT));

    /** One message of an exchange. */
    public static final RecordType MESSAGE =
            new RecordType(Message.TYPE, List.of(Message.BODY, Message.AT, Message.DIRECTION, Message.CONVERSATION));

    /** A label that people bear. */
    public static final RecordType LABEL = new RecordType(Label.TYPE, List.of(Label.NAME, Label.COLOUR));

    /** A member of the team. */
    public static final RecordType USER = new RecordType(User.TYPE, List.of(User.NAME, User.EMAIL));

    /** Copies the fields. */
    public RecordType {
        fields = List.copyOf(fields);
    }

    /**
     * Finds a field by its name; the name of a bag entry finds the entry of its bag.
     *
     * @param fieldName the name
     * @return the field, or empty when this type has none of that name
     */
    public Optional<Field> field(String fieldName) {
        int stop = fieldName.indexOf('.');
        String own = stop < 0 ? fieldName : fieldName.substring(0, stop);
        for (Field field : fields) {
            if (field.name().equals(own)) {
                boolean entry = stop >= 0;
                if (!entry) {
                    return Optional.of(field);
                }
                return field.type() == FieldType.BAG
                        ? Optional.of(field.entry(fieldName.substring(stop + 1)))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }
}
