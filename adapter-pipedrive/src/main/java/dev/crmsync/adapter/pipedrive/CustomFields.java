package dev.crmsync.adapter.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.crmsync.http.Json;
import dev.crmsync.spi.adapter.Outcome.Rejection;
import dev.crmsync.spi.model.NativeValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The custom fields of a record as native properties {@code custom_fields.<field>}, where the field is named as the definition
 * names it. Options are shown by their names and written by their ids.
 */
final class CustomFields {
    private static final String PREFIX = "custom_fields.";
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,30}(\\.[0-9]{1,30})?");
    private static final Pattern ID = Pattern.compile("[0-9]{1,18}");

    private final SortedSet<String> names;
    private final Catalogue catalogue;

    /** Whether this account shows a field without a value as null, as far as one has been seen. */
    private volatile boolean showsNulls;

    CustomFields(SortedSet<String> names, Catalogue catalogue) {
        this.names = names;
        this.catalogue = catalogue;
    }

    /** The native property of a custom field. */
    static String property(String field) {
        return PREFIX + field;
    }

    static boolean isCustom(String property) {
        return property.startsWith(PREFIX) && property.length() > PREFIX.length();
    }

    /** The field that a property names, in the definition's word for it. */
    static String field(String property) {
        return property.substring(PREFIX.length());
    }

    /** The account's field behind a property, or empty when the account has none, or several, of that name. */
    Optional<AccountField> resolve(String property) {
        return catalogue.field(field(property));
    }

    /**
     * Takes over the values of the fields that are looked at.
     *
     * @param held where the record holds its custom fields, by their keys
     */
    void read(JsonNode held, Map<String, NativeValue> values) {
        showsNulls |= showsNull(held);
        for (String name : names) {
            AccountField field = catalogue.field(name).orElse(null);
            if (field != null && held.has(field.code())) {
                NativeValue value = value(field, held.path(field.code()));
                if (value != null) {
                    values.put(property(name), value);
                }
            } else if (field != null && held.isObject() && leftOut(field)) {
                values.put(property(name), NativeValue.EMPTY);
            }
        }
    }

    /**
     * Whether what is left out of a record is empty. Nothing documents how a field without a value is shown: where one is shown as
     * null, the lack of another proves nothing, for the field may have been deleted, or hidden from this user; where none ever is, a
     * field that the account still has, by a fresh look, is empty.
     */
    private boolean leftOut(AccountField field) {
        return !showsNulls
                && Catalogue.choose(catalogue.refreshIfOld(), field.code()).isPresent();
    }

    private static boolean showsNull(JsonNode held) {
        for (var member : held.properties()) {
            if (AccountField.HASH.matcher(member.getKey()).matches()
                    && member.getValue().isNull()) {
                return true;
            }
        }
        return false;
    }

    /** What a field holds; null when it has an option whose name nobody knows. */
    @Nullable NativeValue value(AccountField field, JsonNode held) {
        if (held.isNull() || held.isTextual() && held.textValue().isEmpty()) {
            return NativeValue.EMPTY;
        } else if (field.type().equals(AccountField.ENUM)) {
            return named(field, held.asText())
                    .<NativeValue>map(NativeValue::text)
                    .orElse(null);
        } else if (field.type().equals(AccountField.SET)) {
            return options(field, ids(held));
        }
        return Json.toNative(held);
    }

    private @Nullable NativeValue options(AccountField field, List<String> ids) {
        List<NativeValue> labels = new ArrayList<>();
        for (String id : ids) {
            Optional<String> label = named(field, id);
            if (label.isEmpty()) {
                return null;
            }
            labels.add(NativeValue.text(label.get()));
        }
        return new NativeValue.Items(labels);
    }

    /** The ids of a choice of several: an array, or, in the first version of the API, a text with commas. */
    static List<String> ids(JsonNode held) {
        List<String> ids = new ArrayList<>();
        if (held.isArray()) {
            held.forEach(id -> ids.add(id.asText()));
        } else if (held.isValueNode() && !held.isNull() && !held.asText().isBlank()) {
            ids.addAll(List.of(held.asText().strip().split("\\s*,\\s*")));
        }
        return ids;
    }

    private Optional<String> named(AccountField field, String id) {
        String label = field.options().get(id);
        return label != null
                ? Optional.of(label)
                : Catalogue.choose(catalogue.refreshIfOld(), field.code())
                        .map(anew -> anew.options().get(id));
    }

    /** A value in JSON, or why a field cannot take it. */
    record Written(@Nullable JsonNode json, @Nullable Rejection refused, String why) {
        static Written of(JsonNode json) {
            return new Written(json, null, "");
        }

        static Written refused(Rejection kind, String why) {
            return new Written(null, kind, why);
        }
    }

    /** How a field takes a value. What is empty is cleared with null, for Pipedrive refuses an empty list of options. */
    Written write(AccountField field, NativeValue value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (value instanceof NativeValue.Empty || value instanceof NativeValue.Items items && items.isBlank()) {
            return Written.of(nodes.nullNode());
        } else if (!field.written()) {
            return Written.refused(
                    Rejection.READ_ONLY, "a field of type " + field.type() + " is not written; map it to a text field");
        } else if (field.type().equals(AccountField.SET)) {
            return set(field, value instanceof NativeValue.Items items ? items.items() : List.of(value));
        }
        Optional<String> text = text(value);
        if (text.isEmpty()) {
            return Written.refused(Rejection.INVALID, "it takes one value; map it through a lens that makes one");
        } else if (field.type().equals(AccountField.ENUM)) {
            return option(field, text.get())
                    .map(id -> Written.of(nodes.numberNode(Long.parseLong(id))))
                    .orElseGet(() -> Written.refused(Rejection.NOT_AN_OPTION, "the field has no such option"));
        } else if (field.holdsText()) {
            return Written.of(nodes.textNode(text.get()));
        }
        boolean fits =
                (field.refers() ? ID : NUMBER).matcher(text.get().strip()).matches();
        return fits
                ? Written.of(Json.fromNative(
                        new NativeValue.Number(new BigDecimal(text.get().strip()))))
                : Written.refused(Rejection.INVALID, "the field takes a number");
    }

    private Written set(AccountField field, List<NativeValue> labels) {
        ArrayNode ids = Json.array();
        for (NativeValue label : labels) {
            Optional<String> id = text(label).flatMap(name -> option(field, name));
            if (id.isEmpty()) {
                return Written.refused(Rejection.NOT_AN_OPTION, "the field has no such option");
            }
            ids.add(Long.parseLong(id.get()));
        }
        return Written.of(ids);
    }

    private Optional<String> option(AccountField field, String label) {
        Optional<String> seen = field.option(label);
        return (seen.isPresent()
                        ? seen
                        : Catalogue.choose(catalogue.refreshIfOld(), field.code())
                                .flatMap(anew -> anew.option(label)))
                .filter(ID.asMatchPredicate());
    }

    static Optional<String> text(NativeValue value) {
        if (value instanceof NativeValue.Text text) {
            return Optional.of(text.text());
        } else if (value instanceof NativeValue.Number number) {
            return Optional.of(number.number().toPlainString());
        }
        return value instanceof NativeValue.Flag flag ? Optional.of(Boolean.toString(flag.flag())) : Optional.empty();
    }
}
