package dev.crmsync.adapter.pipedrive;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.AdapterConfig;
import dev.crmsync.spi.adapter.Declaration;
import dev.crmsync.spi.adapter.Describes;
import dev.crmsync.spi.adapter.FindsCreated;
import dev.crmsync.spi.adapter.ListsAll;
import dev.crmsync.spi.adapter.ListsChanges;
import dev.crmsync.spi.adapter.ListsSegments;
import dev.crmsync.spi.adapter.ManagesSubscriptions;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Page;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.ReadsMany;
import dev.crmsync.spi.adapter.ReadsOne;
import dev.crmsync.spi.adapter.Receipt;
import dev.crmsync.spi.adapter.ReceivesWebhooks;
import dev.crmsync.spi.adapter.SetsUp;
import dev.crmsync.spi.adapter.SetupStep;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.adapter.WritesOne;
import dev.crmsync.spi.field.Message;
import dev.crmsync.spi.field.User;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.RecordRef;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One Pipedrive company: the capabilities, each handed to the part that has it. Thread-safe. */
final class PipedriveAdapter
        implements Adapter,
                ReceivesWebhooks,
                ReadsOne,
                ReadsMany,
                ListsAll,
                ListsChanges,
                ListsSegments,
                WritesOne,
                FindsCreated,
                ManagesSubscriptions,
                SetsUp,
                Describes {
    private final String system;
    private final Declaration declaration;
    private final List<Mapping> mappings;
    private final Webhooks webhooks;
    private final Map<String, Objects> objects = new LinkedHashMap<>();
    private final Users users;
    private final Segments segments;
    private final Subscriptions subscriptions;
    private final Setup setup;
    private final Descriptions descriptions;

    /** The parts that speak about one kind of records. */
    private record Objects(Reading reading, Listing listing, Changes changes, Writing writing, Messages messages) {
        static Objects of(Settings settings, Api api, Shape shape, Catalogue catalogue) {
            Rows rows = new Rows(api.system(), shape);
            return new Objects(
                    new Reading(api, rows, catalogue),
                    new Listing(settings, api, rows),
                    new Changes(settings.overlap(), api, rows),
                    new Writing(api, rows),
                    new Messages(api, rows));
        }
    }

    private PipedriveAdapter(AdapterConfig config, Settings settings) {
        system = config.system();
        declaration = Declarations.of(settings);
        Api api = Api.of(config, settings);
        Map<ObjectKind, Catalogue> catalogues = new LinkedHashMap<>();
        Map<String, String> entities = new TreeMap<>();
        List<Mapping> carried = new ArrayList<>();
        for (ObjectKind kind : settings.kinds()) {
            String fields = kind.fields() == null ? String.valueOf(ObjectKind.DEAL.fields()) : kind.fields();
            Catalogue catalogue = new Catalogue(api, fields, config.clock());
            catalogues.put(kind, catalogue);
            objects.put(kind.type(), Objects.of(settings, api, shape(kind, settings, catalogue), catalogue));
            carried.add(mapping(kind, settings));
            if (!kind.type().equals(Message.TYPE)) {
                entities.put(kind.entity(), kind.type());
            }
        }
        if (settings.users()) {
            carried.add(ContactMapping.users());
            entities.put("user", User.TYPE);
        }
        mappings = List.copyOf(carried);
        BasicCredentials credentials = new BasicCredentials(
                system,
                config.secrets().getOrDefault(Settings.WEBHOOK_USER, List::of),
                config.secrets().getOrDefault(Settings.WEBHOOK_PASSWORD, List::of),
                config.secrets().get(Settings.WEBHOOK_PATH));
        webhooks = new Webhooks(
                credentials,
                new WebhookEvents(system, settings.companyId(), settings.userId(), entities, config.clock()));
        users = new Users(api);
        segments = new Segments(api);
        subscriptions = new Subscriptions(config, api, credentials, entities);
        setup = new Setup(settings, api, catalogues, subscriptions, credentials);
        descriptions = new Descriptions(catalogues);
    }

    static PipedriveAdapter of(AdapterConfig config) {
        return new PipedriveAdapter(config, Settings.of(config));
    }

    private static Shape shape(ObjectKind kind, Settings settings, Catalogue catalogue) {
        if (kind.equals(ObjectKind.PERSON)) {
            return new PersonShape(settings, catalogue);
        } else if (kind.type().equals(Message.TYPE)) {
            ObjectKind ticket = settings.tickets() == null ? ObjectKind.DEAL : settings.tickets();
            return new MessageShape(kind, ticket, settings);
        }
        return new TicketShape(kind, settings, catalogue);
    }

    private static Mapping mapping(ObjectKind kind, Settings settings) {
        if (kind.equals(ObjectKind.PERSON)) {
            return ContactMapping.of(settings);
        }
        return kind.type().equals(Message.TYPE) ? MessageMapping.standard() : TicketMapping.of(settings, kind);
    }

    @Override
    public Declaration declaration() {
        return declaration;
    }

    @Override
    public List<Mapping> defaultMappings() {
        return mappings;
    }

    @Override
    public Receipt receive(WebhookRequest request) {
        return webhooks.receive(request);
    }

    @Override
    public Read read(RecordRef ref) {
        return isUser(ref.type()) ? users.read(ref) : of(ref.type()).reading().read(ref);
    }

    @Override
    public int readBatchSize() {
        return Reading.BATCH;
    }

    @Override
    public Map<RecordRef, Read> readMany(List<RecordRef> refs) {
        if (refs.isEmpty()) {
            return Map.of();
        }
        return claimed(refs.get(0).type(), Operation.READ_MANY).reading().readMany(refs);
    }

    @Override
    public Page list(String type, @Nullable String cursor) {
        return isUser(type)
                ? users.list(cursor)
                : claimed(type, Operation.LIST_ALL).listing().list(cursor);
    }

    @Override
    public String scopeFingerprint(String type) {
        return isUser(type) ? "pipedrive-users-1" : of(type).listing().scopeFingerprint();
    }

    @Override
    public String cursorAt(String type, Instant time) {
        return claimed(type, Operation.LIST_CHANGES).changes().cursorAt(time);
    }

    @Override
    public Page changes(String type, String cursor) {
        return claimed(type, Operation.LIST_CHANGES).changes().changes(cursor);
    }

    @Override
    public List<Segment> segments() {
        return segments.all();
    }

    @Override
    public Members members(String segment, @Nullable String cursor) {
        return segments.members(segment, cursor);
    }

    @Override
    public Outcome write(Write write) {
        return isUser(write.type())
                ? new Outcome.Rejected(
                        Outcome.Rejection.READ_ONLY, null, null, "users are made and changed in Pipedrive")
                : of(write.type()).writing().write(write);
    }

    @Override
    public Read find(String type, Write.ExternalId externalId) {
        Objects known = of(type);
        return type.equals(Message.TYPE)
                ? known.messages().find(externalId)
                : known.reading().find(externalId);
    }

    @Override
    public Subscription subscribe(URI target, List<String> types) {
        return subscriptions.subscribe(target, types);
    }

    @Override
    public List<Subscription> subscriptions() {
        return subscriptions.all();
    }

    @Override
    public void rotateSecret(String id, Duration overlap) {
        subscriptions.rotateSecret(id);
    }

    @Override
    public void unsubscribe(String id) {
        subscriptions.unsubscribe(id);
    }

    @Override
    public List<SetupStep> setUp(List<Mapping> forSystem, boolean dryRun) {
        return setup.setUp(forSystem, dryRun);
    }

    @Override
    public List<NativeProperty> describe(String type) {
        if (isUser(type)) {
            return Users.described();
        }
        return descriptions.of(of(type).reading().kind());
    }

    private boolean isUser(String type) {
        return type.equals(User.TYPE) && declaration.type(type).isPresent();
    }

    /** The parts that speak of a type, unless what is asked for is declared to be lacking for it. */
    private Objects claimed(String type, Operation operation) {
        boolean lacking =
                declaration.type(type).map(declared -> !declared.can(operation)).orElse(false);
        if (lacking) {
            throw SyncException.configuration("system " + system + ": Pipedrive has no " + operation
                            + " for records of type " + type + ", and its declaration says so; leave it out")
                    .inSystem(system);
        }
        return of(type);
    }

    private Objects of(String type) {
        Objects known = objects.get(type);
        if (known == null) {
            List<String> types =
                    declaration.types().stream().map(TypeDeclaration::type).toList();
            throw SyncException.configuration("system " + system + ": Pipedrive is spoken for " + types + ", not for "
                            + type + "; leave that type out of the sync")
                    .inSystem(system);
        }
        return known;
    }

    @Override
    public String toString() {
        return "Pipedrive[" + system + "]";
    }
}
