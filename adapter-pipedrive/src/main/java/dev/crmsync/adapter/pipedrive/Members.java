package dev.crmsync.adapter.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Outcome.Rejection;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.model.NativeValue;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The members of a record that hold one text, one id or one custom field. */
final class Members {
    private static final Pattern ID = Pattern.compile("[0-9]{1,18}");

    private Members() {}

    /** Takes over a text; what is null or empty is empty, what is missing or no text is not known. */
    static void text(JsonNode row, String member, Map<String, NativeValue> values) {
        JsonNode held = row.path(member);
        if (held.isNull() || held.isTextual()) {
            String text = held.asText("");
            values.put(member, held.isNull() || text.isEmpty() ? NativeValue.EMPTY : NativeValue.text(text));
        }
    }

    /** Takes over the id of another record, which some answers wrap into an object. */
    static void id(JsonNode row, String member, Map<String, NativeValue> values) {
        JsonNode held = row.path(member).isObject()
                ? row.path(member).path(row.path(member).has("id") ? "id" : "value")
                : row.path(member);
        if (held.isNull()) {
            values.put(member, NativeValue.EMPTY);
        } else if (held.isValueNode() && !held.asText().isBlank()) {
            values.put(member, NativeValue.text(held.asText()));
        }
    }

    /** Writes a text that a record may not be without. */
    static void putText(String member, NativeValue value, String property, boolean creates, Draft draft) {
        Optional<String> text = CustomFields.text(value);
        if (value.isBlank()) {
            if (!creates) {
                draft.refuse(Rejection.REQUIRED, property, "Pipedrive has no record without it");
            }
        } else if (text.isEmpty()) {
            draft.refuse(Rejection.INVALID, property, "it takes text");
        } else {
            draft.put(member, JsonNodeFactory.instance.textNode(text.get()), property);
        }
    }

    /** Writes the id of another record, which Pipedrive takes as a number and does not take away. */
    static void putId(String member, NativeValue value, String property, boolean creates, Draft draft) {
        Optional<String> id = CustomFields.text(value).filter(ID.asMatchPredicate());
        if (value.isBlank()) {
            if (!creates) {
                draft.refuse(Rejection.READ_ONLY, property, "it can be given to another and not be taken away");
            }
        } else if (id.isEmpty()) {
            draft.refuse(Rejection.INVALID, property, "it takes the number of a record");
        } else {
            draft.put(member, JsonNodeFactory.instance.numberNode(Long.parseLong(id.get())), property);
        }
    }

    /** Writes a custom field. */
    static void custom(
            String property, NativeValue value, CustomFields customs, boolean nested, boolean creates, Draft draft) {
        AccountField field = customs.resolve(property).orElse(null);
        if (field == null) {
            draft.refuse(
                    Rejection.INVALID,
                    property,
                    "the account has no field of that name, or several: run the set-up, or name its key");
            return;
        }
        CustomFields.Written written = customs.write(field, value);
        if (written.refused() != null) {
            draft.refuse(written.refused(), property, written.why());
        } else if (written.json() != null && !(creates && written.json().isNull())) {
            draft.putCustom(nested, field.code(), written.json(), property);
        }
    }

    /** Writes the join key of a new record. Without the field for it every new record could come to be twice: none is made. */
    static void externalId(Write write, CustomFields customs, boolean nested, Draft draft) {
        Write.ExternalId key = write.externalId();
        if (!write.creates() || key == null) {
            return;
        }
        AccountField field = customs.resolve(key.property())
                .filter(AccountField::found)
                .orElseThrow(() -> SyncException.of(
                        SyncException.Kind.AUTH,
                        "the account has no text field '" + CustomFields.field(key.property())
                                + "' to keep join keys in, or several of that name: run the set-up, then resume the"
                                + " system"));
        draft.putCustom(nested, field.code(), JsonNodeFactory.instance.textNode(key.value()), key.property());
    }
}
