package dev.crmsync.tests.readme;

import dev.crmsync.adapter.hubspot.HubSpot;
import dev.crmsync.adapter.kirim.Kirim;
import dev.crmsync.engine.Accounts;
import dev.crmsync.engine.Sync;
import dev.crmsync.engine.SyncEngine;
import dev.crmsync.intake.WebhookAnswer;
import dev.crmsync.policy.Policies;
import dev.crmsync.policy.Policy;
import dev.crmsync.safety.BackfillPlan;
import dev.crmsync.spi.adapter.SecretSource;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.store.jdbc.JdbcStore;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** The lines of docs/set-up.md, where the compiler sees them. They are not run: they name real accounts. */
final class SetUpSteps {
    private SetUpSteps() {}

    /** Where the host keeps its secrets. */
    interface Vault {
        List<String> all(String name);

        void put(String name, String secret);
    }

    static SyncEngine engine(DataSource dataSource, Vault vault) {
        Kirim kirim = Kirim.organisation(SecretSource.of("kdv_live_…"))
                .phoneNumber("1198…")
                .webhookSecret(() -> vault.all("kirim/webhookSecret"))
                .writesPerMinute(60)
                .readsPerMinute(600);
        HubSpot hubSpot = HubSpot.privateApp(SecretSource.of("pat-…"))
                .clientSecret(SecretSource.of("…"))
                .appId("1248439")
                .webhookTarget(URI.create("https://your-app.example.com/webhooks/crm"))
                .ticketPipeline("0", "1:open,3:open,2:pending,4:closed")
                .metadata("crm_segment", "crm_segment");
        Policy policy =
                Policies.guide().kirim("kirim").sameUser("usr_7", "80000002").primaryCrm("crm");
        SyncEngine engine = SyncEngine.builder()
                .store(JdbcStore.on(dataSource))
                .sync(Sync.named("acme")
                        .system("kirim", kirim)
                        .system("crm", hubSpot)
                        .defaultRegion("ID")
                        .sweepEvery("kirim", Duration.ofDays(1))
                        .sweepEvery("crm", Duration.ofDays(1))
                        .secretSink((system, name, secret) -> vault.put(system + "/" + name, secret))
                        .policy(policy))
                .start();
        return engine;
    }

    static void prepare(SyncEngine engine) {
        Accounts accounts = engine.accounts("acme");
        accounts.setUp(true)
                .forEach((system, steps) -> steps.forEach(step -> System.out.println(system + ": " + step)));
        accounts.setUp(false);
        accounts.subscribe("kirim", URI.create("https://your-app.example.com/webhooks/kirim"));
    }

    static int handler(SyncEngine engine, String system, String url, Map<String, List<String>> headers, byte[] body) {
        WebhookRequest request = new WebhookRequest("POST", url, headers, Bytes.of(body));
        WebhookAnswer answer = engine.receive("acme", system, request);
        return answer.status();
    }

    static void begin(SyncEngine engine) {
        BackfillPlan plan = engine.backfill("acme").dryRun();
        plan.lines().forEach(System.out::println);
        engine.backfill("acme").apply(plan.hash(), 25);
        BackfillPlan rest = engine.backfill("acme").dryRun();
        engine.backfill("acme").apply(rest.hash());
    }

    static void subscriptions(SyncEngine engine) {
        Accounts accounts = engine.accounts("acme");
        accounts.subscriptions("kirim").forEach(System.out::println);
        accounts.rotateSecret("kirim", "wbs_…", Duration.ofHours(24));
        accounts.unsubscribe("kirim", "wbs_…");
    }
}
