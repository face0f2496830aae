package dev.crmsync.adapter.kirim;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.AdapterConfig;
import dev.crmsync.spi.adapter.Declaration;
import dev.crmsync.spi.adapter.Describes;
import dev.crmsync.spi.adapter.ListsAll;
import dev.crmsync.spi.adapter.ManagesSubscriptions;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Page;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.ReadsOne;
import dev.crmsync.spi.adapter.Receipt;
import dev.crmsync.spi.adapter.ReceivesWebhooks;
import dev.crmsync.spi.adapter.ReplaysWebhooks;
import dev.crmsync.spi.adapter.SecretSource;
import dev.crmsync.spi.adapter.SetsUp;
import dev.crmsync.spi.adapter.SetupStep;
import dev.crmsync.spi.adapter.TagsMany;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.adapter.WritesOne;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Conversation;
import dev.crmsync.spi.field.Message;
import dev.crmsync.spi.field.User;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.RecordRef;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One Kirim organisation: the capabilities, each handed to the part that has it. Thread-safe. */
final class KirimAdapter
        implements Adapter,
                ReceivesWebhooks,
                ManagesSubscriptions,
                ReplaysWebhooks,
                ReadsOne,
                ListsAll,
                WritesOne,
                TagsMany,
                SetsUp,
                Describes {
    private final String system;
    private final Settings settings;
    private final Declaration declaration;
    private final Webhooks webhooks;
    private final Reading reading;
    private final Listing listing;
    private final Writing writing;
    private final Conversations conversations;
    private final Labels labels;
    private final Subscriptions subscriptions;
    private final Replays replays;
    private final Setup setup;

    private KirimAdapter(AdapterConfig config, Settings settings) {
        this.system = config.system();
        this.settings = settings;
        declaration = Declarations.of(settings);
        Rows rows = new Rows(system);
        SecretSource secret = config.secrets().getOrDefault(Settings.WEBHOOK_SECRET, List::of);
        webhooks = new Webhooks(
                system,
                settings.signatureHeader(),
                secret,
                new WebhookEvents(system, settings.messages(), settings.displayDigits(), config.clock()),
                config.clock());
        Api api = Api.of(config, settings);
        reading = new Reading(api, rows);
        listing = new Listing(system, settings, api, rows);
        writing = new Writing(api, rows);
        conversations = new Conversations(system, settings, api);
        labels = new Labels(system, settings, api);
        subscriptions = new Subscriptions(config, api, secret);
        replays = new Replays(settings, api, subscriptions);
        setup = new Setup(settings, api, subscriptions, secret);
    }

    static KirimAdapter of(AdapterConfig config) {
        return new KirimAdapter(config, Settings.of(config));
    }

    @Override
    public Declaration declaration() {
        return declaration;
    }

    @Override
    public List<Mapping> defaultMappings() {
        List<Mapping> mappings = new ArrayList<>(
                List.of(ContactMapping.standard(), ConversationMapping.standard(), ConversationMapping.users()));
        if (settings.messages()) {
            mappings.add(MessageMapping.standard());
        }
        return mappings;
    }

    @Override
    public Receipt receive(WebhookRequest request) {
        return webhooks.receive(request);
    }

    @Override
    public Read read(RecordRef ref) {
        return switch (spoken(ref.type())) {
            case Contact.TYPE -> reading.read(ref);
            case Conversation.TYPE -> conversations.read(ref);
            case User.TYPE -> conversations.readUser(ref);
            default ->
                throw SyncException.configuration(
                                "system " + system + ": Kirim shows no records of type " + ref.type() + " by their ids")
                        .inSystem(system);
        };
    }

    @Override
    public Page list(String type, @Nullable String cursor) {
        return switch (spoken(type)) {
            case Contact.TYPE -> listing.list(cursor);
            case Conversation.TYPE -> conversations.list(cursor);
            default ->
                throw SyncException.configuration("system " + system + ": Kirim lists no records of type " + type)
                        .inSystem(system);
        };
    }

    @Override
    public String scopeFingerprint(String type) {
        return spoken(type).equals(Contact.TYPE)
                ? listing.scopeFingerprint()
                : Listing.fingerprint("kirim-" + type + "-1", conversations.scopeQuestion());
    }

    @Override
    public Outcome write(Write write) {
        return switch (spoken(write.type())) {
            case Contact.TYPE -> writing.write(write);
            case Conversation.TYPE -> conversations.write(write);
            default ->
                new Outcome.Rejected(
                        Outcome.Rejection.READ_ONLY, null, null, "Kirim takes no " + write.type() + " by its API");
        };
    }

    @Override
    public List<Tag> tags() {
        return labels.all();
    }

    @Override
    public Tag createTag(String name, String idempotencyKey) {
        return labels.create(name, idempotencyKey);
    }

    @Override
    public int tagBatchSize() {
        return Labels.MOST;
    }

    @Override
    public Tagged tag(String label, List<RecordRef> records, boolean attach, String idempotencyKey) {
        records.forEach(ref -> spoken(ref.type()));
        return labels.tag(label, records, attach, idempotencyKey);
    }

    @Override
    public Subscription subscribe(URI target, List<String> types) {
        types.forEach(this::spoken);
        return subscriptions.subscribe(target, Subscriptions.events(types));
    }

    @Override
    public List<Subscription> subscriptions() {
        return subscriptions.list();
    }

    @Override
    public void rotateSecret(String id, Duration overlap) {
        subscriptions.rotateSecret(id, overlap);
    }

    @Override
    public void unsubscribe(String id) {
        subscriptions.unsubscribe(id);
    }

    @Override
    public Replayed replay(Instant from, Instant to) {
        return replays.replay(from, to);
    }

    @Override
    public List<SetupStep> setUp(List<Mapping> mappings, boolean dryRun) {
        List<String> types = mappings.stream().map(Mapping::type).toList();
        return setup.setUp(Subscriptions.events(types), dryRun);
    }

    @Override
    public List<NativeProperty> describe(String type) {
        return switch (spoken(type)) {
            case Contact.TYPE -> ContactMapping.described();
            case Conversation.TYPE -> ConversationMapping.described();
            case User.TYPE -> ConversationMapping.describedUsers();
            default -> MessageMapping.described();
        };
    }

    private String spoken(String type) {
        if (declaration.type(type).isEmpty()) {
            List<String> types =
                    declaration.types().stream().map(TypeDeclaration::type).toList();
            throw SyncException.configuration("system " + system + ": Kirim is spoken for " + types + ", not for "
                            + type + "; leave that type out of the sync"
                            + (type.equals(Message.TYPE) ? ", or say messages(true) on the Kirim system" : ""))
                    .inSystem(system);
        }
        return type;
    }

    @Override
    public String toString() {
        return "Kirim[" + system + "]";
    }
}
