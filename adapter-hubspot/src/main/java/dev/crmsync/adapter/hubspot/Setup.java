package dev.crmsync.adapter.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.http.HttpAnswer;
import dev.crmsync.http.HttpCall;
import dev.crmsync.http.HttpReply;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Describes.NativeProperty;
import dev.crmsync.spi.adapter.SetupStep;
import dev.crmsync.spi.adapter.SetupStep.State;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Conversation;
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
    private final Api api;
    private final TokenInfo token;

    Setup(Settings settings, Api api, TokenInfo token) {
        this.settings = settings;
        this.api = api;
        this.token = token;
    }

    List<SetupStep> setUp(List<Mapping> mappings, boolean dryRun) {
        Map<String, Mapping> byType = new HashMap<>();
        mappings.forEach(mapping -> byType.put(mapping.type(), mapping));
        byType.putIfAbsent(Contact.TYPE, ContactMapping.of(settings));
        List<SetupStep> steps = new ArrayList<>(token.steps(byType.keySet()));
        for (ObjectKind kind : List.of(ObjectKind.CONTACT, ObjectKind.TICKET, ObjectKind.NOTE)) {
            Mapping mapping = byType.get(kind.type());
            if (mapping != null) {
                permitted(kind, steps, () -> new OfKind(kind, mapping, dryRun).take(steps));
            }
        }
        if (byType.containsKey(Conversation.TYPE)) {
            permitted(ObjectKind.TICKET, steps, () -> steps.addAll(pipeline()));
        }
        steps.addAll(webhooks(byType));
        return steps;
    }

    /** What the app may not look at yet is told with the other steps, so that a person sees them all at once. */
    private static void permitted(ObjectKind kind, List<SetupStep> steps, Runnable part) {
        try {
            part.run();
        } catch (SyncException e) {
            if (kind.equals(ObjectKind.CONTACT) || e.kind() != SyncException.Kind.AUTH) {
                throw e;
            }
            steps.add(new SetupStep(
                    State.BY_HAND,
                    "the app may not look at " + kind.plural()
                            + ": give it the scopes above, then run the set-up again"));
        }
    }

    /** What the objects of one kind need. */
    private final class OfKind {
        private final ObjectKind kind;
        private final Mapping mapping;
        private final boolean dryRun;
        private final Properties properties;

        OfKind(ObjectKind kind, Mapping mapping, boolean dryRun) {
            this.kind = kind;
            this.mapping = mapping;
            this.dryRun = dryRun;
            this.properties = new Properties(api.about(kind));
        }

        void take(List<SetupStep> steps) {
            Map<String, NativeProperty> present = new HashMap<>();
            properties.describe().forEach(property -> present.put(property.name(), property));
            String externalId = mapping.externalId();
            if (externalId != null) {
                steps.add(externalId(externalId, present.get(externalId)));
            }
            for (FieldMapping field : mapping.fields()) {
                for (String name : field.lens().properties()) {
                    if (kind.link() == null || !name.equals(kind.link().property())) {
                        steps.add(mapped(field, name, present.get(name)));
                    }
                }
            }
            unread(steps);
        }

        private SetupStep externalId(String name, @Nullable NativeProperty present) {
            if (present == null) {
                return make(name, "Kirim " + kind.type() + " id", kind.unique());
            } else if (kind.unique() && !present.unique()) {
                return new SetupStep(
                        State.BY_HAND,
                        "property " + name + " does not demand unique values, which HubSpot settles when a property is"
                                + " made: delete it, or name another one with "
                                + (kind.equals(ObjectKind.CONTACT) ? "externalId" : "ticketExternalId") + "(…)");
            }
            return new SetupStep(State.PRESENT, "property " + name + (kind.unique() ? " with unique values" : ""));
        }

        private SetupStep mapped(FieldMapping field, String name, @Nullable NativeProperty present) {
            if (present == null) {
                return make(name, label(name), false);
            } else if (!present.writable() && field.access().writable() != Access.Writable.NEVER) {
                return new SetupStep(
                        State.BY_HAND,
                        "property " + name + " cannot be written: map " + field.field() + " to another one, or with"
                                + " Access.READ_ONLY");
            }
            return new SetupStep(State.PRESENT, "property " + name + " for " + field.field());
        }

        private SetupStep make(String name, String label, boolean unique) {
            String of = kind.equals(ObjectKind.CONTACT) ? "" : " of " + kind.plural();
            String what = "property " + name + of + " (text" + (unique ? ", unique values)" : ")");
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

        private String remedy(HttpAnswer answer, boolean unique) {
            if (answer.status() == 403) {
                return "; give the app the scope "
                        + (kind.equals(ObjectKind.TICKET) ? "tickets" : "crm.schemas.contacts.write")
                        + ", or make the property in HubSpot";
            } else if (answer.status() == 409) {
                return "; a property of that name was archived or is of another kind: restore or delete it in HubSpot";
            }
            return unique ? "; an account may have ten properties with unique values for " + kind.plural() : "";
        }

        /** Fields that users map to further properties are read only when the definition names those properties too. */
        private void unread(List<SetupStep> steps) {
            SortedSet<String> unread = new TreeSet<>();
            mapping.fields().forEach(field -> unread.addAll(field.lens().properties()));
            if (mapping.externalId() != null) {
                unread.add(mapping.externalId());
            }
            unread.removeAll(settings.known(kind));
            if (kind.link() != null) {
                unread.remove(kind.link().property());
            }
            if (!unread.isEmpty()) {
                steps.add(new SetupStep(
                        State.BY_HAND,
                        "the mapping names properties that reads do not ask for: add reading(" + quoted(unread)
                                + ") to the HubSpot system"));
            }
        }
    }

    private static String quoted(SortedSet<String> names) {
        return "\"" + String.join("\", \"", names) + "\"";
    }

    /** The stages that the settings name must be those of the pipeline, or statuses cannot be told. */
    private List<SetupStep> pipeline() {
        HttpAnswer answer = api.read(HttpCall.get(api.about(ObjectKind.TICKET).pipelines()));
        for (JsonNode pipeline : Api.body(answer).path("results")) {
            if (pipeline.path("id").asText("").equals(settings.ticketPipeline())) {
                SortedSet<String> stages = new TreeSet<>();
                pipeline.path("stages")
                        .forEach(stage -> stages.add(stage.path("id").asText("")));
                SortedSet<String> unknown = new TreeSet<>(settings.stages().keySet());
                unknown.removeAll(stages);
                SortedSet<String> unmapped = new TreeSet<>(stages);
                unmapped.removeAll(settings.stages().keySet());
                return List.of(
                        unknown.isEmpty() && unmapped.isEmpty()
                                ? new SetupStep(State.PRESENT, "pipeline of tickets with its stages " + stages)
                                : new SetupStep(
                                        State.BY_HAND,
                                        "the pipeline of tickets has the stages " + stages
                                                + ": name each with its status in ticketPipeline(…) on the HubSpot system"));
            }
        }
        return List.of(new SetupStep(
                State.BY_HAND,
                "there is no pipeline of tickets with the id " + settings.ticketPipeline()
                        + ": correct ticketPipeline(…) on the HubSpot system"));
    }

    private List<SetupStep> webhooks(Map<String, Mapping> byType) {
        List<String> subscriptions = new ArrayList<>();
        for (ObjectKind kind : List.of(ObjectKind.CONTACT, ObjectKind.TICKET)) {
            Mapping mapping = byType.get(kind.type());
            if (mapping != null) {
                SortedSet<String> watched = new TreeSet<>();
                mapping.fields().forEach(field -> watched.addAll(field.lens().properties()));
                watched.removeIf(name -> name.startsWith("@"));
                if (kind.equals(ObjectKind.TICKET)) {
                    watched.add(Scope.PIPELINE);
                }
                subscriptions.add("subscribe the app to the " + kind.singular() + " events creation, deletion, "
                        + (kind.equals(ObjectKind.CONTACT) ? "privacyDeletion, " : "associationChange (to contacts), ")
                        + "merge and restore, and to propertyChange once for each of: " + String.join(", ", watched));
            }
        }
        String target = settings.webhookTarget() == null ? "your public webhook address" : settings.webhookTarget();
        List<SetupStep> steps = new ArrayList<>(List.of(
                new SetupStep(
                        State.BY_HAND,
                        "webhooks need a project-based app with static authentication (private apps made earlier go on"
                                + " working; Service Keys bring none): make one with the HubSpot CLI, install it, and"
                                + " give its access token and client secret to the HubSpot system"),
                new SetupStep(
                        State.BY_HAND,
                        "in the app's webhooks set the target URL to " + target
                                + " with a limit of 5 concurrent requests or more")));
        subscriptions.forEach(what -> steps.add(new SetupStep(State.BY_HAND, what)));
        return steps;
    }

    private static String label(String name) {
        String spaced = name.replace('_', ' ');
        return Character.toUpperCase(spaced.charAt(0)) + spaced.substring(1);
    }
}
