package dev.crmsync.adapter.notion;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.http.HttpAnswer;
import dev.crmsync.http.HttpCall;
import dev.crmsync.spi.adapter.SetupStep;
import dev.crmsync.spi.adapter.SetupStep.State;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.mapping.Mapping;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Prepares a workspace: makes the properties that are missing, and says what a person must click, for most of it is that. */
final class Setup {
    private final Settings settings;
    private final Api api;
    private final Map<RecordKind, Schema> schemas;
    private final Webhooks webhooks;
    private final HandshakeWindow window;

    Setup(Settings settings, Api api, Map<RecordKind, Schema> schemas, Webhooks webhooks, HandshakeWindow window) {
        this.settings = settings;
        this.api = api;
        this.schemas = Map.copyOf(schemas);
        this.webhooks = webhooks;
        this.window = window;
    }

    List<SetupStep> setUp(List<Mapping> mappings, boolean dryRun) {
        Map<String, Mapping> byType = new HashMap<>();
        mappings.forEach(mapping -> byType.put(mapping.type(), mapping));
        byType.putIfAbsent(Contact.TYPE, ContactMapping.of(settings));
        List<SetupStep> steps = new ArrayList<>();
        identity(steps);
        for (RecordKind kind : settings.kinds()) {
            Mapping mapping = byType.get(kind.type());
            Schema schema = schemas.get(kind);
            if (mapping != null && schema != null && shared(kind, steps)) {
                new PropertySetup(kind, settings, schema, dryRun).take(mapping, steps);
            }
        }
        subscription(dryRun, steps);
        return steps;
    }

    /** Whose token it is; throws with the remedy when it is nobody's. */
    private void identity(List<SetupStep> steps) {
        JsonNode me = Api.body(api.read(HttpCall.get("/v1/users/me")));
        steps.add(new SetupStep(State.PRESENT, "the token is good"));
        Optional<String> bot = Ids.of(me.path("id"));
        if (bot.isPresent() && !settings.bots().contains(bot.get())) {
            steps.add(byHand("add bot(\"" + bot.get()
                    + "\") to the Notion system, so that webhooks about its own writes are known"));
        }
        steps.add(byHand("check that the connection has the capabilities to read, update and insert content"
                + (settings.messages() == MessageKind.COMMENT && settings.keepsMessages()
                        ? ", to read and insert comments"
                        : "")
                + (settings.users() ? ", and to read user information including e-mail addresses" : "")
                + ": Notion does not tell"));
    }

    /** Whether the data source is there for us; else what to do about it. */
    private boolean shared(RecordKind kind, List<SetupStep> steps) {
        String id = kind.dataSource();
        if (api.find(HttpCall.get("/v1/data_sources/{id}", id)).isPresent()) {
            steps.add(new SetupStep(State.PRESENT, "the data source of the " + kind.type() + "s"));
            return true;
        }
        Optional<HttpAnswer> database = api.find(HttpCall.get("/v1/databases/{id}", id));
        if (database.isEmpty()) {
            steps.add(byHand("share the database of the " + kind.type() + "s with the connection (in Notion: open the"
                    + " database, its menu, Connections), or correct the id of its data source: none is visible under "
                    + id));
            return false;
        }
        List<String> found = new ArrayList<>();
        for (JsonNode source : Api.body(database.get()).path("data_sources")) {
            found.add(source.path("id").asText("") + " (" + source.path("name").asText("") + ")");
        }
        steps.add(byHand("the id given for the " + kind.type()
                + "s is that of a database: name one of its data sources, " + String.join(", ", found)));
        return false;
    }

    private void subscription(boolean dryRun, List<SetupStep> steps) {
        URI target = settings.webhookTarget();
        String address = target == null ? "the address where the host takes webhooks" : target.toString();
        if (webhooks.isReady()) {
            steps.add(new SetupStep(State.PRESENT, "the verification token of the webhook subscription"));
            return;
        } else if (dryRun && !window.isOpen()) {
            steps.add(byHand("a webhook subscription is made by a person: run the set-up without a dry run first, which"
                    + " opens the window in which its verification token is taken"));
            return;
        } else if (!dryRun && !window.isOpen()) {
            window.open();
        }
        steps.add(
                byHand("within " + HandshakeWindow.OPEN.toMinutes() + " minutes, and with this process taking webhooks:"
                        + " in the settings of the connection, under Webhooks, create a subscription for " + address
                        + " with all events of pages and data sources; take the verification token from where the host keeps its"
                        + " secrets (" + Settings.WEBHOOK_TOKEN + "), and paste it there under Verify subscription"));
    }

    private static SetupStep byHand(String what) {
        return new SetupStep(State.BY_HAND, what);
    }
}
