package dev.crmsync.adapter.notion;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.http.HttpAnswer;
import dev.crmsync.http.HttpReply;
import dev.crmsync.http.Json;
import dev.crmsync.spi.adapter.SetupStep;
import dev.crmsync.spi.adapter.SetupStep.State;
import dev.crmsync.spi.field.FieldType;
import dev.crmsync.spi.field.User;
import dev.crmsync.spi.mapping.Access;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The properties that the pages of one data source need, found by their names or ids and made where they are missing. Each id that is
 * found is told: a property that the definition names by its id may be renamed.
 */
final class PropertySetup {
    private final RecordKind kind;
    private final Settings settings;
    private final Schema schema;
    private final boolean dryRun;

    PropertySetup(RecordKind kind, Settings settings, Schema schema, boolean dryRun) {
        this.kind = kind;
        this.settings = settings;
        this.schema = schema;
        this.dryRun = dryRun;
    }

    void take(Mapping mapping, List<SetupStep> steps) {
        List<SchemaProperty> present = schema.refresh();
        String externalId = mapping.externalId();
        if (externalId != null && Rows.isProperty(externalId)) {
            steps.add(joinKey(Rows.nameOrId(externalId), present));
        }
        for (FieldMapping field : mapping.fields()) {
            for (String property : field.lens().properties()) {
                if (Rows.isProperty(property)) {
                    steps.add(mapped(field, Rows.nameOrId(property), present));
                }
            }
        }
        unread(mapping, steps);
        if (steps.stream().anyMatch(step -> step.state() == State.MADE)) {
            schema.refresh();
        }
    }

    private SetupStep joinKey(String name, List<SchemaProperty> present) {
        SchemaProperty property = schema.choose(present, name).orElse(null);
        if (property == null) {
            return missing(name, SchemaProperty.TEXT, Json.object());
        } else if (!property.found()) {
            return byHand(told(name) + " is of type " + property.type()
                    + ", by which no page is looked up: make a text property, and name it in the definition");
        }
        return present(property, "the join key");
    }

    private SetupStep mapped(FieldMapping field, String name, List<SchemaProperty> present) {
        SchemaProperty property = schema.choose(present, name).orElse(null);
        if (property == null) {
            return missing(name, type(field), configuration(field));
        }
        String what = field.field().name();
        boolean writes = field.access().writable() != Access.Writable.NEVER;
        if (!property.written() && writes) {
            return byHand(told(name) + " is of type " + property.type() + ", which is not written: map " + what
                    + " to a text property, or with Access.READ_ONLY");
        } else if (!fits(field, property)) {
            return byHand(told(name) + " is of type " + property.type() + ", which holds no " + what
                    + ": make one of type " + type(field));
        } else if (field.field().type() == FieldType.TIME && property.type().equals(SchemaProperty.DATE) && writes) {
            return byHand(told(name) + " is a date, which holds whole minutes: map " + what
                    + " to a text property, or with Access.READ_ONLY");
        }
        SetupStep lacking = options(field, property);
        return lacking == null ? present(property, what) : lacking;
    }

    /** Options of a status are made by people, those of a select by being written. */
    private @Nullable SetupStep options(FieldMapping field, SchemaProperty property) {
        if (!(field.lens() instanceof Lens.Coded coded) || !property.type().equals(SchemaProperty.STATUS)) {
            return null;
        }
        SortedSet<String> missing = new TreeSet<>(coded.nativeByCanonical().values());
        missing.removeAll(property.options().keySet());
        if (missing.isEmpty()) {
            return null;
        }
        return byHand(told(property.name()) + " has no options " + missing + ": add them in Notion, or name its own "
                + property.options().keySet() + " with their statuses in states(…)");
    }

    private static boolean fits(FieldMapping field, SchemaProperty property) {
        return switch (field.field().type()) {
            case MEMBERS -> property.type().equals(SchemaProperty.MULTI_SELECT);
            case REFERENCE, REFERENCES -> property.refers();
            case ENUMERATION ->
                Set.of(SchemaProperty.SELECT, SchemaProperty.STATUS, SchemaProperty.TEXT, SchemaProperty.TITLE)
                        .contains(property.type());
            default -> !property.refers();
        };
    }

    /** The type of a property that is made for a field. */
    private static String type(FieldMapping field) {
        return switch (field.field().type()) {
            case EMAIL -> "email";
            case PHONE -> "phone_number";
            case NUMBER -> SchemaProperty.NUMBER;
            case FLAG -> SchemaProperty.CHECKBOX;
            case ENUMERATION -> SchemaProperty.SELECT;
            case MEMBERS -> SchemaProperty.MULTI_SELECT;
            case REFERENCE, REFERENCES -> toPage(field) ? SchemaProperty.RELATION : SchemaProperty.PEOPLE;
            default -> SchemaProperty.TEXT;
        };
    }

    private static boolean toPage(FieldMapping field) {
        return !User.TYPE.equals(field.field().target());
    }

    private ObjectNode configuration(FieldMapping field) {
        ObjectNode made = Json.object();
        if (field.lens() instanceof Lens.Coded coded) {
            ArrayNode options = made.putArray("options");
            new TreeSet<>(coded.nativeByCanonical().values())
                    .forEach(name -> options.addObject().put("name", name));
        } else if (type(field).equals(SchemaProperty.RELATION)) {
            made.put("data_source_id", settings.contacts()).put("type", "single_property");
            made.putObject("single_property");
        }
        return made;
    }

    private SetupStep missing(String name, String type, ObjectNode configuration) {
        if (!name.equals(SchemaProperty.plain(name))) {
            return byHand("there is no property with the id " + name + " in the data source of " + kind.type()
                    + "s: ids differ from data source to data source");
        }
        String what = told(name) + " (" + type + ")";
        if (dryRun) {
            return new SetupStep(State.MISSING, what);
        }
        ObjectNode made = Json.object();
        made.set(type, configuration);
        HttpReply reply = schema.make(name, made);
        if (reply instanceof HttpAnswer answer && Api.succeeded(answer)) {
            return new SetupStep(State.MADE, what);
        } else if (reply instanceof HttpAnswer answer
                && answer.status() >= 400
                && answer.status() < 500
                && answer.status() != 401
                && answer.status() != 409
                && answer.json().isPresent()
                && !Limits.putOff(answer)) {
            return byHand(what + " was refused: " + answer
                    + "; give the connection the capability to update content, or make it in Notion");
        }
        throw Api.fault(reply);
    }

    /** Properties that users map to further fields are read only when the definition names those properties too. */
    private void unread(Mapping mapping, List<SetupStep> steps) {
        SortedSet<String> unread = new TreeSet<>();
        mapping.fields().forEach(field -> unread.addAll(field.lens().properties()));
        if (mapping.externalId() != null) {
            unread.add(mapping.externalId());
        }
        unread.removeIf(
                property -> !Rows.isProperty(property) || kind.properties().contains(Rows.nameOrId(property)));
        if (!unread.isEmpty()) {
            List<String> names = unread.stream().map(Rows::nameOrId).toList();
            steps.add(byHand("the mapping names properties that are not looked at: add reading(\""
                    + String.join("\", \"", names) + "\") to the Notion system"));
        }
    }

    private SetupStep present(SchemaProperty property, String what) {
        return new SetupStep(
                State.PRESENT, told(property.name()) + " for " + what + " (its id here: " + property.id() + ")");
    }

    private String told(String name) {
        return "property '" + name + "' of the " + kind.type() + "s";
    }

    private static SetupStep byHand(String what) {
        return new SetupStep(State.BY_HAND, what);
    }
}
