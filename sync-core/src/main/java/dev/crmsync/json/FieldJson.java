package dev.crmsync.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.FieldType;
import dev.crmsync.spi.field.RecordType;
import java.util.ArrayList;
import java.util.List;

/**
 * Canonical fields in documents that people write: the type as a word, or {@code {"reference": "user"}}, or {@code {"references": "label"}}. Types of records that
 * this library knows are not written out.
 */
final class FieldJson {
    private static final List<RecordType> KNOWN =
            List.of(RecordType.CONTACT, RecordType.CONVERSATION, RecordType.MESSAGE, RecordType.LABEL, RecordType.USER);

    private FieldJson() {}

    static boolean known(RecordType type) {
        return KNOWN.contains(type);
    }

    static JsonNode write(RecordType type) {
        var fields = Json.object();
        type.fields().forEach(field -> fields.set(field.name(), write(field)));
        return fields;
    }

    static JsonNode write(Field field) {
        return switch (field.type()) {
            case REFERENCE -> Json.object().put("reference", field.target());
            case REFERENCES -> Json.object().put("references", field.target());
            default -> Json.text(Place.word(field.type()));
        };
    }

    static Field read(String name, Place place) {
        if (place.isText()) {
            FieldType type = place.constant(FieldType.class);
            return place.building(() -> Field.of(name, type));
        }
        if (place.member("references") != null) {
            String target = place.only("references").text("references");
            return place.building(() -> Field.references(name, target));
        }
        String target = place.only("reference").text("reference");
        return place.building(() -> Field.reference(name, target));
    }

    /** A record type: one that the library knows, or one whose fields are listed. */
    static RecordType type(String name, Place holder) {
        Place listed = holder.member("has");
        if (listed == null) {
            return KNOWN.stream()
                    .filter(type -> type.name().equals(name))
                    .findFirst()
                    .orElseThrow(
                            () -> holder.wrong("is a type that crm-sync does not know; list its fields under 'has',"
                                    + " as in \"has\": {\"subject\": \"text\"}"));
        }
        List<Field> fields = new ArrayList<>();
        listed.members().forEach((field, place) -> fields.add(read(field, place)));
        return new RecordType(name, fields);
    }
}
