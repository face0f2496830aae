package dev.crmsync.quickstart;

import dev.crmsync.adapter.kirim.Kirim;
import dev.crmsync.engine.Sync;
import dev.crmsync.engine.SyncEngine;
import dev.crmsync.engine.SyncEngineBuilder;
import dev.crmsync.intake.WebhookAnswer;
import dev.crmsync.ledger.SyncListener;
import dev.crmsync.policy.Policies;
import dev.crmsync.spi.adapter.SystemDefinition;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.store.Store;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** All that a backend writes to embed the engine: systems, policy, store, and one line in its web server. */
final class Embedding implements AutoCloseable {
    static final String SYNC = "acme";

    private final WebhookServer server;
    private final SyncEngine engine;

    /** Live, an engine at work, with polls, and with webhooks at the port of an earlier run; else one that is stepped. */
    Embedding(Accounts accounts, Store store, Notes notes, SyncListener listener, boolean live) throws IOException {
        server = new WebhookServer(live ? notes.port() : 0);
        notes.port(server.port());
        Sync sync = Sync.named(SYNC).secretSink(notes).defaultRegion("ID");
        sync = with(sync, live, "kirim", kirim(accounts, notes));
        Policies.Guide guide = Policies.guide().kirim("kirim").kirimOwnsMetadata("source");
        String primary = accounts.crms().get(0).word();
        for (CrmAccount crm : accounts.crms()) {
            sync = with(sync, live, crm.word(), crm.system(server.target(crm.word()), notes));
            guide = crm.word().equals(primary) ? guide : guide.alsoCrm(crm.word());
        }
        // What a killed process was at is taken up again after so long: longer than the slowest call of an adapter.
        SyncEngineBuilder builder = SyncEngine.builder()
                .store(store)
                .listener(listener)
                .claims(Duration.ofSeconds(45))
                .sync(sync.policy(guide.primaryCrm(primary)));
        engine = live ? builder.start() : builder.stepping();
        server.start(this::receive);
    }

    private static Sync with(Sync sync, boolean live, String system, SystemDefinition definition) {
        Sync more = sync.system(system, definition);
        return live ? more : more.pollEvery(system, Duration.ZERO);
    }

    private static SystemDefinition kirim(Accounts accounts, Notes notes) {
        return Kirim.organisation(accounts.kirimToken())
                .baseUrl(URI.create(accounts.kirimUrl()))
                .phoneNumber(accounts.phoneId())
                // How a real account tells of messages is yet to be seen.
                .messages(accounts.kirimAdmin() != null)
                .webhookSecret(notes.secret("kirim", "webhookSecret"));
    }

    private WebhookServer.Answer receive(
            String system, String method, String uri, Map<String, List<String>> headers, byte[] body) {
        WebhookAnswer answer = engine.receive(SYNC, system, new WebhookRequest(method, uri, headers, Bytes.of(body)));
        return new WebhookServer.Answer(answer.status(), answer.body());
    }

    SyncEngine engine() {
        return engine;
    }

    URI target(String system) {
        return server.target(system);
    }

    @Override
    public void close() {
        server.close();
        engine.close();
    }
}
