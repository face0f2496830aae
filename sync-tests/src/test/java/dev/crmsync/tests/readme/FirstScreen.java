package dev.crmsync.tests.readme;

import dev.crmsync.adapter.hubspot.HubSpot;
import dev.crmsync.adapter.kirim.Kirim;
import dev.crmsync.engine.Sync;
import dev.crmsync.engine.SyncEngine;
import dev.crmsync.intake.WebhookAnswer;
import dev.crmsync.policy.Policies;
import dev.crmsync.safety.BackfillPlan;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.store.jdbc.JdbcStore;
import java.nio.file.Path;

/** The lines that README.md opens with, where the compiler sees them. They are not run: they name real accounts. */
final class FirstScreen {
    private FirstScreen() {}

    static WebhookAnswer lines(
            String kirimKey,
            String phoneId,
            String kirimSecret,
            String hubSpotToken,
            String clientSecret,
            String appId,
            WebhookRequest request) {
        SyncEngine engine = SyncEngine.builder()
                .store(JdbcStore.h2(Path.of("data", "crm-sync")))
                .sync(Sync.named("acme")
                        .system(
                                "kirim",
                                Kirim.organisation(kirimKey)
                                        .phoneNumber(phoneId)
                                        .webhookSecret(kirimSecret))
                        .system(
                                "crm",
                                HubSpot.privateApp(hubSpotToken)
                                        .clientSecret(clientSecret)
                                        .appId(appId))
                        .defaultRegion("ID")
                        .policy(Policies.guide().kirim("kirim").primaryCrm("crm")))
                .start();
        WebhookAnswer answer = engine.receive("acme", "kirim", request); // from any web framework
        BackfillPlan plan = engine.backfill("acme").dryRun();
        plan.forEach(System.out::println);
        engine.backfill("acme").apply(plan.hash());
        return answer;
    }
}
