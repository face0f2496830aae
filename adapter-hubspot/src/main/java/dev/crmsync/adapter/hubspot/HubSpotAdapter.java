package dev.crmsync.adapter.hubspot;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.AdapterConfig;
import dev.crmsync.spi.adapter.Archives;
import dev.crmsync.spi.adapter.Declaration;
import dev.crmsync.spi.adapter.Describes;
import dev.crmsync.spi.adapter.FindsCreated;
import dev.crmsync.spi.adapter.ListsAll;
import dev.crmsync.spi.adapter.ListsChanges;
import dev.crmsync.spi.adapter.ListsSegments;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Page;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.ReadsMany;
import dev.crmsync.spi.adapter.ReadsOne;
import dev.crmsync.spi.adapter.Receipt;
import dev.crmsync.spi.adapter.ReceivesWebhooks;
import dev.crmsync.spi.adapter.SecretSource;
import dev.crmsync.spi.adapter.SetsUp;
import dev.crmsync.spi.adapter.SetupStep;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.adapter.WritesMany;
import dev.crmsync.spi.adapter.WritesOne;
import dev.crmsync.spi.field.User;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.RecordRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One HubSpot account: the capabilities, each handed to the part that has it. Thread-safe. */
final class HubSpotAdapter
        implements Adapter,
                ReceivesWebhooks,
                ReadsOne,
                ReadsMany,
                ListsAll,
                ListsChanges,
                ListsSegments,
                WritesOne,
                WritesMany,
                FindsCreated,
                Archives,
                SetsUp,
                Describes {
    private final String system;
    private final Declaration declaration;
    private final List<Mapping> mappings;
    private final Webhooks webhooks;
    private final Map<String, Objects> objects = new LinkedHashMap<>();
    private final Owners owners;
    private final Segments segments;
    private final Setup setup;

    /** The parts that speak about one kind of objects. */
    private record Objects(
            Reading reading,
            Listing listing,
            Searching searching,
            Writing writing,
            BatchWriting batches,
            Properties properties) {
        static Objects of(String system, Settings settings, Api api) {
            ObjectKind kind = api.kind();
            boolean ticket = kind.equals(ObjectKind.TICKET);
            Rows rows = new Rows(system, kind, settings.known(kind));
            Links links = new Links(api);
            Scope scope = ticket ? new Scope(settings.ticketPipeline()) : Scope.ALL;
            Births births = new Births(
                    kind,
                    ticket
                            ? Map.of(
                                    TicketMapping.SUBJECT,
                                    settings.ticketSubject(),
                                    Scope.PIPELINE,
                                    settings.ticketPipeline())
                            : Map.of());
            Rejections rejections = new Rejections(rows);
            BatchWriting batches = new BatchWriting(api, rows, rejections, links, births);
            return new Objects(
                    new Reading(api, rows, links, scope),
                    new Listing(system, settings, api, rows, links, scope),
                    new Searching(system, settings.overlap(), api, rows, links, scope),
                    new Writing(api, rows, rejections, batches, links, births),
                    batches,
                    new Properties(api));
        }
    }

    private HubSpotAdapter(AdapterConfig config, Settings settings) {
        system = config.system();
        declaration = Declarations.of(settings);
        SecretSource clientSecret = config.secrets().getOrDefault(Settings.CLIENT_SECRET, List::of);
        webhooks = new Webhooks(
                new RequestSignatures(clientSecret, settings.webhookTarget(), config.clock()),
                new WebhookEvents(
                        system,
                        settings.appId(),
                        settings.portalId(),
                        settings.tickets() ? Set.of(ObjectKind.CONTACT, ObjectKind.TICKET) : Set.of(ObjectKind.CONTACT),
                        settings.stages().keySet(),
                        config.clock()));
        Api api = Api.of(config, settings);
        List<Mapping> carried = new ArrayList<>();
        for (ObjectKind kind : List.of(ObjectKind.CONTACT, ObjectKind.TICKET, ObjectKind.NOTE)) {
            if (declaration.type(kind.type()).isPresent()) {
                objects.put(kind.type(), Objects.of(system, settings, api.about(kind)));
                carried.add(settings.mapping(kind));
            }
        }
        if (declaration.type(User.TYPE).isPresent()) {
            carried.add(TicketMapping.users());
        }
        mappings = List.copyOf(carried);
        owners = new Owners(system, api);
        segments = new Segments(system, api);
        setup = new Setup(settings, api, new TokenInfo(api, config.secret(Settings.TOKEN), settings));
    }

    static HubSpotAdapter of(AdapterConfig config) {
        return new HubSpotAdapter(config, Settings.of(config));
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
        return isOwner(ref.type()) ? owners.read(ref) : of(ref.type()).reading().read(ref);
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
        return isOwner(type)
                ? owners.list(cursor)
                : claimed(type, Operation.LIST_ALL).listing().list(cursor);
    }

    @Override
    public String scopeFingerprint(String type) {
        return isOwner(type) ? "hubspot-owners-1" : of(type).listing().scopeFingerprint();
    }

    @Override
    public String cursorAt(String type, Instant time) {
        return claimed(type, Operation.LIST_CHANGES).searching().cursorAt(time);
    }

    @Override
    public Page changes(String type, String cursor) {
        return claimed(type, Operation.LIST_CHANGES).searching().changes(cursor);
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
        return isOwner(write.type())
                ? new Outcome.Rejected(
                        Outcome.Rejection.READ_ONLY, null, null, "owners are made and changed in HubSpot")
                : of(write.type()).writing().write(write);
    }

    @Override
    public int writeBatchSize() {
        return BatchWriting.BATCH;
    }

    @Override
    public boolean batches(Write write) {
        Objects known = objects.get(write.type());
        return known != null && known.batches().batches(write);
    }

    @Override
    public Map<String, Outcome> writeMany(List<Write> writes) {
        return writes.isEmpty() ? Map.of() : of(writes.get(0).type()).batches().writeMany(writes);
    }

    @Override
    public Read find(String type, Write.ExternalId externalId) {
        return of(type).reading().find(externalId);
    }

    @Override
    public Outcome archive(RecordRef ref) {
        return of(ref.type()).writing().archive(ref);
    }

    @Override
    public List<SetupStep> setUp(List<Mapping> forSystem, boolean dryRun) {
        return setup.setUp(forSystem, dryRun);
    }

    @Override
    public List<NativeProperty> describe(String type) {
        return isOwner(type) ? Owners.described() : of(type).properties().describe();
    }

    private boolean isOwner(String type) {
        return type.equals(User.TYPE) && declaration.type(type).isPresent();
    }

    /** The parts that speak of a type, unless what is asked for is declared to be lacking for it. */
    private Objects claimed(String type, Operation operation) {
        boolean lacking =
                declaration.type(type).map(declared -> !declared.can(operation)).orElse(false);
        if (lacking) {
            throw SyncException.configuration("system " + system + ": HubSpot has no " + operation
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
            throw SyncException.configuration("system " + system + ": HubSpot is spoken for " + types + ", not for "
                            + type + "; leave that type out of the sync")
                    .inSystem(system);
        }
        return known;
    }

    @Override
    public String toString() {
        return "HubSpot[" + system + "]";
    }
}
