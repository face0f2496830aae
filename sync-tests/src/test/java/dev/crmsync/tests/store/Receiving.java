package dev.crmsync.tests.store;

import dev.crmsync.adapter.hubspot.HubSpot;
import dev.crmsync.adapter.kirim.Kirim;
import dev.crmsync.engine.Sync;
import dev.crmsync.engine.SyncEngine;
import dev.crmsync.intake.WebhookAnswer;
import dev.crmsync.policy.Policies;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.store.jdbc.JdbcStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A process that takes in webhooks of Kirim until it cannot store any more, and says what it answered to each. */
final class Receiving {
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private static final String SECRET = "whsec_of_a_test";

    /** How many are refused before it ends. */
    static final int REFUSALS = 5;

    private static final int MOST = 200_000;

    private Receiving() {}

    /** The first argument is the file. */
    public static void main(String[] args) throws GeneralSecurityException {
        SyncEngine engine = engine(Path.of(args[0]));
        int refused = 0;
        for (int i = 0; refused < REFUSALS && i < MOST; i++) {
            int status = receive(engine, i).status();
            refused += status == 503 ? 1 : 0;
            System.out.println(i + " " + status);
        }
        System.out.flush();
        // A store that cannot write need not be able to close either.
        Runtime.getRuntime().halt(0);
    }

    /** An engine that takes in and does nothing by itself. */
    static SyncEngine engine(Path file) {
        return SyncEngine.builder()
                .store(JdbcStore.h2(file))
                .clock(InstantSource.fixed(NOW))
                .sync(Sync.named("acme")
                        .system(
                                "kirim",
                                Kirim.organisation("kdv_live_test")
                                        .phoneNumber("1234567")
                                        .webhookSecret(SECRET))
                        .system("crm", HubSpot.privateApp("pat-test"))
                        .policy(Policies.guide().primaryCrm("crm")))
                .stepping();
    }

    static WebhookAnswer receive(SyncEngine engine, int number) throws GeneralSecurityException {
        String body =
                "{\"id\":\"evt_%d\",\"type\":\"contact.created\",\"created_at\":\"%s\",\"data\":{\"contact\":{\"id\":\"ctc_%d\",\"name\":\"%s\"}}}"
                        .formatted(number, NOW, number, "x".repeat(2000));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        long time = NOW.getEpochSecond();
        String signature = HexFormat.of().formatHex(mac.doFinal((time + "." + body).getBytes(StandardCharsets.UTF_8)));
        return engine.receive(
                "acme",
                "kirim",
                new WebhookRequest(
                        "POST",
                        "https://host/kirim",
                        Map.of("X-Kirim-Signature", List.of("t=" + time + ",v1=" + signature)),
                        Bytes.utf8(body)));
    }
}
