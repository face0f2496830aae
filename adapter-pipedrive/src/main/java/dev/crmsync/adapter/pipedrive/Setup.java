package dev.crmsync.adapter.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.http.HttpAnswer;
import dev.crmsync.http.HttpCall;
import dev.crmsync.spi.adapter.SetupStep;
import dev.crmsync.spi.adapter.SetupStep.State;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Conversation;
import dev.crmsync.spi.mapping.Mapping;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Prepares a company: makes the custom fields and webhooks that are missing, and says what a person must do. */
final class Setup {
    private final Settings settings;
    private final Api api;
    private final Map<ObjectKind, Catalogue> catalogues;
    private final Subscriptions subscriptions;
    private final BasicCredentials credentials;

    Setup(
            Settings settings,
            Api api,
            Map<ObjectKind, Catalogue> catalogues,
            Subscriptions subscriptions,
            BasicCredentials credentials) {
        this.settings = settings;
        this.api = api;
        this.catalogues = Map.copyOf(catalogues);
        this.subscriptions = subscriptions;
        this.credentials = credentials;
    }

    List<SetupStep> setUp(List<Mapping> mappings, boolean dryRun) {
        Map<String, Mapping> byType = new HashMap<>();
        mappings.forEach(mapping -> byType.put(mapping.type(), mapping));
        byType.putIfAbsent(Contact.TYPE, ContactMapping.of(settings));
        List<SetupStep> steps = new ArrayList<>();
        identity(steps);
        for (ObjectKind kind : settings.kinds()) {
            Mapping mapping = byType.get(kind.type());
            Catalogue catalogue = catalogues.get(kind);
            if (mapping != null && catalogue != null && kind.fields() != null) {
                new FieldSetup(kind, settings, catalogue, dryRun).take(mapping, steps);
            }
        }
        if (byType.containsKey(Conversation.TYPE) && settings.pipeline() != null) {
            steps.add(pipeline(settings.pipeline()));
        }
        webhooks(List.copyOf(byType.keySet()), dryRun, steps);
        return steps;
    }

    /** Whose token it is; throws with the remedy when it is nobody's. */
    private void identity(List<SetupStep> steps) {
        HttpAnswer answer = api.read(HttpCall.get(ObjectKind.V1 + "/users/me"));
        JsonNode me = Api.data(answer);
        steps.add(new SetupStep(State.PRESENT, "the token is good"));
        compare("companyId", settings.companyId(), me.path("company_id").asText(""), true, steps);
        compare("dedicatedUser", settings.userId(), me.path("id").asText(""), false, steps);
        if (!me.path("is_admin").asBoolean(me.path("is_admin").asInt(0) == 1)) {
            steps.add(new SetupStep(
                    State.BY_HAND,
                    "the token's user is no admin: records that the user may not see are not synced, and no webhook tells"
                            + " of them; use the token of an admin of the top visibility group"));
        }
        if (settings.oauth()) {
            steps.add(
                    new SetupStep(
                            State.BY_HAND,
                            "check that the app has the scopes contacts:full, deals:full"
                                    + (ObjectKind.LEAD.equals(settings.tickets()) ? ", leads:full" : "")
                                    + (ObjectKind.ACTIVITY.equals(settings.messages()) ? ", activities:full" : "")
                                    + ", search:read, contact-fields:full, deal-fields:full and admin: Pipedrive does not tell"));
        }
    }

    private static void compare(
            String setting, @Nullable String given, String told, boolean wanted, List<SetupStep> steps) {
        if (!told.matches("[0-9]{1,18}") || told.equals(given) || given == null && !wanted) {
            return;
        }
        steps.add(new SetupStep(
                State.BY_HAND,
                (given == null ? "add " : "this token belongs to another one than was configured: correct it to ")
                        + setting + "(\"" + told + "\") on the Pipedrive system"));
    }

    /** The stages that the settings name must be those of the pipeline, or statuses cannot be told. */
    private SetupStep pipeline(String id) {
        HttpAnswer answer = api.read(
                HttpCall.get(ObjectKind.V2 + "/stages").query("pipeline_id", id).query("limit", "500"));
        SortedSet<String> stages = new TreeSet<>();
        Api.data(answer).forEach(stage -> {
            if (stage.path("pipeline_id").asText(id).equals(id)) {
                stages.add(Rows.id(stage));
            }
        });
        SortedSet<String> named = new TreeSet<>(settings.statuses().keySet());
        boolean staged = named.removeIf(state -> state.equals("won") || state.equals("lost"));
        boolean fits = named.equals(stages) || named.equals(new TreeSet<>(List.of(TicketMapping.OPEN)));
        return staged && fits && !stages.isEmpty()
                ? new SetupStep(State.PRESENT, "the pipeline of deals with its stages " + stages)
                : new SetupStep(
                        State.BY_HAND,
                        "the pipeline of deals has the stages " + stages + ": name each of them, and won and lost, with"
                                + " its status in dealPipeline(…) on the Pipedrive system");
    }

    private void webhooks(List<String> types, boolean dryRun, List<SetupStep> steps) {
        List<String> entities = subscriptions.entities(types);
        URI target = settings.webhookTarget();
        if (target == null) {
            steps.add(new SetupStep(
                    State.BY_HAND,
                    "set webhookTarget(…) on the Pipedrive system, so that its webhooks are registered, and again when"
                            + " Pipedrive has given them up; without it changes are found by polls alone"));
            return;
        }
        List<String> missing = subscriptions.missing(target, entities);
        boolean known = !credentials.passwords().isEmpty();
        if (!dryRun && !(missing.isEmpty() && known)) {
            subscriptions.subscribe(target, types);
        }
        State made = dryRun ? State.MISSING : State.MADE;
        for (String entity : entities) {
            boolean there = known && !missing.contains(entity);
            steps.add(new SetupStep(
                    there ? State.PRESENT : made, "webhook about each " + entity + " for " + target.getHost()));
        }
        if (!known) {
            steps.add(new SetupStep(made, "password of the webhooks"));
        }
    }
}
