package dev.crmsync.sandbox.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.dials.Dials;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.webhook.Carrier;
import dev.crmsync.sandbox.webhook.Delivery;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** HubSpot's rules of delivery: any failure is retried, up to ten times over a day. */
final class HubSpotCarrier implements Carrier {
    /** Waits before each retry, in seconds; the vendor tells only "10 over 24 h, jittered". */
    private static final List<Long> WAITS =
            List.of(60L, 300L, 900L, 1800L, 3600L, 7200L, 10_800L, 14_400L, 21_600L, 25_200L);

    private final Parts parts;
    private final HubSpotState state;
    private final String clientSecret;
    private final Object lock;

    HubSpotCarrier(Parts parts, HubSpotState state, String clientSecret, Object lock) {
        this.parts = parts;
        this.state = state;
        this.clientSecret = clientSecret;
        this.lock = lock;
    }

    @Override
    public int concurrency() {
        return 10;
    }

    @Override
    public @Nullable HttpRequest prepare(Delivery delivery) {
        String target;
        synchronized (lock) {
            target = state.targetUrl;
        }
        if (target.isEmpty()) {
            return null;
        }
        Dials dials = parts.dials();
        String body = body(delivery);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(target))
                .timeout(Duration.ofMillis(dials.whole("webhooks.timeout_ms")))
                .header("Content-Type", "application/json")
                .header("User-Agent", "HubSpot Connect 2.0 (sandbox)");
        sign(request, dials.word("webhooks.signatures"), target, body);
        return request.POST(HttpRequest.BodyPublishers.ofByteArray(body.getBytes(StandardCharsets.UTF_8)))
                .build();
    }

    private void sign(HttpRequest.Builder request, String which, String target, String body) {
        if (which.contains("v1")) {
            request.header("X-HubSpot-Signature", HubSpotSignatures.v1(clientSecret, body))
                    .header("X-HubSpot-Signature-Version", "v1");
        }
        if (which.contains("v2")) {
            request.header("X-HubSpot-Signature", HubSpotSignatures.v2(clientSecret, "POST", target, body))
                    .header("X-HubSpot-Signature-Version", "v2");
        }
        if (which.contains("v3")) {
            long now = parts.clock().millis();
            request.header("X-HubSpot-Signature-v3", HubSpotSignatures.v3(clientSecret, "POST", target, body, now))
                    .header("X-HubSpot-Request-Timestamp", String.valueOf(now));
        }
    }

    private String body(Delivery delivery) {
        if (delivery.attempts <= 1) {
            return delivery.body;
        }
        JsonNode events = Json.parse(delivery.body.getBytes(StandardCharsets.UTF_8));
        boolean fresh = parts.dials().is("webhooks.retry_event_id", "new");
        for (JsonNode event : events) {
            ObjectNode one = (ObjectNode) event;
            one.put("attemptNumber", delivery.attempts - 1);
            if (fresh) {
                one.put("eventId", freshEventId());
            }
        }
        return Json.text(events);
    }

    private long freshEventId() {
        synchronized (lock) {
            return HubSpotEvents.eventId(parts, state);
        }
    }

    @Override
    public Verdict judge(Delivery delivery, Answer answer) {
        if (answer.status() >= 200 && answer.status() < 300) {
            return new Verdict(Delivery.Status.DELIVERED, 0);
        }
        int retries = delivery.attempts - 1;
        if (retries >= WAITS.size()) {
            return new Verdict(Delivery.Status.DEAD, 0);
        }
        return new Verdict(Delivery.Status.PENDING, parts.mischief().scaled(WAITS.get(retries) * 1000, 0.2));
    }
}
