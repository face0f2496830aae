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
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.adapter.WritesMany;
import dev.crmsync.spi.adapter.WritesOne;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.RecordRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One HubSpot account: the capabilities, each handed to the part that has it. Thread-safe. */
final class HubSpotAdapter
        implements Adapter,
                ReceivesWebhooks,
                ReadsOne,
                ReadsMany,
                ListsAll,
                ListsChanges,
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
    private final Reading reading;
    private final Listing listing;
    private final Searching searching;
    private final Writing writing;
    private final BatchWriting batches;
    private final Properties properties;
    private final Setup setup;

    private HubSpotAdapter(AdapterConfig config, Settings settings) {
        system = config.system();
        declaration = Declarations.of(settings);
        mappings = List.of(ContactMapping.of(settings));
        SecretSource clientSecret = config.secrets().getOrDefault(Settings.CLIENT_SECRET, List::of);
        webhooks = new Webhooks(
                new RequestSignatures(clientSecret, settings.webhookTarget(), config.clock()),
                new WebhookEvents(system, settings.appId(), settings.portalId(), config.clock()));
        Api api = Api.of(config, settings);
        Rows rows = new Rows(system, settings.known());
        Rejections rejections = new Rejections(rows);
        reading = new Reading(api, rows);
        listing = new Listing(system, settings, api, rows);
        searching = new Searching(system, settings.overlap(), api, rows);
        batches = new BatchWriting(api, rows, rejections);
        writing = new Writing(api, rows, rejections, batches);
        properties = new Properties(api);
        setup = new Setup(settings, properties, new TokenInfo(api, config.secret(Settings.TOKEN), settings));
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
        spoken(ref.type());
        return reading.read(ref);
    }

    @Override
    public int readBatchSize() {
        return Reading.BATCH;
    }

    @Override
    public Map<RecordRef, Read> readMany(List<RecordRef> refs) {
        refs.forEach(ref -> spoken(ref.type()));
        return reading.readMany(refs);
    }

    @Override
    public Page list(String type, @Nullable String cursor) {
        spoken(type);
        return listing.list(cursor);
    }

    @Override
    public String scopeFingerprint(String type) {
        spoken(type);
        return listing.scopeFingerprint();
    }

    @Override
    public String cursorAt(String type, Instant time) {
        spoken(type);
        return searching.cursorAt(time);
    }

    @Override
    public Page changes(String type, String cursor) {
        spoken(type);
        return searching.changes(cursor);
    }

    @Override
    public Outcome write(Write write) {
        spoken(write.type());
        return writing.write(write);
    }

    @Override
    public int writeBatchSize() {
        return BatchWriting.BATCH;
    }

    @Override
    public boolean batches(Write write) {
        return write.type().equals(Contact.TYPE) && batches.batches(write);
    }

    @Override
    public Map<String, Outcome> writeMany(List<Write> writes) {
        writes.forEach(write -> spoken(write.type()));
        return batches.writeMany(writes);
    }

    @Override
    public Read find(String type, Write.ExternalId externalId) {
        spoken(type);
        return reading.find(externalId);
    }

    @Override
    public Outcome archive(RecordRef ref) {
        spoken(ref.type());
        return writing.archive(ref);
    }

    @Override
    public List<SetupStep> setUp(List<Mapping> forSystem, boolean dryRun) {
        return setup.setUp(forSystem, dryRun);
    }

    @Override
    public List<NativeProperty> describe(String type) {
        spoken(type);
        return properties.describe();
    }

    private void spoken(String type) {
        if (!type.equals(Contact.TYPE)) {
            throw SyncException.configuration("system " + system + ": HubSpot is spoken for contacts only, not for "
                            + type + "; leave that type out of the sync")
                    .inSystem(system);
        }
    }

    @Override
    public String toString() {
        return "HubSpot[" + system + "]";
    }
}
