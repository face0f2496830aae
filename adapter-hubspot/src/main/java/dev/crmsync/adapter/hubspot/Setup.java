package dev.crmsync.adapter.hubspot;

import dev.crmsync.http.HttpAnswer;
import dev.crmsync.http.HttpReply;
import dev.crmsync.spi.adapter.Describes.NativeProperty;
import dev.crmsync.spi.adapter.SetupStep;
import dev.crmsync.spi.adapter.SetupStep.State;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.mapping.Access;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Mapping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Prepares an account: makes the properties that are missing, and says what a person must click. */
final class Setup {
    private final Settings settings;
    private final Properties properties;
    private final TokenInfo token;

    Setup(Settings settings, Properties properties, TokenInfo token) {
        this.settings = settings;
        this.properties = properties;
        this.token = token;
    }

    List<SetupStep> setUp(List<Mapping> mappings, boolean dryRun) {
        Mapping mapping = mappings.stream()
                .filter(candidate -> candidate.type().equals(Contact.TYPE))
                .findFirst()
                .orElseGet(() -> ContactMapping.of(settings));
        List<SetupStep> steps = new ArrayList<>(token.steps());
        Map<String, NativeProperty> present = new HashMap<>();
        properties.describe().forEach(property -> present.put(property.name(), property));
        String externalId = mapping.externalId();
        if (externalId != null) {
            steps.add(externalId(externalId, present.get(externalId), dryRun));
        }
        for (FieldMapping field : mapping.fields()) {
            for (String name : field.lens().properties()) {
                steps.add(mapped(field, name, present.get(name), dryRun));
            }
        }
        unread(mapping, steps);
        steps.addAll(webhooks(mapping));
        return steps;
    }

    private SetupStep externalId(String name, @Nullable NativeProperty present, boolean dryRun) {
        if (present == null) {
            return make(name, "Kirim contact id", true, dryRun);
        } else if (!present.unique()) {
            return new SetupStep(
                    State.BY_HAND,
                    "property " + name + " does not demand unique values, which HubSpot settles when a property is"
                            + " made: delete it, or name another one with externalId(…)");
        }
        return new SetupStep(State.PRESENT, "property " + name + " with unique values");
    }

    private SetupStep mapped(FieldMapping field, String name, @Nullable NativeProperty present, boolean dryRun) {
        if (present == null) {
            return make(name, label(name), false, dryRun);
        } else if (!present.writable() && field.access().writable() != Access.Writable.NEVER) {
            return new SetupStep(
                    State.BY_HAND,
                    "property " + name + " cannot be written: map " + field.field() + " to another one, or with"
                            + " Access.READ_ONLY");
        }
        return new SetupStep(State.PRESENT, "property " + name + " for " + field.field());
    }

    private SetupStep make(String name, String label, boolean unique, boolean dryRun) {
        String what = "property " + name + " (text" + (unique ? ", unique values)" : ")");
        if (dryRun) {
            return new SetupStep(State.MISSING, what);
        }
        HttpReply reply = properties.make(name, label, unique);
        if (reply instanceof HttpAnswer answer && answer.ok()) {
            return new SetupStep(State.MADE, what);
        } else if (reply instanceof HttpAnswer answer && answer.status() == 409 && isThereNow(name, unique)) {
            return new SetupStep(State.PRESENT, what);
        } else if (reply instanceof HttpAnswer answer
                && answer.status() >= 400
                && answer.status() < 500
                && answer.status() != 401
                && !Api.putOff(answer)) {
            return new SetupStep(State.BY_HAND, what + " was refused: " + answer + remedy(answer, unique));
        }
        throw Api.fault(reply);
    }

    private boolean isThereNow(String name, boolean unique) {
        return properties.describe().stream()
                .anyMatch(property -> property.name().equals(name) && property.unique() == unique);
    }

    private static String remedy(HttpAnswer answer, boolean unique) {
        if (answer.status() == 403) {
            return "; give the app the scope crm.schemas.contacts.write, or make the property in HubSpot";
        } else if (answer.status() == 409) {
            return "; a property of that name was archived or is of another kind: restore or delete it in HubSpot";
        }
        return unique ? "; an account may have ten properties with unique values for contacts" : "";
    }

    /** Fields that users map to further properties are read only when the definition names those properties too. */
    private void unread(Mapping mapping, List<SetupStep> steps) {
        SortedSet<String> unread = new TreeSet<>();
        mapping.fields().forEach(field -> unread.addAll(field.lens().properties()));
        if (mapping.externalId() != null) {
            unread.add(mapping.externalId());
        }
        unread.removeAll(settings.known());
        if (!unread.isEmpty()) {
            steps.add(new SetupStep(
                    State.BY_HAND,
                    "the mapping names properties that reads do not ask for: add reading(" + quoted(unread)
                            + ") to the HubSpot system"));
        }
    }

    private static String quoted(SortedSet<String> names) {
        return "\"" + String.join("\", \"", names) + "\"";
    }

    private List<SetupStep> webhooks(Mapping mapping) {
        SortedSet<String> watched = new TreeSet<>();
        mapping.fields().forEach(field -> watched.addAll(field.lens().properties()));
        String target = settings.webhookTarget() == null ? "your public webhook address" : settings.webhookTarget();
        return List.of(
                new SetupStep(
                        State.BY_HAND,
                        "webhooks need a project-based app with static authentication (private apps made earlier go on"
                                + " working; Service Keys bring none): make one with the HubSpot CLI, install it, and"
                                + " give its access token and client secret to the HubSpot system"),
                new SetupStep(
                        State.BY_HAND,
                        "in the app's webhooks set the target URL to " + target
                                + " with a limit of 5 concurrent requests or more"),
                new SetupStep(
                        State.BY_HAND,
                        "subscribe the app to the contact events creation, deletion, privacyDeletion, merge and restore,"
                                + " and to propertyChange once for each of: " + String.join(", ", watched)));
    }

    private static String label(String name) {
        String spaced = name.replace('_', ' ');
        return Character.toUpperCase(spaced.charAt(0)) + spaced.substring(1);
    }
}
