package dev.crmsync.adapter.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.crmsync.http.Json;
import dev.crmsync.spi.adapter.Outcome.Rejection;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.NativeValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A person as the second version of the API shows it. */
final class PersonShape implements Shape {
    private static final String EMAILS = "emails";
    private static final String PHONES = "phones";

    private final CustomFields customs;
    private final Catalogue catalogue;
    private final LabelOptions labels;

    PersonShape(Settings settings, Catalogue catalogue) {
        this.catalogue = catalogue;
        this.customs = new CustomFields(settings.customFields(ObjectKind.PERSON), catalogue);
        this.labels = new LabelOptions(ContactMapping.labels(settings), catalogue);
    }

    @Override
    public ObjectKind kind() {
        return ObjectKind.PERSON;
    }

    @Override
    public Map<String, NativeValue> properties(JsonNode row) {
        Map<String, NativeValue> values = new TreeMap<>();
        customs.read(row.path("custom_fields"), values);
        Members.text(row, ContactMapping.NAME, values);
        Members.id(row, ContactMapping.OWNER, values);
        if (row.path(EMAILS).isArray()) {
            values.put(ContactMapping.EMAIL, Addresses.emails(row.path(EMAILS)).primary());
        }
        if (row.path(PHONES).isArray()) {
            values.put(ContactMapping.PHONE, Addresses.phones(row.path(PHONES)).primary());
        }
        NativeValue named = labels.read(row);
        if (named != null) {
            values.put(labels.property(), named);
        } else {
            values.remove(labels.property());
        }
        return values;
    }

    @Override
    public Optional<ChangeKind> gone(JsonNode row) {
        return Shape.deleted(row) ? Optional.of(ChangeKind.DELETE) : Optional.empty();
    }

    @Override
    public boolean needsCurrent(Write write) {
        return !write.creates()
                && List.of(ContactMapping.EMAIL, ContactMapping.PHONE, labels.property()).stream()
                        .anyMatch(write.properties()::containsKey);
    }

    @Override
    public Draft draft(Write write, @Nullable JsonNode current) {
        Draft draft = new Draft();
        write.properties().forEach((property, value) -> put(write.creates(), property, value, current, draft));
        Members.externalId(write, customs, true, draft);
        return draft;
    }

    private void put(boolean creates, String property, NativeValue value, @Nullable JsonNode current, Draft draft) {
        if (property.equals(labels.property())) {
            if (!creates || !value.isBlank()) {
                labels.write(value, current, draft);
            }
            return;
        } else if (CustomFields.isCustom(property)) {
            Members.custom(property, value, customs, true, creates, draft);
            return;
        }
        switch (property) {
            case ContactMapping.NAME -> Members.putText(ContactMapping.NAME, value, property, creates, draft);
            case ContactMapping.EMAIL ->
                address(EMAILS, Addresses.emails(rows(current, EMAILS)), property, value, creates, draft);
            case ContactMapping.PHONE ->
                address(PHONES, Addresses.phones(rows(current, PHONES)), property, value, creates, draft);
            case ContactMapping.OWNER -> Members.putId(ContactMapping.OWNER, value, property, creates, draft);
            default -> draft.refuse(Rejection.READ_ONLY, property, "a person has no such property that is written");
        }
    }

    private static JsonNode rows(@Nullable JsonNode current, String member) {
        return current == null ? Json.array() : current.path(member);
    }

    private static void address(
            String member, Addresses held, String property, NativeValue value, boolean creates, Draft draft) {
        if (value.isBlank()) {
            if (held.others()) {
                // The next one would become the primary, and look like an edit that somebody had made.
                draft.refuse(
                        Rejection.INVALID,
                        property,
                        "the person has others beside it, one of which Pipedrive would put in its place");
            } else if (!creates) {
                draft.put(member, Json.array(), property);
            }
            return;
        }
        Optional<String> text = CustomFields.text(value);
        if (text.isEmpty()) {
            draft.refuse(Rejection.INVALID, property, "it takes text or nothing");
            return;
        }
        ArrayNode array = held.with(text.get());
        draft.put(member, array, property);
    }

    @Override
    public boolean outOfDate() {
        Set<AccountField> before = Set.copyOf(catalogue.fields());
        return !Set.copyOf(catalogue.refresh()).equals(before);
    }
}
