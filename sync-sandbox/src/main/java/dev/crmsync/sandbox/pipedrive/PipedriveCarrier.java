package dev.crmsync.sandbox.pipedrive;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Webhook;
import dev.crmsync.sandbox.webhook.Carrier;
import dev.crmsync.sandbox.webhook.Delivery;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pipedrive's rules of delivery: three retries, a ban after ten failed first attempts, deletion after three bad days. */
final class PipedriveCarrier implements Carrier {
    /** Waits before each retry, in seconds. */
    private static final List<Long> WAITS = List.of(3L, 30L, 150L);

    private final Parts parts;
    private final PipedriveState state;
    private final Object lock;

    PipedriveCarrier(Parts parts, PipedriveState state, Object lock) {
        this.parts = parts;
        this.state = state;
        this.lock = lock;
    }

    @Override
    public int concurrency() {
        return 8;
    }

    @Override
    public @Nullable HttpRequest prepare(Delivery delivery) {
        synchronized (lock) {
            Webhook webhook = state.webhooks.get(Long.parseLong(delivery.subscription));
            boolean banned =
                    webhook != null && webhook.bannedUntil > parts.clock().millis();
            if (webhook == null || !webhook.active() || (banned && delivery.attempts <= 1)) {
                return null;
            }
            webhook.lastDelivery = parts.clock().millis();
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(webhook.url))
                    .timeout(Duration.ofMillis(parts.dials().whole("webhooks.timeout_ms")))
                    .header("Content-Type", "application/json")
                    .header("User-Agent", "Pipedrive Webhooks (sandbox)");
            String user = webhook.authUser;
            if (user != null) {
                String password = webhook.authPassword;
                String pair = user + ":" + (password == null ? "" : password);
                request.header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
            }
            return request.POST(HttpRequest.BodyPublishers.ofString(body(delivery)))
                    .build();
        }
    }

    /** The same event with the number of this attempt. */
    private static String body(Delivery delivery) {
        ObjectNode body = (ObjectNode) Json.parse(delivery.body.getBytes(StandardCharsets.UTF_8));
        body.withObjectProperty("meta").put("attempt", delivery.attempts);
        return Json.text(body);
    }

    @Override
    public Verdict judge(Delivery delivery, Answer answer) {
        boolean good = answer.status() >= 200 && answer.status() < 300;
        synchronized (lock) {
            Webhook webhook = state.webhooks.get(Long.parseLong(delivery.subscription));
            if (webhook != null) {
                webhook.lastStatus = answer.status();
                if (good) {
                    webhook.failingSince = 0;
                } else {
                    failed(webhook, delivery.attempts <= 1);
                }
            }
        }
        if (good) {
            return new Verdict(Delivery.Status.DELIVERED, 0);
        }
        if (delivery.attempts > WAITS.size()) {
            return new Verdict(Delivery.Status.DEAD, 0);
        }
        long wait = WAITS.get(delivery.attempts - 1) * 1000;
        return new Verdict(Delivery.Status.PENDING, parts.mischief().scaled(wait, 0));
    }

    private void failed(Webhook webhook, boolean first) {
        long now = parts.clock().millis();
        if (webhook.failingSince == 0) {
            webhook.failingSince = now;
        }
        if (now - webhook.failingSince >= parts.dials().number("webhooks.delete_after_days") * 86_400_000) {
            webhook.removeTime = now;
            webhook.removeReason = "no successful delivery for 3 days in a row";
            if (!parts.dials().on("webhooks.removed_listed")) {
                state.webhooks.remove(webhook.id);
            }
            return;
        }
        if (first && ++webhook.failures >= parts.dials().whole("webhooks.ban_after")) {
            webhook.failures = 0;
            webhook.bannedUntil = now + Math.round(parts.dials().number("webhooks.ban_minutes") * 60_000);
        }
    }
}
