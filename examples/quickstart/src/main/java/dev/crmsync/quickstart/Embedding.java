package dev.crmsync.quickstart;

import dev.crmsync.adapter.kirim.Kirim;
import dev.crmsync.engine.Sync;
import dev.crmsync.engine.SyncEngine;
import dev.crmsync.engine.SyncEngineBuilder;
import dev.crmsync.intake.WebhookAnswer;
import dev.crmsync.ledger.SyncListener;
import dev.crmsync.policy.Policies;
import dev.crmsync.policy.Policy;
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

    private Embedding(Accounts accounts, Store store, Notes notes, SyncListener listener, boolean live)
            throws IOException {
        server = new WebhookServer(live ? notes.port() : 0);
        notes.port(server.port());
        Sync sync = Sync.named(SYNC)
                .system(
                        "kirim",
                        Kirim.organisation(accounts.kirimToken())
                                .baseUrl(URI.create(accounts.kirimUrl()))
                                .phoneNumber(accounts.phoneId())
                                // How a real account tells of messages is yet to be seen.
                                .messages(accounts.kirimAdmin() != null)
                                .webhookSecret(notes.secret("kirim", "webhookSecret")))
                .secretSink(notes)
                .defaultRegion("ID")
                .policy(policy(accounts.crms()));
        for (CrmAccount crm : accounts.crms()) {
            sync = sync.system(crm.word(), crm.system(server.target(crm.word()), notes));
        }
        // What a killed process was at is taken up again after so long: longer than the slowest call of an adapter.
        SyncEngineBuilder builder =
                SyncEngine.builder().store(store).listener(listener).claims(Duration.ofSeconds(45));
        engine = live
                ? builder.sync(sync).start()
                : builder.sync(silent(sync, accounts.crms())).stepping();
        server.start(this::receive);
    }

    /** Kirim's guide: the primary CRM owns who a person is; the others, if there are any, follow. */
    private static Policy policy(List<CrmAccount> crms) {
        Policies.Guide guide = Policies.guide().kirim("kirim").kirimOwnsMetadata("source");
        for (CrmAccount other : crms.subList(1, crms.size())) {
            guide = guide.alsoCrm(other.word());
        }
        return guide.primaryCrm(crms.get(0).word());
    }

    private static Sync silent(Sync sync, List<CrmAccount> crms) {
        Sync silent = sync.pollEvery("kirim", Duration.ZERO);
        for (CrmAccount crm : crms) {
            silent = silent.pollEvery(crm.word(), Duration.ZERO);
        }
        return silent;
    }

    /** An engine at work, with polls, and with webhooks at the port of an earlier run. */
    static Embedding live(Accounts accounts, Store store, Notes notes, SyncListener listener) throws IOException {
        return new Embedding(accounts, store, notes, listener, true);
    }

    /** An engine that does nothing by itself: it lists what it is told to list, and writes when it is stepped. */
    static Embedding still(Accounts accounts, Store store, Notes notes, SyncListener listener) throws IOException {
        return new Embedding(accounts, store, notes, listener, false);
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
