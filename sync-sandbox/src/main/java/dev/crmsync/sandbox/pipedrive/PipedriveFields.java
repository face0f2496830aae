package dev.crmsync.sandbox.pipedrive;

import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Field;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Option;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The standard and custom fields of persons and deals. Guarded by the stand-in's lock. */
final class PipedriveFields {
    /** The system field of labels, as it is kept; a dial says how it is called. */
    static final String LABELS = "label_ids";

    private static final Set<String> TYPES = Set.of(
            "varchar",
            "text",
            "double",
            "phone",
            "date",
            "daterange",
            "time",
            "timerange",
            "set",
            "enum",
            "varchar_auto",
            "address",
            "monetary",
            "org",
            "people",
            "user");

    private final Parts parts;
    private final PipedriveState state;

    PipedriveFields(Parts parts, PipedriveState state) {
        this.parts = parts;
        this.state = state;
        addStandard();
    }

    /** The fields that every company has, where they are missing. */
    void addStandard() {
        state.numbers.putIfAbsent("option", Math.floorMod(parts.chance().bits("options", 0), 900L));
        if (state.fields(PipedriveKind.PERSON).isEmpty()) {
            standard(PipedriveKind.PERSON, "name", "Name", "varchar");
            standard(PipedriveKind.PERSON, "first_name", "First name", "varchar");
            standard(PipedriveKind.PERSON, "last_name", "Last name", "varchar");
            standard(PipedriveKind.PERSON, "emails", "Email", "varchar");
            standard(PipedriveKind.PERSON, "phones", "Phone", "phone");
            standard(PipedriveKind.PERSON, "owner_id", "Owner", "user");
            standard(PipedriveKind.PERSON, "org_id", "Organization", "org");
            labels(PipedriveKind.PERSON, "Customer", "Hot lead", "Warm lead", "Cold lead");
        }
        if (state.fields(PipedriveKind.DEAL).isEmpty()) {
            standard(PipedriveKind.DEAL, "title", "Title", "varchar");
            standard(PipedriveKind.DEAL, "value", "Value", "monetary");
            standard(PipedriveKind.DEAL, "status", "Status", "status");
            standard(PipedriveKind.DEAL, "stage_id", "Stage", "stage");
            standard(PipedriveKind.DEAL, "person_id", "Contact person", "people");
            standard(PipedriveKind.DEAL, "owner_id", "Owner", "user");
            standard(PipedriveKind.DEAL, "lost_reason", "Lost reason", "varchar");
            labels(PipedriveKind.DEAL, "Hot", "Warm", "Cold");
        }
    }

    private void labels(PipedriveKind kind, String... names) {
        Field labels = standard(kind, LABELS, "Label", "set");
        addOptions(labels, List.of(names));
    }

    private Field standard(PipedriveKind kind, String code, String name, String type) {
        Field field = new Field();
        field.id = state.next("field");
        field.code = code;
        field.name = name;
        field.type = type;
        field.addTime = parts.clock().millis();
        state.fields(kind).put(code, field);
        return field;
    }

    /** A new custom field; its code is random, and another one in every company. */
    Field define(PipedriveKind kind, String name, String type, List<String> options) {
        if (name.isBlank()) {
            throw PipedriveErrors.invalid("field_name: must not be empty");
        }
        if (!TYPES.contains(type)) {
            throw PipedriveErrors.invalid(
                    "field_type: must be one of " + TYPES.stream().sorted().toList());
        }
        boolean twice = all(kind).stream().anyMatch(one -> one.name.equals(name));
        if (twice && parts.dials().is("fields.duplicate_names", "reject")) {
            throw PipedriveErrors.invalid("field_name: there is a field of this name");
        }
        Field field = new Field();
        field.id = state.next("field");
        field.type = type;
        if (field.hasOptions() && options.isEmpty()) {
            throw PipedriveErrors.invalid("options: are required for " + type);
        }
        field.code = code(kind, field.id);
        field.name = name;
        field.custom = true;
        field.addTime = parts.clock().millis();
        if (field.hasOptions()) {
            addOptions(field, options);
        }
        state.fields(kind).put(field.code, field);
        return field;
    }

    /** Adds options; the new ones. */
    List<Option> addOptions(Field field, List<String> labels) {
        Set<String> held =
                new HashSet<>(field.options.stream().map(one -> one.label).toList());
        for (String label : labels) {
            if (label.isBlank() || !held.add(label)) {
                throw PipedriveErrors.invalid("options: empty or there already: " + label);
            }
        }
        List<Option> fresh = new ArrayList<>();
        for (String label : labels) {
            Option option = new Option();
            option.id = state.next("option");
            option.label = label;
            fresh.add(option);
        }
        field.options.addAll(fresh);
        return fresh;
    }

    Collection<Field> all(PipedriveKind kind) {
        return state.fields(kind).values();
    }

    List<Field> customs(PipedriveKind kind) {
        return all(kind).stream().filter(one -> one.custom).toList();
    }

    /** The field of a code, as the dial calls it; null when there is none. */
    @Nullable Field find(PipedriveKind kind, String code) {
        Map<String, Field> fields = state.fields(kind);
        String labels = parts.dials().word("labels.field_code");
        if (code.equals(labels)) {
            return fields.get(LABELS);
        }
        return code.equals(LABELS) ? null : fields.get(code);
    }

    /** How a field is called in answers. */
    String shown(Field field) {
        return field.code.equals(LABELS) ? parts.dials().word("labels.field_code") : field.code;
    }

    /** The system field of labels. */
    Field labels(PipedriveKind kind) {
        Field labels = state.fields(kind).get(LABELS);
        if (labels == null) {
            throw new IllegalStateException("No labels of " + kind.plural());
        }
        return labels;
    }

    private String code(PipedriveKind kind, long number) {
        String stream = "field " + kind.word();
        return String.format(
                "%016x%016x%08x",
                parts.chance().bits(stream, 3 * number),
                parts.chance().bits(stream, 3 * number + 1),
                parts.chance().bits(stream, 3 * number + 2) >>> 32);
    }
}
