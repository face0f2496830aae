package dev.crmsync.adapter.pipedrive;

import dev.crmsync.http.HttpAnswer;
import dev.crmsync.http.HttpReply;
import dev.crmsync.spi.adapter.SetupStep;
import dev.crmsync.spi.adapter.SetupStep.State;
import dev.crmsync.spi.mapping.Access;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Mapping;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The custom fields that records of one kind need, found by their names and made where they are missing. Keys differ from account to
 * account, so each that is found is told: a field that is named by its key may be renamed.
 */
final class FieldSetup {
    private final ObjectKind kind;
    private final Settings settings;
    private final Catalogue catalogue;
    private final boolean dryRun;

    FieldSetup(ObjectKind kind, Settings settings, Catalogue catalogue, boolean dryRun) {
        this.kind = kind;
        this.settings = settings;
        this.catalogue = catalogue;
        this.dryRun = dryRun;
    }

    void take(Mapping mapping, List<SetupStep> steps) {
        List<AccountField> present = catalogue.refresh();
        boolean changed = false;
        String externalId = mapping.externalId();
        if (externalId != null && CustomFields.isCustom(externalId)) {
            SetupStep step = joinKey(CustomFields.field(externalId), present);
            changed |= step.state() == State.MADE;
            steps.add(step);
        }
        for (FieldMapping field : mapping.fields()) {
            for (String property : field.lens().properties()) {
                if (kind.equals(ObjectKind.PERSON) && property.equals(ContactMapping.labels(settings))) {
                    steps.add(labels(property));
                } else if (CustomFields.isCustom(property)) {
                    SetupStep step = mapped(field, CustomFields.field(property), present);
                    changed |= step.state() == State.MADE;
                    steps.add(step);
                }
            }
        }
        unread(mapping, steps);
        if (changed) {
            catalogue.refresh();
        }
    }

    private SetupStep joinKey(String name, List<AccountField> present) {
        AccountField field = Catalogue.choose(present, name).orElse(null);
        if (field == null) {
            return missing(name, "varchar", present);
        } else if (!field.found()) {
            return byHand("field '" + name + "' of " + kind.plural() + " is of type " + field.type()
                    + ", by which no record is looked up: make a text field, and name it with "
                    + (kind.equals(ObjectKind.PERSON) ? "externalId" : "ticketExternalId") + "(…)");
        }
        return present(field, "the join key");
    }

    private SetupStep mapped(FieldMapping mapped, String name, List<AccountField> present) {
        AccountField field = Catalogue.choose(present, name).orElse(null);
        if (field == null) {
            return missing(name, "text", present);
        } else if (!field.written() && mapped.access().writable() != Access.Writable.NEVER) {
            return byHand("field '" + name + "' is of type " + field.type() + ", which is not written: map "
                    + mapped.field() + " to a text field, or with Access.READ_ONLY");
        }
        return present(field, mapped.field().name());
    }

    private SetupStep labels(String property) {
        LabelOptions labels = new LabelOptions(property, catalogue);
        AccountField field = labels.field().orElse(null);
        if (field == null) {
            return byHand(
                    labels.custom()
                            ? "there is no one field '" + CustomFields.field(property)
                                    + "' for labels: make it in Pipedrive with the type multiple options"
                            : "Pipedrive shows no field of labels: name a custom field of the type multiple options with"
                                    + " labels(…)");
        } else if (labels.custom() && !field.type().equals(AccountField.SET)) {
            return byHand(
                    "field '" + field.name() + "' takes one value: make one of the type multiple options for labels");
        }
        return new SetupStep(State.PRESENT, "field '" + field.name() + "' for labels");
    }

    private SetupStep present(AccountField field, String what) {
        return new SetupStep(
                State.PRESENT,
                "field '" + field.name() + "' of " + kind.plural() + " for " + what + " (its key here: " + field.code()
                        + ")");
    }

    private SetupStep missing(String name, String type, List<AccountField> present) {
        if (!Catalogue.named(present, name).isEmpty()) {
            return byHand("several fields are called '" + name + "': name the one that is meant by its key");
        } else if (AccountField.HASH.matcher(name).matches()) {
            return byHand("there is no field with the key " + name + " in this account: keys differ from account to"
                    + " account");
        }
        String what = "field '" + name + "' of " + kind.plural() + " (" + type + ")";
        if (dryRun) {
            return new SetupStep(State.MISSING, what);
        }
        HttpReply reply = catalogue.make(name, type);
        if (reply instanceof HttpAnswer answer && Api.succeeded(answer)) {
            return new SetupStep(State.MADE, what);
        } else if (reply instanceof HttpAnswer answer
                && answer.status() >= 400
                && answer.status() < 500
                && answer.status() != 401
                && !Limits.putOff(answer)) {
            return byHand(what + " was refused: " + answer
                    + "; give the token's user, or the app, leave to manage fields," + " or make it in Pipedrive");
        }
        throw Api.fault(reply);
    }

    /** Fields that users map to further properties are read only when the definition names those fields too. */
    private void unread(Mapping mapping, List<SetupStep> steps) {
        SortedSet<String> unread = new TreeSet<>();
        mapping.fields().forEach(field -> unread.addAll(field.lens().properties()));
        if (mapping.externalId() != null) {
            unread.add(mapping.externalId());
        }
        unread.removeIf(property -> !CustomFields.isCustom(property)
                || property.equals(ContactMapping.labels(settings))
                || settings.customFields(kind).contains(CustomFields.field(property)));
        if (!unread.isEmpty()) {
            List<String> fields = unread.stream().map(CustomFields::field).toList();
            steps.add(byHand("the mapping names fields that are not looked at: add reading(\""
                    + String.join("\", \"", fields) + "\") to the Pipedrive system"));
        }
    }

    private static SetupStep byHand(String what) {
        return new SetupStep(State.BY_HAND, what);
    }
}
