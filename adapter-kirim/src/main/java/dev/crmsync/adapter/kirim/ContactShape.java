package dev.crmsync.adapter.kirim;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.http.Json;
import dev.crmsync.spi.model.NativeValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A contact as Kirim shows it, in REST and in events, read with suspicion: every field is optional and may have any JSON
 * type. What is missing or of a type that makes no sense is absent; what is null is empty.
 */
final class ContactShape {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,100}");
    private static final Pattern LABEL_ID = Pattern.compile("lbl_[0-9A-HJKMNP-TV-Z]{26}");

    /** Later times are no times, and some databases cannot hold them. */
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    private final JsonNode json;

    ContactShape(JsonNode json) {
        this.json = json;
    }

    Optional<String> id() {
        return Optional.ofNullable(json.path("id").textValue()).filter(ID.asMatchPredicate());
    }

    Optional<Instant> createdAt() {
        return time(json.path("created_at"));
    }

    Optional<Instant> updatedAt() {
        return time(json.path("updated_at"));
    }

    /** The digits of the number that the contact belongs to, or the empty text when they are not told. */
    String accountDigits() {
        return Settings.digits(
                json.path("whatsapp_account").path("phone_number").asText(""));
    }

    /** The native properties that are known. */
    Map<String, NativeValue> properties() {
        Map<String, NativeValue> known = new TreeMap<>();
        for (String name : List.of(ContactMapping.NAME, ContactMapping.EMAIL, ContactMapping.PHONE_NUMBER)) {
            put(known, name, text(json.path(name)));
        }
        put(known, ContactMapping.METADATA, metadata(json.path(ContactMapping.METADATA)));
        put(known, ContactMapping.LABELS, labels(json.path(ContactMapping.LABELS)));
        return known;
    }

    /** Whether these are all the properties that a read can show. */
    static boolean whole(Map<String, NativeValue> properties) {
        return properties
                .keySet()
                .containsAll(Set.of(
                        ContactMapping.NAME,
                        ContactMapping.EMAIL,
                        ContactMapping.PHONE_NUMBER,
                        ContactMapping.METADATA));
    }

    private static void put(Map<String, NativeValue> known, String name, @Nullable NativeValue value) {
        if (value != null) {
            known.put(name, value);
        }
    }

    private static @Nullable NativeValue text(JsonNode value) {
        if (value.isNull()) {
            return NativeValue.EMPTY;
        }
        return value.isValueNode() ? NativeValue.text(value.asText()) : null;
    }

    /**
     * The values keep their JSON types: metadata is written back whole, and keys that belong to others must go back as
     * they came. Lenses show them as one text each.
     */
    private static @Nullable NativeValue metadata(JsonNode bag) {
        return bag.isNull() || bag.isObject() ? Json.toNative(bag) : null;
    }

    /**
     * Only a list says something about labels, and only when each of them tells its name: a list in which one could not be
     * named would look as if that one had been taken off.
     */
    private static @Nullable NativeValue labels(JsonNode list) {
        if (!list.isArray()) {
            return null;
        }
        List<NativeValue> names = new ArrayList<>();
        for (JsonNode label : list) {
            String name = (label.isObject() ? label.path("name") : label).textValue();
            if (name == null
                    || name.isBlank()
                    || !label.isObject() && LABEL_ID.matcher(name).matches()) {
                return null;
            }
            names.add(NativeValue.text(name));
        }
        return new NativeValue.Items(names);
    }

    /** An instant in ISO 8601, or empty when it is missing, malformed or beyond what calendars are for. */
    static Optional<Instant> time(JsonNode node) {
        String text = node.textValue();
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant())
                    .filter(time -> !time.isBefore(Instant.EPOCH) && !time.isAfter(LAST));
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }
}
