package dev.crmsync.quickstart;

import dev.crmsync.adapter.hubspot.HubSpot;
import dev.crmsync.adapter.kirim.Kirim;
import dev.crmsync.engine.Sync;
import dev.crmsync.engine.SyncEngine;
import dev.crmsync.intake.WebhookAnswer;
import dev.crmsync.ledger.SyncListener;
import dev.crmsync.policy.Policies;
import dev.crmsync.policy.Policy;
import dev.crmsync.spi.adapter.SecretSource;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.store.Store;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** All that a backend writes to embed the engine: systems, policy, store, and one line in its web server. */
final class Embedding implements AutoCloseable {
    static final String SYNC = "acme";

    private final List<String> webhookSecrets = new CopyOnWriteArrayList<>();
    private final WebhookServer server;
    private final SyncEngine engine;

    Embedding(Accounts accounts, Store store, SyncListener listener, int port) throws IOException {
        server = new WebhookServer(port, this::receive);
        SecretSource kirimSecret = () -> List.copyOf(webhookSecrets);
        Policy policy =
                Policies.guide().kirim("kirim").kirimOwnsMetadata("source").primaryCrm("crm");
        engine = SyncEngine.builder()
                .store(store)
                .sync(Sync.named(SYNC)
                        .system(
                                "kirim",
                                Kirim.organisation(accounts.kirimToken())
                                        .baseUrl(URI.create(accounts.kirimUrl()))
                                        .phoneNumber(accounts.phoneId())
                                        .webhookSecret(kirimSecret))
                        .system(
                                "crm",
                                HubSpot.privateApp(accounts.hubSpotToken())
                                        .baseUrl(URI.create(accounts.hubSpotUrl()))
                                        .clientSecret(accounts.clientSecret())
                                        .appId(accounts.appId())
                                        .metadata("crm_segment", "crm_segment")
                                        .metadata("source", "kirim_source"))
                        .secretSink((system, name, secret) -> webhookSecrets.add(0, secret))
                        .defaultRegion("ID")
                        .policy(policy))
                .listener(listener)
                .start();
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
