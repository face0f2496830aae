package com.example.ledgerly;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.AdapterConfig;
import dev.crmsync.spi.adapter.Archives;
import dev.crmsync.spi.adapter.Declaration;
import dev.crmsync.spi.adapter.FindsCreated;
import dev.crmsync.spi.adapter.ListsAll;
import dev.crmsync.spi.adapter.ListsChanges;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Page;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.ReadsOne;
import dev.crmsync.spi.adapter.Receipt;
import dev.crmsync.spi.adapter.ReceivesWebhooks;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.adapter.WritesOne;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.RecordRef;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One Ledgerly account: what it can do is the list of interfaces below, each handed to the part that does it. What an
 * adapter does not implement, the engine does not ask for. It keeps nothing that a restart would miss. Thread-safe.
 */
final class LedgerlyAdapter
        implements Adapter, ReadsOne, ListsAll, WritesOne, FindsCreated, Archives, ListsChanges, ReceivesWebhooks {
    private final String system;
    private final Declaration declaration;
    private final Reading reading;
    private final Walking walking;
    private final Writing writing;
    private final Finding finding;
    private final Polling polling;
    private final Webhooks webhooks;

    LedgerlyAdapter(AdapterConfig config, LedgerlySettings settings) {
        system = config.system();
        declaration = LedgerlyDeclaration.of(settings);
        InstantSource clock = config.clock();
        LedgerlyApi api = new LedgerlyApi(config, settings);
        ContactShape shape = new ContactShape(system, clock);
        reading = new Reading(api, shape);
        walking = new Walking(api, shape);
        writing = new Writing(api, shape);
        finding = new Finding(api, shape, clock);
        polling = new Polling(api, shape);
        webhooks = new Webhooks(
                config.secrets().getOrDefault(LedgerlySettings.WEBHOOK_SECRET, List::of),
                new WebhookEvents(shape, settings.appId()),
                clock);
    }

    @Override
    public Declaration declaration() {
        return declaration;
    }

    @Override
    public List<Mapping> defaultMappings() {
        return List.of(LedgerlyMapping.contact());
    }

    @Override
    public Read read(RecordRef ref) {
        onlyContacts(ref.type());
        return reading.read(ref);
    }

    @Override
    public Page list(String type, @Nullable String cursor) {
        onlyContacts(type);
        return walking.list(cursor);
    }

    @Override
    public String scopeFingerprint(String type) {
        onlyContacts(type);
        return Walking.scopeFingerprint();
    }

    @Override
    public Outcome write(Write write) {
        onlyContacts(write.type());
        return writing.write(write);
    }

    @Override
    public Read find(String type, Write.ExternalId externalId) {
        onlyContacts(type);
        return finding.find(externalId);
    }

    @Override
    public Outcome archive(RecordRef ref) {
        onlyContacts(ref.type());
        return writing.archive(ref);
    }

    @Override
    public String cursorAt(String type, Instant time) {
        onlyContacts(type);
        return Polling.cursorAt(time);
    }

    @Override
    public Page changes(String type, String cursor) {
        onlyContacts(type);
        return polling.changes(cursor);
    }

    @Override
    public Receipt receive(WebhookRequest request) {
        return webhooks.receive(request);
    }

    /** A type that is not declared is a mistake of the configuration, and not a record that is missing (A3). */
    private void onlyContacts(String type) {
        if (!type.equals(Contact.TYPE)) {
            throw SyncException.configuration("system " + system + ": Ledgerly is spoken for contacts, not for " + type
                            + "; leave that type out of the sync")
                    .inSystem(system);
        }
    }

    /** No secret shows, for text forms end in logs (A103). */
    @Override
    public String toString() {
        return "Ledgerly[" + system + "]";
    }
}
