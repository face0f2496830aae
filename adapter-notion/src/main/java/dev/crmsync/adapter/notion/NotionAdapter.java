package dev.crmsync.adapter.notion;

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
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Page;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.ReadsOne;
import dev.crmsync.spi.adapter.Receipt;
import dev.crmsync.spi.adapter.ReceivesWebhooks;
import dev.crmsync.spi.adapter.SetsUp;
import dev.crmsync.spi.adapter.SetupStep;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.adapter.WritesOne;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Message;
import dev.crmsync.spi.field.User;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One Notion workspace: the capabilities, each handed to the part that has it. Thread-safe. */
final class NotionAdapter
        implements Adapter,
                ReceivesWebhooks,
                ReadsOne,
                ListsAll,
                ListsChanges,
                ListsSegments,
                WritesOne,
                FindsCreated,
                Archives,
                SetsUp,
                Describes {
    private final String system;
    private final Declaration declaration;
    private final List<Mapping> mappings;
    private final Webhooks webhooks;
    private final Map<String, Pages> pages = new LinkedHashMap<>();
    private final @Nullable Messages messages;
    private final Segments segments;
    private final Users users;
    private final Setup setup;

    /** The parts that speak about the pages of one data source. */
    private record Pages(Schema schema, Reading reading, Listing listing, Changes changes, Writing writing) {
        static Pages of(Settings settings, Api api, RecordKind kind, Schema schema) {
            Rows rows = new Rows(api.system(), kind, schema, new PropertyItems(api));
            return new Pages(
                    schema,
                    new Reading(api, rows),
                    new Listing(settings, api, rows),
                    new Changes(settings.overlap(), api, rows),
                    new Writing(api, rows));
        }
    }

    private NotionAdapter(AdapterConfig config, Settings settings) {
        system = config.system();
        declaration = Declarations.of(settings);
        Api api = Api.of(config, settings);
        Map<RecordKind, Schema> schemas = new LinkedHashMap<>();
        Map<Schema, String> followed = new LinkedHashMap<>();
        List<Mapping> carried = new ArrayList<>();
        for (RecordKind kind : settings.kinds()) {
            Schema schema = new Schema(api, kind.dataSource(), config.clock());
            schemas.put(kind, schema);
            followed.put(schema, kind.type());
            pages.put(kind.type(), Pages.of(settings, api, kind, schema));
            carried.add(kind.type().equals(Contact.TYPE) ? ContactMapping.of(settings) : TicketMapping.of(settings));
        }
        MessageKind kept = settings.keepsMessages() ? settings.messages() : null;
        messages = kept == null ? null : new Messages(api, kept);
        if (kept != null) {
            carried.add(MessageMapping.standard());
        }
        if (settings.users()) {
            carried.add(ContactMapping.users());
        }
        mappings = List.copyOf(carried);
        HandshakeWindow window = new HandshakeWindow(config.clock(), settings.handshakeUntil());
        webhooks = new Webhooks(
                system,
                config.secrets().getOrDefault(Settings.WEBHOOK_TOKEN, List::of),
                config.secretSink(),
                window,
                new WebhookEvents(system, followed, new Authors(settings.bots()), config.clock()));
        segments = new Segments(api, of(Contact.TYPE).schema(), settings.labels());
        users = new Users(api);
        setup = new Setup(settings, api, schemas, webhooks, window);
    }

    static NotionAdapter of(AdapterConfig config) {
        return new NotionAdapter(config, Settings.of(config));
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
        Messages kept = messages(ref.type());
        if (kept != null) {
            return kept.read(ref);
        }
        return isUser(ref.type()) ? users.read(ref) : of(ref.type()).reading().read(ref);
    }

    @Override
    public Page list(String type, @Nullable String cursor) {
        return isUser(type) ? users.list(cursor) : of(type).listing().list(cursor);
    }

    @Override
    public String scopeFingerprint(String type) {
        return isUser(type) ? "notion-users-1" : of(type).listing().scopeFingerprint();
    }

    @Override
    public String cursorAt(String type, Instant time) {
        return of(type).changes().cursorAt(time);
    }

    @Override
    public Page changes(String type, String cursor) {
        return of(type).changes().changes(cursor);
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
        Messages kept = messages(write.type());
        if (kept != null) {
            return new MessageWriting(kept).write(write);
        }
        return isUser(write.type())
                ? new Outcome.Rejected(Outcome.Rejection.READ_ONLY, null, null, "users are made and changed in Notion")
                : of(write.type()).writing().write(write);
    }

    @Override
    public Outcome archive(RecordRef ref) {
        boolean page = messages(ref.type()) == null && !isUser(ref.type());
        return page
                ? of(ref.type()).writing().archive(ref)
                : new Outcome.Rejected(Outcome.Rejection.READ_ONLY, null, null, "only pages are put into the trash");
    }

    @Override
    public Read find(String type, Write.ExternalId externalId) {
        return find(type, externalId, Map.of());
    }

    @Override
    public Read find(String type, Write.ExternalId externalId, Map<String, NativeValue> sent) {
        Messages kept = messages(type);
        return kept != null ? kept.find(externalId, sent) : of(type).reading().find(externalId);
    }

    @Override
    public List<SetupStep> setUp(List<Mapping> forSystem, boolean dryRun) {
        return setup.setUp(forSystem, dryRun);
    }

    @Override
    public List<NativeProperty> describe(String type) {
        if (messages(type) != null) {
            return Descriptions.ofMessages();
        }
        return isUser(type) ? Users.described() : Descriptions.of(of(type).schema());
    }

    private boolean isUser(String type) {
        return type.equals(User.TYPE) && declaration.type(type).isPresent();
    }

    private @Nullable Messages messages(String type) {
        return type.equals(Message.TYPE) ? messages : null;
    }

    private Pages of(String type) {
        Pages known = pages.get(type);
        if (known == null) {
            List<String> types =
                    declaration.types().stream().map(TypeDeclaration::type).toList();
            throw SyncException.configuration("system " + system + ": Notion is spoken for " + types + ", not for "
                            + type + "; leave that type out of the sync, or name a data source for it")
                    .inSystem(system);
        }
        return known;
    }

    @Override
    public String toString() {
        return "Notion[" + system + "]";
    }
}
