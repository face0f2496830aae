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
import dev.crmsync.spi.adapter.SecretSource;
import dev.crmsync.spi.adapter.SetsUp;
import dev.crmsync.spi.adapter.SetupStep;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.adapter.WritesOne;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.RecordRef;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One Kirim organisation: the capabilities, each handed to the part that has it. Thread-safe. */
final class KirimAdapter
        implements Adapter, ReceivesWebhooks, ManagesSubscriptions, ReadsOne, ListsAll, WritesOne, SetsUp, Describes {
    private final String system;
    private final Declaration declaration;
    private final Webhooks webhooks;
    private final Reading reading;
    private final Listing listing;
    private final Writing writing;
    private final Subscriptions subscriptions;
    private final Setup setup;

    private KirimAdapter(AdapterConfig config, Settings settings) {
        system = config.system();
        declaration = Declarations.of(settings);
        Rows rows = new Rows(system);
        SecretSource secret = config.secrets().getOrDefault(Settings.WEBHOOK_SECRET, List::of);
        webhooks = new Webhooks(
                system,
                settings.signatureHeader(),
                secret,
                new WebhookEvents(rows, settings.displayDigits(), config.clock()),
                config.clock());
        Api api = Api.of(config, settings);
        reading = new Reading(api, rows);
        listing = new Listing(system, settings, api, rows);
        writing = new Writing(api, rows);
        subscriptions = new Subscriptions(config, api, secret);
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
        return List.of(ContactMapping.standard());
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
    public Outcome write(Write write) {
        spoken(write.type());
        return writing.write(write);
    }

    @Override
    public Subscription subscribe(URI target, List<String> types) {
        types.forEach(this::spoken);
        return subscriptions.subscribe(target);
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
    public List<SetupStep> setUp(List<Mapping> mappings, boolean dryRun) {
        return setup.setUp(dryRun);
    }

    @Override
    public List<NativeProperty> describe(String type) {
        spoken(type);
        return ContactMapping.described();
    }

    private void spoken(String type) {
        if (!type.equals(Contact.TYPE)) {
            throw SyncException.configuration("system " + system + ": Kirim is spoken for contacts only, not for "
                            + type + "; leave that type out of the sync")
                    .inSystem(system);
        }
    }

    @Override
    public String toString() {
        return "Kirim[" + system + "]";
    }
}
